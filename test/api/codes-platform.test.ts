import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pinnedFetch } from '../../api/node/pinned-fetch.ts';
import { guardedFetch } from '../../api/outgoing.ts';
import type { Fault } from '../support/fake-platform.ts';
import { type FakeShopify, startFakeShopify, THROTTLED } from '../support/fake-shopify.ts';
import { type FakeWooCommerce, startFakeWooCommerce } from '../support/fake-woocommerce.ts';
import { type Instance, type ShopHandle, startInstance } from '../support/shop.ts';
import { newBrowser } from '../support/visitor.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;

let instance: Instance;
let shop: ShopHandle;
let shopify: FakeShopify;
let woo: FakeWooCommerce;

beforeEach(async () => {
  instance = await startInstance();
  shop = await instance.openShop();
  shopify = await startFakeShopify();
  woo = await startFakeWooCommerce();
  instance.deps.fetch = (input, init) => (String(input).includes('.myshopify.com') ? shopify : woo).fetch(input, init);
});
afterEach(async () => {
  await instance.close();
  await shopify.stop();
  await woo.stop();
});

const connect = (change: Record<string, unknown>) => shop.call('PATCH', '/v1/shop', { integrations: change });
const onShopify = () => connect({ shopify: { shop: 'lamps.myshopify.com', token: shopify.token, secret: 'shpss_1' } });
const onWoo = () => connect({ woocommerce: { url: 'https://lamps.example/shop', key: woo.key, secret: woo.secret } });
const addRule = (change: Record<string, unknown> = {}, code: Record<string, unknown> = {}) =>
  shop.addRule({ code: { mode: 'platform', reveal: 'screen', prefix: 'LAMP', ahead: 5, ...code }, ...change });
const pools = async () => (await shop.call('GET', '/v1/pools')).body.data;
const turns = async (count = 4) => {
  for (let turn = 0; turn < count; turn += 1) {
    await instance.tick();
    instance.travel(3_000);
  }
};
let people = 0;
async function claim(rule: string) {
  const browser = newBrowser(shop);
  await browser.look();
  return browser.claim(rule, { email: `buyer-${++people}@example.com` });
}

describe('the keys of a platform', () => {
  it('are kept and never answered', async () => {
    const { body, text } = await onShopify();
    expect(body.integrations).toEqual({
      shopify: { shop: 'lamps.myshopify.com', connected: true, orders: true },
      woocommerce: null,
      postmark: null,
      smtp: null,
    });
    await onWoo();
    for (const path of ['/v1/shop', '/v1/setup', '/v1/pools', '/v1/rules']) {
      const answer = await shop.call('GET', path);
      for (const secret of [shopify.token, 'shpss_1', woo.key, woo.secret]) {
        expect(answer.text).not.toContain(secret);
        expect(text).not.toContain(secret);
      }
    }
    expect((await shop.call('GET', '/v1/shop')).body.integrations.woocommerce).toEqual({
      url: 'https://lamps.example/shop',
      connected: true,
      orders: true,
    });
  });

  it('change one by one, and are forgotten with null', async () => {
    await connect({ shopify: { shop: 'lamps.myshopify.com' } });
    expect((await shop.call('GET', '/v1/shop')).body.integrations.shopify.connected).toBe(false);
    await connect({ shopify: { token: 'shpat_1' } });
    expect((await shop.call('GET', '/v1/shop')).body.integrations.shopify.connected).toBe(true);
    await connect({ shopify: null });
    expect((await shop.call('GET', '/v1/shop')).body.integrations.shopify).toBeNull();
  });

  it.each([
    'http://shop.example',
    'https://127.0.0.1',
    'https://2130706433',
    'https://0x7f000001',
    'https://[::1]',
    'https://[::ffff:127.0.0.1]',
    'https://169.254.169.254/latest',
    'https://localhost',
    'https://db.internal',
    'https://intranet',
    'https://user:pass@shop.example',
    'https://shop.example:8443',
    'https://shop.example/?x=1',
    'https://shop.example/#x',
    'ftp://shop.example',
  ])('lead to no address inside: %s', async (url) => {
    const { status, body } = await connect({ woocommerce: { url } });
    expect([status, body.errors?.[0].path]).toEqual([422, 'integrations.woocommerce.url']);
  });

  it.each(['evil.test', 'lamps.myshopify.com.evil.test', 'https://lamps.myshopify.com', '../x.myshopify.com'])(
    'name a shop of Shopify: not %s',
    async (name) => {
      const { status, body } = await connect({ shopify: { shop: name } });
      expect([status, body.errors?.[0].path]).toEqual([422, 'integrations.shopify.shop']);
    },
  );
});

