import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Instance, RULE, type ShopHandle, startInstance } from '../support/shop.ts';
import { type Browser, LAMP, newBrowser, TEAPOT } from '../support/visitor.ts';

let instance: Instance;
let shop: ShopHandle;
let people = 0;

beforeAll(async () => {
  instance = await startInstance();
  shop = await instance.openShop();
});
afterAll(() => instance.close());

const CUP = { id: 'cup', title: 'Cup', price: 15, was: 25, currency: 'EUR', url: 'https://shop.example/cup' };
const PAGE = { type: 'page_view', url: TEAPOT.url, path: '/teapot', title: 'Teapot', referrer: '', kind: 'product' };

const addRule = (offer: Record<string, unknown>): Promise<string> =>
  shop.addRule({
    when: ['pages', '>=', 1],
    offer: { kind: 'percent', value: 10, ...offer },
    code: { reveal: 'screen' },
  });

/** Has looked at the lamp and the cup, and put the teapot into the cart. */
async function shopper(): Promise<Browser> {
  const browser = newBrowser(shop);
  await browser.send([
    PAGE,
    { type: 'view_item', item: LAMP },
    { type: 'view_item', item: CUP },
    { type: 'add_to_cart', item: TEAPOT, quantity: 1 },
  ]);
  return browser;
}

const claim = (browser: Browser, rule: string, email = `person-${++people}@example.com`) =>
  browser.claim(rule, { email });

async function newCode(offer: Record<string, unknown>): Promise<string> {
  const { status, body } = await claim(await shopper(), await addRule(offer));
  expect([status, body.code]).toEqual([200, expect.any(String)]);
  return body.code;
}

const ask = (verb: string, code: string, body: Record<string, unknown>) =>
  shop.call('POST', `/v1/codes/${code}/${verb}`, body);
const line = ({ id, price }: { id: string; price: number }, more = {}) => ({ id, price, ...more });
const ORDER = [line(TEAPOT, { quantity: 2 }), line(LAMP), line(CUP, { was: 25 }), { id: 'rug', price: 300 }];
const TOTAL = 84 + 120 + 15 + 300;

