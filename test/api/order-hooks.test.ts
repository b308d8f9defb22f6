/** Orders told by a shop's platform: heard when signed, once, in the order in which they happened. */

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type OrderPlatform, PLATFORM_SECRET, signedOrder } from '../support/platform-orders.ts';
import { type Answered, type Instance, type ShopHandle, startInstance } from '../support/shop.ts';
import { newBrowser } from '../support/visitor.ts';

vi.setConfig({ testTimeout: 60_000 });

let instance: Instance;
let shop: ShopHandle;
let rule: string;
let people = 0;

beforeAll(async () => {
  instance = await startInstance();
  shop = await instance.openShop();
  rule = await shop.addRule({ code: { reveal: 'screen' }, offer: { kind: 'percent', value: 10, expiresIn: '7d' } });
  await shop.done('POST', '/v1/flows', {
    key: 'thanks',
    entry: { on: 'order_placed' },
    purpose: 'transactional',
    stopOn: [],
    steps: [{ send: 'thanks' }],
  });
  await shop.done('PATCH', '/v1/shop', {
    integrations: { shopify: { secret: PLATFORM_SECRET }, woocommerce: { secret: PLATFORM_SECRET } },
  });
});
afterAll(() => instance.close());

const post = (
  platform: OrderPlatform,
  [body, headers]: [string, Record<string, string>],
  at = shop,
): Promise<Answered> => instance.call('POST', `/hooks/${platform}/${at.id}`, body, headers);
const tell = async (platform: OrderPlatform, order: Record<string, unknown>): Promise<void> => {
  const answer = await post(platform, signedOrder(platform, order));
  expect([answer.status, answer.body]).toEqual([200, { heard: true }]);
};
const iso = (at: number): string => new Date(at).toISOString();
const orderOf = async (id: number | string) => (await shop.call('GET', `/v1/orders/${id}`)).body;

interface Claimer {
  id: number;
  email: string;
  code: string;
  /** When they order, in ms since the epoch. */
  at: number;
}

/** A person with a code and a running chain, and the number of the order to come. */
async function claimer(): Promise<Claimer> {
  people += 1;
  const browser = newBrowser(shop);
  await browser.look();
  const email = `buyer-${people}@example.com`;
  const { body } = await browser.claim(rule, { email });
  await instance.tick();
  const now = await instance.db.engine(async (tx) => tx.now);
  // Platforms tell of whole seconds.
  return { id: 5_000 + people, email, code: body.code, at: Math.floor(now / 1_000) * 1_000 + 1_000 };
}

async function stateOf({ email, code }: Claimer): Promise<{ code: string; chain: string }> {
  const { data } = (await shop.call('GET', `/v1/messages?contact=${email}`)).body;
  const own = data.filter((message: { flow: string }) => message.flow === 'discount-reminder');
  return {
    code: (await shop.call('GET', `/v1/codes/${code}`)).body.status,
    chain: `${own[0].chain.status} ${own[0].chain.reason ?? ''}`.trim(),
  };
}

const PLATFORMS: {
  platform: OrderPlatform;
  of: (who: Claimer, state: 'unpaid' | 'paid' | 'cancelled', minute?: number) => Record<string, unknown>;
}[] = [
  {
    platform: 'shopify',
    of: ({ id, email, code, at }, state, minute = 0) => ({
      id,
      email,
      created_at: iso(at),
      updated_at: iso(at + minute * 60_000),
      financial_status: state === 'unpaid' ? 'authorized' : 'paid',
      cancelled_at: state === 'cancelled' ? '2026-11-22T12:00:00Z' : null,
      discount_codes: [{ code: code.toLowerCase(), amount: '4.20', type: 'percentage' }],
    }),
  },
  {
    platform: 'woocommerce',
    of: ({ id, email, code, at }, state, minute = 0) => ({
      id,
      billing: { email },
      date_created_gmt: iso(at).slice(0, 19),
      date_modified_gmt: iso(at + minute * 60_000).slice(0, 19),
      status: { unpaid: 'on-hold', paid: 'processing', cancelled: 'cancelled' }[state],
      coupon_lines: [{ code: code.toLowerCase() }],
    }),
  },
];

