import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Instance, type ShopHandle, startInstance } from '../support/shop.ts';
import { type Browser, newBrowser } from '../support/visitor.ts';

const HOUR = 3_600_000;

let instance: Instance;
let shop: ShopHandle;
let people = 0;

beforeAll(async () => {
  instance = await startInstance();
  shop = await instance.openShop();
});
afterAll(() => instance.close());

const now = () => instance.db.engine(async (tx) => tx.now);
const isoAfter = async (ms: number) => new Date((await now()) + ms).toISOString();
const order = async (change: Record<string, unknown>) =>
  shop.call('POST', '/v1/orders', {
    id: `O${++people}`,
    status: 'paid',
    total: 42,
    currency: 'EUR',
    placedAt: await isoAfter(0),
    ...change,
  });

/** A person with a running chain. */
async function claimer(): Promise<{ browser: Browser; email: string; code: string }> {
  const rule = await shop.addRule({
    code: { reveal: 'screen' },
    offer: { kind: 'percent', value: 10, minOrder: 40, expiresIn: '7d' },
  });
  const browser = newBrowser(shop);
  await browser.look();
  const email = `buyer-${++people}@example.com`;
  const { body } = await browser.claim(rule, { email });
  await instance.tick();
  return { browser, email, code: body.code };
}

async function chain(email: string): Promise<string> {
  const { data } = (await shop.call('GET', `/v1/messages?contact=${email}`)).body;
  return `${data[0].chain.status} ${data[0].chain.reason ?? ''}`.trim();
}

describe('an order', () => {
  const told = {
    id: '9007199254740993',
    number: 'No 7',
    status: 'awaiting_payment',
    email: 'shape@example.com',
    name: 'Ann',
    phone: '+49 30 1',
    total: 37.8,
    due: 37.8,
    currency: 'EUR',
    items: [{ id: 'teapot', title: 'Teapot', price: 42, quantity: 1, url: 'https://shop.example/teapot' }],
    codes: ['SUMMER'],
    placedAt: '2026-11-22T09:30:00.000Z',
    payUrl: 'https://shop.example/pay/7',
    payBefore: '2026-11-23T09:30:00.000Z',
    locale: 'en',
  };

  it('is answered in the shape in which it was told, and replaced by the next word about it', async () => {
    const first = await shop.call('POST', '/v1/orders', told);
    expect([first.status, first.body]).toEqual([201, { ...told, visitor: null }]);
    expect((await shop.call('GET', `/v1/orders/${told.id}`)).body).toEqual(first.body);
    const paid = await shop.call('POST', '/v1/orders', {
      ...told,
      status: 'paid',
      placedAt: '2026-11-22T10:30:00+01:00',
    });
    expect([paid.status, paid.body]).toEqual([200, { ...told, status: 'paid', visitor: null }]);
    expect((await shop.call('GET', `/v1/orders/${told.id}`)).body.status).toBe('paid');
    expect((await shop.call('GET', '/v1/orders/9007199254740992')).status).toBe(404);
    // As it is answered it can be told again; null is what nobody knows.
    const again = await shop.call('POST', '/v1/orders', { ...paid.body, name: null, payUrl: null });
    const { name: _name, payUrl: _payUrl, ...rest } = paid.body;
    expect([again.status, again.body]).toEqual([200, rest]);
  });

  it('of another shop is not found', async () => {
    const other = await instance.openShop({ origins: ['https://other.example'] });
    await order({ id: 'mine' });
    expect((await other.call('GET', '/v1/orders/mine')).status).toBe(404);
  });

  it('told many times at once is one order', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => order({ id: 'once' })));
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array(19).fill(200), 201]);
  });
});

describe('the codes of an order', () => {
  it('are used up by it, with the discount on what the goods cost before', async () => {
    const { email, code } = await claimer();
    const items = [{ id: 'teapot', title: 'Teapot', price: 21, quantity: 2 }];
    expect((await order({ id: 'with-code', total: 37.8, items, codes: [code.toLowerCase()] })).status).toBe(201);
    expect((await shop.call('GET', `/v1/codes/${code}`)).body).toMatchObject({
      status: 'redeemed',
      orderId: 'with-code',
      discount: 4.2,
    });
    expect(await chain(email)).toBe('stopped redeemed');
    expect(
      (await shop.call('POST', `/v1/codes/${code}/redeem`, { orderId: 'with-code', total: 42 })).body.discount,
    ).toBe(4.2);
  });

  it('in a foreign currency are used up too; what they took off is not known then', async () => {
    const { code } = await claimer();
    await order({ id: 'abroad', total: 9, currency: 'USD', codes: [code] });
    expect((await shop.call('GET', `/v1/codes/${code}`)).body).toMatchObject({
      status: 'redeemed',
      orderId: 'abroad',
      discount: null,
    });
  });

  it('never lose the order, whatever is wrong with them', async () => {
    const { code } = await claimer();
    await shop.call('POST', `/v1/codes/${code}/redeem`, { orderId: 'first', total: 50 });
    for (const codes of [[code], ['UNKNOWN-CODE'], [code, 'x', code]])
      expect((await order({ codes })).status).toBe(201);
    expect((await shop.call('GET', `/v1/codes/${code}`)).body.orderId).toBe('first');
  });

  it('of a cancelled order stay good', async () => {
    const { code, email } = await claimer();
    await order({ status: 'cancelled', codes: [code] });
    expect((await shop.call('GET', `/v1/codes/${code}`)).body.status).toBe('issued');
    expect(await chain(email)).toBe('active');
  });
});

describe('a purchase', () => {
  it('ends the buyer’s chain, known by the address in any spelling or by the visitor', async () => {
    const [one, two] = [await claimer(), await claimer()];
    await order({ email: one.email.toUpperCase() });
    await order({ visitor: two.browser.visitor });
    expect([await chain(one.email), await chain(two.email)]).toEqual(['stopped purchased', 'stopped purchased']);
  });

  it('ends it also when the page alone tells of it', async () => {
    const { browser, email } = await claimer();
    await browser.send([{ type: 'purchase', orderId: 'P1' }]);
    expect(await chain(email)).toBe('stopped purchased');
  });

  it('cancelled or refunded is none', async () => {
    const { email } = await claimer();
    await order({ email, status: 'cancelled' });
    await order({ email, status: 'refunded' });
    expect(await chain(email)).toBe('active');
  });

  it('from before the chain began ends nothing: an older parcel that is shipped is no reason to fall silent', async () => {
    const placedAt = await isoAfter(-48 * HOUR);
    const { email } = await claimer();
    await order({ email, status: 'shipped', placedAt });
    expect(await chain(email)).toBe('active');
    await order({ email, placedAt: await isoAfter(-60_000) });
    expect(await chain(email)).toBe('stopped purchased');
  });

  it('leaves the chain of a flow that does not stop on purchases', async () => {
    await shop.call('POST', '/v1/flows', {
      key: 'stubborn',
      stopOn: ['unsubscribed'],
      steps: [{ send: 'offer' }, { wait: '1d' }, { send: 'reminder-1' }],
    });
    const rule = await shop.addRule({ flow: 'stubborn' });
    const browser = newBrowser(shop);
    await browser.look();
    await browser.claim(rule, { email: 'stubborn@example.com' });
    await order({ email: 'stubborn@example.com', visitor: browser.visitor });
    expect(await chain('stubborn@example.com')).toBe('active');
  });
});