describe('a rule whose codes are made in the platform', () => {
  it('can’t give a gift: no platform can make that', async () => {
    const { status, body } = await shop.call('POST', '/v1/rules', {
      name: 'Gift',
      moment: 'exit',
      when: ['pages', '>=', 1],
      offer: { kind: 'gift', gift: 'A cup' },
      code: { mode: 'platform' },
    });
    expect([status, body.errors[0].path]).toEqual([422, 'offer.kind']);
  });

  it('can’t grow with the order, nor can a variant of it', async () => {
    const tiers = [{ from: 100, kind: 'percent', value: 15 }];
    const rule = {
      name: 'More',
      moment: 'exit',
      when: ['pages', '>=', 1],
      offer: { kind: 'percent', value: 10 },
      code: { mode: 'platform' },
    };
    for (const [change, path] of [
      [{ offer: { ...rule.offer, tiers } }, 'offer.tiers'],
      [{ variants: [{ key: 'a', offer: { tiers } }] }, 'variants.0.offer.tiers'],
    ] as const) {
      const { status, body } = await shop.call('POST', '/v1/rules', { ...rule, ...change });
      expect([status, body.errors?.[0].path]).toEqual([422, path]);
    }
  });

  it.each([
    ['code.binding', {}, { binding: 'strict' }, /known/],
    ['code.onRefund', {}, { onRefund: 'reopen' }, /counts uses by itself/],
    ['offer.on', { on: 'items' }, {}, /before anybody has seen anything/],
    ['offer.exclude', { exclude: { reduced: true } }, {}, /say `code.platform: "woocommerce"`/],
    [
      'offer.exclude',
      { exclude: { categories: ['Cups'] } },
      { platform: 'shopify' },
      /Shopify’s codes leave nothing out/,
    ],
    [
      'offer.exclude',
      { kind: 'fixed', value: 5, exclude: { reduced: true } },
      { platform: 'woocommerce' },
      /refuse the whole order/,
    ],
  ])('can’t promise what its checkout would not keep: %s', async (path, offer, code, why) => {
    const { status, body } = await shop.call('POST', '/v1/rules', {
      name: 'Beyond it',
      moment: 'exit',
      when: ['pages', '>=', 1],
      offer: { kind: 'percent', value: 10, ...offer },
      code: { mode: 'platform', ...code },
    });
    expect([status, body.errors]).toEqual([422, [{ path, message: expect.stringMatching(why) }]]);
  });

  it('offers nothing until codes are there, and says why', async () => {
    const rule = await addRule();
    await turns();
    expect((await claim(rule)).body.code).toBe('not_eligible');
    expect(await pools()).toEqual([
      expect.objectContaining({ free: 0, low: true, problem: 'shopify is not connected' }),
    ]);
    const { steps } = (await shop.call('GET', '/v1/setup')).body;
    expect(steps.find((one: { step: string }) => one.step === 'codes').how).toContain('shopify is not connected');
    await onShopify();
    await turns();
    expect((await claim(rule)).status).toBe(200);
  });
});