describe('an offer', () => {
  it.each([
    ['whatever is ordered', {}, 51.9],
    ['the things that were shown', { on: 'items' }, 21.9],
    ['what was in the cart', { on: 'cart' }, 8.4],
    ['whatever is not reduced', { exclude: { reduced: true } }, 50.4],
    ['the things shown that are not reduced', { on: 'items', exclude: { reduced: true } }, 20.4],
    ['a sum on what was in the cart', { kind: 'fixed', value: 100, on: 'cart' }, 84],
  ] as const)('on %s takes that off, by check, reserve and redeem alike', async (_what, offer, discount) => {
    const code = await newCode(offer);
    const orderId = `order-${people}`;
    const body = { orderId, total: TOTAL, items: ORDER };
    for (const verb of ['check', 'reserve', 'redeem', 'redeem'])
      expect([verb, (await ask(verb, code, body)).body.discount]).toEqual([verb, discount]);
    expect((await shop.call('GET', `/v1/codes/${code}`)).body).toMatchObject({ status: 'redeemed', discount });
  });

  it('on some things alone leaves the discount open where nobody tells what is ordered, and is used all the same', async () => {
    for (const offer of [{ on: 'items' }, { exclude: { categories: ['Tea'] } }]) {
      const code = await newCode(offer);
      expect((await ask('check', code, { total: TOTAL })).body.discount).toBe(null);
      expect((await ask('check', code, { total: TOTAL, items: [{ id: 'teapot' }] })).body.discount).toBe(null);
      const used = await ask('redeem', code, { orderId: `open-${code}`, total: TOTAL });
      expect([used.status, used.body.discount]).toEqual([200, null]);
    }
  });

  it('on the whole order needs the total alone, or the prices of what is ordered', async () => {
    const code = await newCode({});
    expect((await ask('check', code, { total: 200, items: ORDER })).body.discount).toBe(20);
    expect((await ask('check', code, { items: ORDER })).body.discount).toBe(51.9);
    expect((await ask('check', code, { items: [{ id: 'teapot' }] })).body.discount).toBe(null);
  });

  it('compares what is ordered with its minimum where no total is told', async () => {
    const code = await newCode({ minOrder: 100, on: 'items' });
    const { status, body } = await ask('check', code, { items: [line(TEAPOT)] });
    expect([status, body.code]).toEqual([422, 'below_minimum']);
    expect((await ask('check', code, { items: [line(LAMP)] })).body.discount).toBe(12);
  });

  it('leaves out categories, in any case, by what the order tells', async () => {
    const code = await newCode({ exclude: { categories: ['Lamps'] } });
    const items = [line(LAMP, { category: 'LAMPS' }), line(TEAPOT, { category: 'Tea' }), line(CUP)];
    expect((await ask('check', code, { total: 177, items })).body.discount).toBe(5.7);
  });

  it('gives larger orders the most of its tiers, and free shipping from one of them on', async () => {
    const tiers = [
      { from: 50, kind: 'fixed', value: 20 },
      { from: 100, kind: 'shipping' },
      { from: 300, kind: 'percent', value: 15 },
    ];
    const code = await newCode({ tiers });
    const gains = async (total?: number) => {
      const { body } = await ask('check', code, total === undefined ? {} : { total });
      return [body.discount, body.freeShipping];
    };
    expect([await gains(49), await gains(50), await gains(99.99)]).toEqual([
      [4.9, false],
      [20, false],
      [20, false],
    ]);
    expect([await gains(100), await gains(210), await gains(300)]).toEqual([
      [20, true],
      [21, true],
      [45, true],
    ]);
    expect(await gains()).toEqual([null, null]);
    const used = await ask('redeem', code, { orderId: `tiers-${code}`, total: 100 });
    expect(used.body).toMatchObject({ discount: 20, freeShipping: true });
    expect((await ask('redeem', code, { orderId: `tiers-${code}`, total: 10 })).body).toEqual(used.body);
    expect((await shop.call('GET', `/v1/codes/${code}`)).body).toEqual(used.body);
    expect((await ask('release', code, { orderId: `tiers-${code}` })).body).toMatchObject({
      discount: null,
      freeShipping: null,
    });
  });

  it('of free shipping may take money off larger orders, on some things alone', async () => {
    const tiers = [{ from: 100, kind: 'percent', value: 10 }];
    const code = await newCode({ kind: 'shipping', value: undefined, on: 'cart', tiers });
    const items = [line(TEAPOT), line(LAMP)];
    expect((await ask('check', code, { items })).body).toMatchObject({ discount: 4.2, freeShipping: true });
    expect((await ask('check', code, { items: [line(TEAPOT)] })).body).toMatchObject({
      discount: 0,
      freeShipping: true,
    });
  });

  it('is told with the code: which things it is on', async () => {
    const code = await newCode({ on: 'items' });
    const { offer } = (await shop.call('GET', `/v1/codes/${code}`)).body;
    expect([offer.on, offer.claimed.items]).toEqual(['items', ['teapot', 'cup', 'lamp']]);
  });

  it('takes off what an order that the shop tells of holds', async () => {
    const code = await newCode({ on: 'cart' });
    const items = ORDER.map((one) => ({ title: one.id, ...one }));
    const order = { id: `told-${code}`, status: 'paid', total: 400, currency: 'EUR', items, codes: [code] };
    await shop.call('POST', '/v1/orders', { ...order, placedAt: new Date().toISOString() });
    expect((await shop.call('GET', `/v1/codes/${code}`)).body).toMatchObject({ status: 'redeemed', discount: 8.4 });
  });

  it('claimed again is on the things shown then, too, and keeps its other terms', async () => {
    const rule = await addRule({ on: 'items' });
    const email = `again-${++people}@example.com`;
    const browser = newBrowser(shop);
    await browser.look();
    const first = (await claim(browser, rule, email)).body.code;
    await shop.call('PATCH', `/v1/rules/${rule}`, { offer: { value: 50 } });
    await browser.send([{ type: 'view_item', item: LAMP }]);
    expect((await claim(browser, rule, email)).body.code).toBe(first);
    const { offer } = (await shop.call('GET', `/v1/codes/${first}`)).body;
    expect([offer.value, offer.claimed.items]).toEqual([10, ['teapot', 'lamp']]);
  });

  it('on things is not for who has none', async () => {
    const reader = newBrowser(shop);
    await reader.send([PAGE]);
    const looker = newBrowser(shop);
    await looker.look();
    const soldOut = newBrowser(shop);
    await soldOut.send([PAGE, { type: 'view_item', item: { ...TEAPOT, available: false } }]);
    const [onItems, onCart] = [await addRule({ on: 'items' }), await addRule({ on: 'cart' })];
    for (const [browser, rule] of [
      [reader, onItems],
      [reader, onCart],
      [looker, onCart],
      [soldOut, onItems],
    ] as const)
      expect((await claim(browser, rule)).body.code).toBe('not_eligible');
    expect((await claim(looker, onItems)).status).toBe(200);
  });

  it('is written of with its own prices: what it isn’t on keeps its price', async () => {
    const email = `letter-${++people}@example.com`;
    await claim(await shopper(), await addRule({ on: 'cart', exclude: { categories: ['Sale'] } }), email);
    await instance.tick();
    const [letter] = await instance.db.engine(
      ({ sql }) => sql<{ text: string }[]>`select text from inbox_letter where recipient = ${email}`,
    );
    const text = letter?.text.replace(/[\u00a0\u202f]/g, ' ') ?? '';
    // The lamp tells no category, which might be the excluded one; the teapot neither.
    for (const said of [
      'Teapot: €42',
      'Lamp: €120',
      'Cup: €15 instead of €25',
      'On what was in your cart',
      'Not for Sale',
    ])
      expect(text).toContain(said);
  });
});