describe.each(PLATFORMS)('$platform', ({ platform, of }) => {
  it('a paid order uses its code up and ends the reminders', async () => {
    const who = await claimer();
    await tell(platform, of(who, 'paid'));
    expect(await stateOf(who)).toEqual({ code: 'redeemed', chain: 'stopped redeemed' });
    expect(await orderOf(who.id)).toMatchObject({
      id: String(who.id),
      status: 'paid',
      email: who.email,
      total: 37.8,
      currency: 'EUR',
      placedAt: iso(who.at),
      codes: [who.code.toLowerCase()],
      items: [{ id: '42', title: 'Teapot', quantity: 1 }],
    });
    expect((await shop.call('GET', `/v1/codes/${who.code}`)).body).toMatchObject({
      orderId: String(who.id),
      discount: 4.2,
    });
  });

  it('an order that waits for its money ends the reminders and leaves the code, which is used once it is paid', async () => {
    const who = await claimer();
    await tell(platform, of(who, 'unpaid'));
    expect(await stateOf(who)).toEqual({ code: 'issued', chain: 'stopped purchased' });
    await tell(platform, of(who, 'paid', 1));
    expect((await stateOf(who)).code).toBe('redeemed');
  });

  it('a cancelled order gives its code back', async () => {
    const who = await claimer();
    await tell(platform, of(who, 'paid'));
    await tell(platform, of(who, 'cancelled', 1));
    expect([(await orderOf(who.id)).status, (await stateOf(who)).code]).toEqual(['cancelled', 'issued']);
  });

  it('what comes late tells nothing new', async () => {
    const who = await claimer();
    await tell(platform, of(who, 'cancelled', 2));
    await tell(platform, of(who, 'paid', 1));
    expect([(await orderOf(who.id)).status, (await stateOf(who)).code]).toEqual(['cancelled', 'issued']);
  });

  it('the same delivery many times over is one order, one use and one letter', async () => {
    const who = await claimer();
    const delivery = signedOrder(platform, of(who, 'paid'));
    for (let round = 0; round < 5; round += 1) {
      const answers = await Promise.all(Array.from({ length: 10 }, () => post(platform, delivery)));
      expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200));
    }
    await instance.tick();
    const { data } = (await shop.call('GET', `/v1/messages?contact=${who.email}`)).body;
    expect(data.filter(({ flow }: { flow: string }) => flow === 'thanks')).toHaveLength(1);
    expect((await stateOf(who)).code).toBe('redeemed');
  });

  it('an unsigned, wrongly signed or altered one is not heard', async () => {
    const who = await claimer();
    const [body, headers] = signedOrder(platform, of(who, 'paid'));
    const [signature = ''] = Object.keys(headers);
    const strangers: [string, Record<string, string>][] = [
      [body, {}],
      [body, { ...headers, [signature]: '' }],
      [body, { ...headers, [signature]: `${headers[signature]}=` }],
      [`${body} `, headers],
      [body.replace('37.80', '37.81'), headers],
    ];
    for (const delivery of strangers) expect((await post(platform, delivery)).status).toBe(401);
    const other = await instance.openShop();
    expect((await post(platform, [body, headers], other)).status).toBe(401);
    expect((await shop.call('GET', `/v1/orders/${who.id}`)).status).toBe(404);
  });

  it('other topics and other things are answered, and left', async () => {
    const [body, headers] = signedOrder(platform, { id: 77 });
    const [, topic = ''] = Object.keys(headers);
    const elsewhere = { ...headers, [topic]: platform === 'shopify' ? 'draft_orders/create' : 'product.updated' };
    expect((await post(platform, [body, elsewhere])).body).toEqual({ heard: false });
    expect((await post(platform, signedOrder(platform, '{"id":77}'))).body).toEqual({ heard: false });
    expect((await shop.call('GET', '/v1/orders/77')).status).toBe(404);
  });

  it('bad bytes, an unknown shop and too much are told of', async () => {
    expect((await post(platform, signedOrder(platform, '{"id":'))).body.code).toBe('invalid_json');
    expect((await post(platform, signedOrder(platform, `"${'x'.repeat(1024 * 1024)}"`))).status).toBe(413);
    expect((await instance.call('POST', `/hooks/${platform}/nobody`, '{}')).status).toBe(404);
  });
});

it('an id that is longer than numbers are exact stays whole', async () => {
  const [text] = signedOrder('shopify', { id: 0 });
  const body = text.replace('"id":0', '"id":820982911946154508');
  expect((await post('shopify', signedOrder('shopify', body))).status).toBe(200);
  expect((await orderOf('820982911946154508')).number).toBe('#1001');
});

it('WooCommerce’s first, unsigned word only asks whether anybody is there', async () => {
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  const answer = await post('woocommerce', ['webhook_id=5', form]);
  expect([answer.status, answer.body]).toEqual([200, { heard: false }]);
});

it('a visitor that the theme has written into the order is the buyer', async () => {
  const browser = newBrowser(shop);
  await browser.look();
  const note_attributes = [{ name: 'linger_visitor', value: browser.visitor }];
  await tell('shopify', { id: 9_001, email: 'seen@example.com', note_attributes });
  expect((await orderOf(9_001)).visitor).toBe(browser.visitor);
});

it('the shop’s server may say when an order changed, too, and an earlier word changes nothing', async () => {
  const order = { id: 'own-1', total: 5, currency: 'EUR', placedAt: '2026-11-22T09:30:00Z' };
  const told = (status: string, changedAt?: string) =>
    shop.call('POST', '/v1/orders', { ...order, status, ...(changedAt ? { changedAt } : {}) });
  await told('shipped', '2026-11-22T12:00:00Z');
  expect((await told('paid', '2026-11-22T11:00:00Z')).body.status).toBe('shipped');
  expect((await told('delivered')).body.status).toBe('delivered');
});

it('the shop’s answer says whose orders are heard', async () => {
  expect((await shop.call('GET', '/v1/shop')).body.integrations).toMatchObject({
    shopify: { orders: true, connected: false },
    woocommerce: { orders: true, connected: false },
  });
});