describe('Shopify', () => {
  it('gets one discount for the offer, and its codes in bulk, twice as many as are to be ready', async () => {
    await onShopify();
    const rule = await addRule({ offer: { kind: 'percent', value: 12.5, minOrder: 20, expiresIn: '7d' } });
    await turns();
    expect(shopify.discounts().map(({ input }) => input)).toEqual([
      expect.objectContaining({
        kind: 'basic',
        context: { all: 'ALL' },
        usageLimit: 1,
        customerGets: { value: { percentage: 0.125 }, items: { all: true } },
        minimumRequirement: { subtotal: { greaterThanOrEqualToSubtotal: '20' } },
      }),
    ]);
    expect(shopify.codes()).toHaveLength(10);
    expect(await pools()).toEqual([
      expect.objectContaining({ source: 'shopify', free: 10, taken: 0, low: false, problem: null }),
    ]);
    const { code } = (await claim(rule)).body;
    expect(code).toMatch(/^LAMP-/);
    expect(shopify.codes()).toContain(code);
  });

  it.each([
    [
      'fixed',
      { kind: 'fixed', value: 5.5 },
      {
        customerGets: { value: { discountAmount: { amount: '5.5', appliesOnEachItem: false } }, items: { all: true } },
      },
    ],
    ['shipping', { kind: 'shipping' }, { kind: 'shipping', destination: { all: true } }],
  ])('makes an offer of %s', async (_name, offer, input) => {
    await onShopify();
    await addRule({ offer });
    await turns();
    expect(shopify.discounts()[0]?.input).toMatchObject(input);
    expect(shopify.codes()).toHaveLength(10);
  });

  it.each([
    ['nothing', 'percent', {}, [false, false, false]],
    ['anything', 'percent', { stacking: 'any' }, [true, true, true]],
    ['anything but free shipping twice', 'shipping', { stacking: 'any' }, [true, true, false]],
  ])('combines the codes with %s', async (_what, kind, offer, [order, product, shipping]) => {
    await onShopify();
    await addRule({ offer: { kind, ...(kind === 'percent' ? { value: 10 } : {}), ...offer } });
    await turns();
    expect(shopify.discounts()[0]?.input.combinesWith).toEqual({
      orderDiscounts: order,
      productDiscounts: product,
      shippingDiscounts: shipping,
    });
    expect(shopify.codes()).toHaveLength(10);
  });

  it('is asked for more when fewer are left than are to be ready', async () => {
    await onShopify();
    const rule = await addRule();
    await turns();
    const given = new Set();
    for (let time = 0; time < 8; time += 1) given.add((await claim(rule)).body.code);
    await turns();
    expect(given.size).toBe(8);
    expect(shopify.codes()).toHaveLength(18);
    expect(shopify.discounts()).toHaveLength(1);
    expect((await pools())[0]).toMatchObject({ free: 10, taken: 8 });
  });

  it('makes a discount of its own for each arm’s offer', async () => {
    await onShopify();
    await addRule({
      variants: [
        { key: 'a' },
        { key: 'b', offer: { value: 5 } },
        { key: 'c', offer: { kind: 'none', value: undefined } },
      ],
    });
    await turns();
    const shares = shopify
      .discounts()
      .map(({ input }) => (input.customerGets as { value: { percentage: number } }).value.percentage);
    expect(shares.sort()).toEqual([0.05, 0.1]);
  });

  it('may take its time with a job', async () => {
    await onShopify();
    shopify.slow(3);
    await addRule();
    await turns(2);
    expect((await pools())[0].free).toBe(0);
    await turns(5);
    expect((await pools())[0].free).toBe(10);
    expect(shopify.calls.filter(({ body }) => JSON.stringify(body).includes('BulkAdd'))).toHaveLength(1);
  });

  it('that is throttled is asked again when its points are back', async () => {
    await onShopify();
    shopify.fail(THROTTLED);
    await addRule();
    await instance.tick();
    instance.travel(1_500);
    await instance.tick();
    expect(shopify.calls).toHaveLength(1);
    instance.travel(600);
    await turns();
    expect((await pools())[0]).toMatchObject({ free: 10, problem: null });
  });

  it('that says 429 is left alone for as long as it says', async () => {
    await onShopify();
    shopify.fail({ status: 429, body: { errors: 'Exceeded 2 calls per second' }, headers: { 'retry-after': '30' } });
    await addRule();
    await instance.tick();
    instance.travel(29_000);
    await instance.tick();
    expect(shopify.calls).toHaveLength(1);
    instance.travel(2_000);
    await turns();
    expect((await pools())[0].free).toBe(10);
  });

  it.each<[string, Fault]>([
    ['a 500', { status: 500, body: 'Internal Server Error' }],
    ['a 503 with a page', { status: 503, body: '<html>' }],
    ['no answer', 'drop'],
  ])('that fails by %s is asked again, later and later, and told of when it lasts', async (_name, fault) => {
    await onShopify();
    shopify.fail(...Array<Fault>(6).fill(fault));
    await addRule();
    await instance.tick();
    expect((await pools())[0].problem).toBeNull();
    for (let time = 0; time < 5; time += 1) {
      instance.travel(MINUTE);
      await instance.tick();
    }
    expect((await pools())[0].problem).not.toBeNull();
    instance.travel(5 * MINUTE);
    await turns();
    expect((await pools())[0]).toMatchObject({ free: 10, problem: null });
  });

  it('that refuses the key is not asked again until there are new ones', async () => {
    await connect({ shopify: { shop: 'lamps.myshopify.com', token: 'shpat_wrong' } });
    await addRule();
    await turns();
    expect(shopify.calls).toHaveLength(1);
    expect((await pools())[0].problem).toMatch(/refuses our key \(401\)/);
    await onShopify();
    await turns();
    expect((await pools())[0]).toMatchObject({ free: 10, problem: null });
  });

  it('whose answer to making the discount got lost is not given a second one', async () => {
    await onShopify();
    shopify.fail('lose');
    await addRule();
    await instance.tick();
    instance.travel(5_000);
    await turns();
    expect(shopify.discounts()).toHaveLength(1);
    expect((await pools())[0].free).toBe(10);
  });

  it('whose answer to adding codes got lost never gives one away that is not there', async () => {
    await onShopify();
    await addRule();
    shopify.fail({ status: 502, body: '' }, { status: 502, body: '' });
    await instance.tick();
    instance.travel(3_000);
    await instance.tick();
    instance.travel(10_000);
    await turns(2);
    instance.travel(2 * MINUTE);
    shopify.fail('lose');
    await turns(8);
    const free = await instance.db.engine(
      ({ sql }) => sql<{ code: string }[]>`select code from stock where status = 'free'`,
    );
    expect(free.length).toBeGreaterThanOrEqual(5);
    for (const { code } of free) expect(shopify.codes()).toContain(code);
  });

  it('loses what expired unused, keeps what was used, and what was made for an offer that is no more', async () => {
    await onShopify();
    const rule = await addRule({ offer: { kind: 'percent', value: 10, expiresIn: '1d' } });
    await turns();
    const [used, unused] = [(await claim(rule)).body.code, (await claim(rule)).body.code];
    await shop.call('POST', `/v1/codes/${used}/redeem`, { orderId: 'S1', total: 10 });
    instance.travel(DAY + MINUTE);
    await turns();
    expect(shopify.codes()).toContain(used);
    expect(shopify.codes()).not.toContain(unused);
    await shop.call('PATCH', `/v1/rules/${rule}`, { offer: { value: 20 } });
    instance.travel(2 * MINUTE);
    await turns();
    const [old, fresh] = shopify.discounts();
    expect([...(old?.codes.keys() ?? [])].filter((code) => !code.endsWith('-0'))).toEqual([used]);
    expect(fresh?.codes.size).toBe(11);
  });

  it('loses all that nobody was given when the rule is removed', async () => {
    await onShopify();
    const rule = await addRule();
    await turns();
    const { code } = (await claim(rule)).body;
    await shop.call('DELETE', `/v1/rules/${rule}`);
    instance.travel(2 * MINUTE);
    await turns();
    expect(shopify.codes()).toEqual([code]);
  });
});