describe('a rule', () => {
  it.each([
    [{ offer: { kind: 'percent', value: 10, on: 'shop' } }, 'offer.on'],
    [{ offer: { kind: 'shipping', on: 'cart' } }, 'offer.on'],
    [{ offer: { kind: 'shipping', exclude: { reduced: true } } }, 'offer.exclude'],
    [{ offer: { kind: 'percent', value: 10, exclude: { categories: [] } } }, 'offer.exclude.categories'],
    [{ offer: { kind: 'percent', value: 10, exclude: { brands: ['X'] } } }, 'offer.exclude.brands'],
    [{ variants: [{ key: 'a', offer: { kind: 'gift', gift: 'Mug', on: 'items' } }] }, 'variants.0.offer.on'],
    [{ offer: { kind: 'percent', value: 10, on: 'items' }, code: { mode: 'static', code: 'ALL' } }, 'offer.on'],
    [
      { offer: { kind: 'percent', value: 10, on: 'cart' }, code: { mode: 'pool', fallback: 'static', code: 'ALL' } },
      'offer.on',
    ],
    [{ offer: { kind: 'percent', value: 10, on: 'items' }, code: { mode: 'platform' } }, 'offer.on'],
    [
      { offer: { kind: 'percent', value: 10, exclude: { reduced: true } }, code: { mode: 'platform' } },
      'offer.exclude',
    ],
    [{ variants: [{ key: 'a', offer: { on: 'cart' } }], code: { mode: 'static', code: 'ALL' } }, 'variants.0.offer.on'],
  ])('of %j is refused: %s', async (change, path) => {
    const { status, body } = await shop.call('POST', '/v1/rules', { ...RULE, ...change });
    expect([status, body.errors?.[0].path]).toEqual([422, path]);
  });

  it('whose variant lifts what it excludes, or has another kind, is taken', async () => {
    const offer = { kind: 'percent', value: 10, on: 'items', exclude: { reduced: true } };
    const variants = [
      { key: 'a', offer: { exclude: {}, on: 'order' } },
      { key: 'b', offer: { kind: 'shipping' } },
    ];
    expect((await shop.call('POST', '/v1/rules', { ...RULE, offer, variants })).status).toBe(201);
  });
});

it('offers that nobody claims with things at hand are on the order', async () => {
  const friend = { kind: 'percent', value: 10, on: 'items' };
  const program = await shop.call('PATCH', '/v1/shop', { referral: { friend } });
  expect([program.status, program.body.errors?.[0].path]).toEqual([422, 'referral.friend.on']);
  const flow = await shop.call('POST', '/v1/flows', {
    key: 'given',
    name: 'Given',
    enabled: false,
    entry: { on: 'registered' },
    steps: [{ issue: friend }, { send: 'offer' }],
  });
  expect([flow.status, flow.body.errors?.[0].path]).toEqual([422, 'steps.0.issue.on']);
});

it.each([
  ['JPY', 10.5, 'must be whole JPY'],
  ['JPY', 10, null],
  ['KWD', 1.555, null],
  ['KWD', 1.5555, 'must have at most 3 decimals, as KWD has'],
] as const)('of %s %s can be taken off, or not: %s', async (currency, value, refusal) => {
  const one = await instance.openShop({ currency });
  const { status, body } = await one.call('POST', '/v1/rules', { ...RULE, offer: { kind: 'fixed', value } });
  expect([status, body.errors ?? null]).toEqual(
    refusal ? [422, [{ path: 'offer.value', message: refusal }]] : [201, null],
  );
});

it('a rule from before, with a sum that nobody can pay, can still be switched off', async () => {
  const rule = await addRule({ kind: 'fixed', value: 10 });
  await instance.db.engine(
    ({ sql }) => sql`update rule set definition = jsonb_set(definition, '{offer,value}', '10.555') where id = ${rule}`,
  );
  expect((await shop.call('PATCH', `/v1/rules/${rule}`, { enabled: false })).status).toBe(200);
  expect((await shop.call('PATCH', `/v1/rules/${rule}`, { offer: { minOrder: 50 } })).status).toBe(422);
});