describe('WooCommerce', () => {
  it('gets a coupon for each code', async () => {
    await onWoo();
    const rule = await addRule({ offer: { kind: 'fixed', value: 5, minOrder: 30 } });
    await turns();
    expect(woo.coupons()).toHaveLength(10);
    expect(woo.coupons()[0]).toMatchObject({
      discount_type: 'fixed_cart',
      amount: '5',
      minimum_amount: '30',
      usage_limit: 1,
    });
    const { code } = (await claim(rule)).body;
    expect(woo.coupons().map((coupon) => coupon.code)).toContain(code.toLowerCase());
  });

  it('gets coupons for individual use, unless they may be used beside others', async () => {
    await onWoo();
    const rule = await addRule();
    await turns();
    expect(new Set(woo.coupons().map((coupon) => coupon.individual_use))).toEqual(new Set([true]));
    await shop.call('PATCH', `/v1/rules/${rule}`, { offer: { stacking: 'any' } });
    instance.travel(2 * MINUTE);
    await turns();
    expect(woo.coupons().map((coupon) => coupon.individual_use)).toEqual(Array(10).fill(false));
  });

  it('gets the categories that are left out by their numbers, and says which it doesn’t have', async () => {
    await onWoo();
    woo.categories.push({ id: 7, name: 'Cups &amp; Mugs' }, { id: 8, name: 'Lids for Cups &amp; Mugs' });
    const exclude = { categories: ['cups & mugs', 'Gift cards'], reduced: true };
    await addRule({ offer: { kind: 'percent', value: 10, exclude } }, { platform: 'woocommerce' });
    await turns();
    expect([woo.coupons().length, (await pools())[0].problem]).toEqual([0, 'WooCommerce has no category Gift cards']);
    woo.categories.push({ id: 9, name: 'Gift cards' }, { id: 12, name: 'Gift cards' });
    instance.travel(11 * MINUTE);
    await turns();
    expect(woo.coupons()).toHaveLength(10);
    expect(woo.coupons()[0]).toMatchObject({ excluded_product_categories: [7, 9, 12], exclude_sale_items: true });
  });

  it('gets free shipping as it knows it', async () => {
    await onWoo();
    await addRule({ offer: { kind: 'shipping' } });
    await turns();
    expect(woo.coupons()[0]).toMatchObject({ free_shipping: true, amount: '0' });
  });

  it('gets more than one batch takes in several', async () => {
    await onWoo();
    await addRule({}, { ahead: 120 });
    await turns();
    expect(woo.coupons()).toHaveLength(200);
    expect((await pools())[0].free).toBe(200);
    for (const { body } of woo.calls) expect((body as { create: unknown[] }).create.length).toBeLessThanOrEqual(100);
  });

  it('whose answer got lost has the same codes, not more', async () => {
    await onWoo();
    woo.fail('lose');
    await addRule();
    await instance.tick();
    instance.travel(5_000);
    await turns();
    expect(woo.coupons()).toHaveLength(10);
    expect((await pools())[0].free).toBe(10);
  });

  it('that has a code already which isn’t ours keeps it, and is given another', async () => {
    await onWoo();
    let first = true;
    const newCode = instance.deps.newCode;
    instance.deps.newCode = (prefix) => {
      if (!first) return newCode(prefix);
      first = false;
      return 'LAMP-TAKEN';
    };
    woo.add({ code: 'LAMP-TAKEN', description: 'The shop’s own' });
    await addRule();
    await turns();
    const free = await instance.db.engine(
      ({ sql }) => sql<{ code: string }[]>`select code from stock where status = 'free'`,
    );
    expect(free.map(({ code }) => code)).not.toContain('LAMP-TAKEN');
    expect(free.length).toBeGreaterThanOrEqual(9);
  });

  it('that refuses the key says so', async () => {
    await connect({ woocommerce: { url: 'https://lamps.example', key: 'ck_wrong', secret: 'cs_wrong' } });
    await addRule();
    await turns();
    expect([woo.calls.length, (await pools())[0].problem]).toEqual([1, 'the platform refuses our key (401)']);
  });

  it('whose name leads inside is not called, and it says so', async () => {
    const inside = pinnedFetch({ loopback: false, resolve: async () => [{ address: '10.0.0.7', family: 4 }] });
    instance.deps.fetch = guardedFetch(inside, { loopback: false });
    await onWoo();
    await addRule();
    await turns();
    expect((await pools())[0].problem).toBe('blocked_address: the name leads to an address that is not public');
    expect(woo.calls).toEqual([]);
  });

  it('loses what expired unused, also when it is gone already', async () => {
    await onWoo();
    const rule = await addRule({ offer: { kind: 'percent', value: 10, expiresIn: '1d' } });
    await turns();
    const { code } = (await claim(rule)).body;
    instance.travel(DAY + MINUTE);
    woo.fail({ status: 500, body: '' });
    await turns();
    instance.travel(15 * MINUTE);
    await turns();
    expect(woo.coupons().map((coupon) => coupon.code)).not.toContain(code.toLowerCase());
    const [row] = await instance.db.engine(
      ({ sql }) => sql<{ status: string }[]>`select status from stock where code = ${code}`,
    );
    expect(row?.status).toBe('removed');
  });

  it('is named by the rule where both are connected', async () => {
    await onShopify();
    await onWoo();
    await addRule({}, { platform: 'woocommerce' });
    await turns();
    expect([shopify.codes().length, woo.coupons().length]).toEqual([0, 10]);
  });
});
