import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Instance, type ShopHandle, startInstance } from '../support/shop.ts';
import { type Browser, newBrowser } from '../support/visitor.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let instance: Instance;
let chance: number[] = [];

beforeAll(async () => {
  instance = await startInstance({ random: () => chance.shift() ?? 0.5 });
});
afterAll(() => instance.close());

type Arm = Record<string, unknown> & { arm: string | null };
const report = async (shop: ShopHandle, rule: string, query = '') =>
  (await shop.call('GET', `/v1/reports/experiments?rule=${rule}${query}`)).body;
const armOf = (body: { arms: Arm[] }, arm: string | null): Arm => body.arms.find((one) => one.arm === arm) as Arm;

/** A visitor who draws by this fall of chance; the page tells that the rule spoke, or would have. */
async function eligible(
  shop: ShopHandle,
  rule: string,
  fall: number,
  change: { visitor?: string } = {},
): Promise<Browser> {
  chance = [fall];
  const browser = newBrowser(shop, change);
  const { arms } = (await browser.look()).body.visitor;
  await browser.send([
    { type: arms[rule] === 'holdout' ? 'offer_withheld' : 'offer_shown', rule, variant: arms[rule] },
  ]);
  return browser;
}

async function order(shop: ShopHandle, change: Record<string, unknown>): Promise<void> {
  const { status, text } = await shop.call('POST', '/v1/orders', {
    id: randomUUID(),
    status: 'paid',
    total: 100,
    currency: 'EUR',
    placedAt: new Date(instance.deps.now() + shifted + HOUR / 60).toISOString(),
    ...change,
  });
  if (status >= 300) throw new Error(text);
}

/** How far the database's clock was moved. */
let shifted = 0;
const travel = (ms: number): void => {
  shifted += ms;
  instance.travel(ms);
};

describe('the report on an experiment', () => {
  it('counts whom the rule would have spoken to, shown or held out, and nobody else', async () => {
    const shop = await instance.openShop();
    const rule = await shop.addRule({ holdout: 0.5 });
    await eligible(shop, rule, 0.1);
    await eligible(shop, rule, 0.9);
    const twice = await eligible(shop, rule, 0.9);
    await twice.send([{ type: 'offer_shown', rule, variant: null }]);
    chance = [0.1];
    await newBrowser(shop).look();
    const other = await shop.addRule({ name: 'Other' });
    await eligible(shop, other, 0.9);
    const body = await report(shop, rule);
    expect(body.arms.map(({ arm, eligible: count }: Arm) => [arm, count])).toEqual([
      [null, 2],
      ['holdout', 1],
    ]);
    expect(body).toMatchObject({ rule, name: 'Leaving', window: 7, currency: 'EUR', margin: null, ratio: null });
    expect(body.comparisons).toEqual([
      { arm: null, against: 'holdout', difference: null, lift: null, verdict: 'too_early', needed: null },
    ]);
  });

  it('goes by the arm that was stored, whatever the page says', async () => {
    const shop = await instance.openShop();
    const rule = await shop.addRule({ holdout: 0.5 });
    chance = [0.1];
    const held = newBrowser(shop);
    await held.look();
    await held.send([{ type: 'offer_shown', rule, variant: null }]);
    expect((await report(shop, rule)).arms.map(({ arm }: Arm) => arm)).toEqual(['holdout']);
  });

  it('counts money exactly, net of discounts and of what the goods cost', async () => {
    const shop = await instance.openShop({ margin: 0.4 });
    const rule = await shop.addRule({
      holdout: 0.5,
      code: { reveal: 'screen' },
      offer: { kind: 'percent', value: 10 },
    });
    const buyer = await eligible(shop, rule, 0.9);
    const { body: claim } = await buyer.claim(rule, { email: 'net@example.com' });
    await order(shop, {
      visitor: buyer.visitor,
      total: 89.91,
      codes: [claim.code],
      items: [{ id: 'x', title: 'X', price: 99.9, quantity: 1 }],
    });
    await order(shop, { visitor: buyer.visitor, total: 0.1 });
    const held = await eligible(shop, rule, 0.1);
    await order(shop, { visitor: held.visitor, total: 33.33 });
    await eligible(shop, rule, 0.1);
    const body = await report(shop, rule);
    expect(armOf(body, null)).toMatchObject({
      eligible: 1,
      buyers: 1,
      orders: 2,
      revenue: 90.01,
      discount: 9.99,
      // 0.4 × (90.01 + 9.99) − 9.99
      net: 30.01,
      netPerEligible: 30.01,
      waiting: 1,
    });
    expect(armOf(body, 'holdout')).toMatchObject({
      eligible: 2,
      buyers: 1,
      orders: 1,
      revenue: 33.33,
      discount: 0,
      net: 13.332,
      netPerEligible: 6.666,
    });
    expect(body.margin).toBe(0.4);
  });

  it('leaves out orders that came before, too late, or to nothing, and the money of other currencies', async () => {
    const shop = await instance.openShop();
    const rule = await shop.addRule({ holdout: 0.5 });
    const { visitor } = await eligible(shop, rule, 0.9);
    const now = instance.deps.now() + shifted;
    const at = (ms: number): Record<string, unknown> => ({ visitor, placedAt: new Date(now + ms).toISOString() });
    await order(shop, { ...at(-HOUR), total: 1 });
    await order(shop, { ...at(7 * DAY - HOUR), total: 2 });
    await order(shop, { ...at(7 * DAY + HOUR), total: 4 });
    await order(shop, { ...at(HOUR), total: 8, status: 'cancelled' });
    await order(shop, { ...at(HOUR), total: 16, status: 'refunded' });
    await order(shop, { ...at(HOUR), total: 32, currency: 'USD' });
    travel(9 * DAY);
    expect(armOf(await report(shop, rule), null)).toMatchObject({ orders: 2, revenue: 2, waiting: 0 });
    expect(armOf(await report(shop, rule, '&window=8'), null)).toMatchObject({ orders: 3, revenue: 6 });
  });

  it('ties orders by what all arms have: the visitor named, the contact proved, the page that thanked; once each', async () => {
    const shop = await instance.openShop();
    const rule = await shop.addRule({ holdout: 0.5, code: { reveal: 'screen' } });
    const named = await eligible(shop, rule, 0.9);
    await order(shop, { visitor: named.visitor, email: 'named@example.com', total: 1 });
    // The same person by address alone, from now on.
    await order(shop, { email: 'named@example.com', total: 2 });
    const thanked = await eligible(shop, rule, 0.1);
    await order(shop, { id: 'T-4', total: 4 });
    await thanked.send([{ type: 'purchase', orderId: 'T-4', value: 4, currency: 'EUR' }]);
    await thanked.send([{ type: 'purchase', orderId: 'forged', value: 9_999, currency: 'EUR' }]);
    // Whoever names an order that is somebody else's gets nothing of it.
    await order(shop, { id: 'T-8', visitor: named.visitor, total: 8 });
    await thanked.send([{ type: 'purchase', orderId: 'T-8', value: 8, currency: 'EUR' }]);
    // Only those who were shown an offer can type an address into it: that ties nobody.
    const typed = await eligible(shop, rule, 0.9);
    await typed.claim(rule, { email: 'typed@example.com' });
    await order(shop, { email: 'typed@example.com', total: 16 });
    const body = await report(shop, rule);
    expect([armOf(body, null).revenue, armOf(body, 'holdout').revenue]).toEqual([11, 4]);
    expect(body.orders).toEqual({ placed: 5, tied: 4 });
  });

  it('counts a person of two browsers once', async () => {
    const shop = await instance.openShop();
    const rule = await shop.addRule({ holdout: 0.5 });
    const phone = await eligible(shop, rule, 0.9);
    const laptop = await eligible(shop, rule, 0.9);
    await order(shop, { visitor: phone.visitor, email: 'two@example.com', total: 10 });
    await order(shop, { visitor: laptop.visitor, email: 'two@example.com', total: 5 });
    expect(armOf(await report(shop, rule), null)).toMatchObject({ eligible: 1, buyers: 1, orders: 2, revenue: 15 });
  });

  it('tells whether the arms got their shares, also after the shares were changed', async () => {
    const shop = await instance.openShop();
    const rule = await shop.addRule({ holdout: 0.5 });
    for (let one = 0; one < 6; one += 1) await eligible(shop, rule, 0.1);
    for (let one = 0; one < 6; one += 1) await eligible(shop, rule, 0.9);
    expect((await report(shop, rule)).ratio).toEqual({ statistic: 0, p: 1, ok: true });
    await shop.call('PATCH', `/v1/rules/${rule}`, { holdout: 0.9 });
    for (let one = 0; one < 20; one += 1) await eligible(shop, rule, 0.95);
    const { ratio } = await report(shop, rule);
    // Expected 6 + 18 held out and 6 + 2 not; seen 6 and 26.
    expect(ratio.statistic).toBeCloseTo(18 ** 2 / 24 + 18 ** 2 / 8, 9);
    expect(ratio.ok).toBe(false);
  });

  it('compares with the arm that is asked for, and with none that nobody drew', async () => {
    const shop = await instance.openShop();
    const variants = [{ key: 'a' }, { key: 'b', offer: { value: 5 } }];
    const rule = await shop.addRule({ holdout: 0.2, variants });
    for (const fall of [0.1, 0.3, 0.9]) await eligible(shop, rule, fall);
    const pairs = (body: { comparisons: { arm: string; against: string }[] }) =>
      body.comparisons.map(({ arm, against }) => [arm, against]);
    expect(pairs(await report(shop, rule))).toEqual([
      ['a', 'holdout'],
      ['b', 'holdout'],
    ]);
    expect(pairs(await report(shop, rule, '&against=a'))).toEqual([
      ['b', 'a'],
      ['holdout', 'a'],
    ]);
    const answer = await shop.call('GET', `/v1/reports/experiments?rule=${rule}&against=z`);
    expect([answer.status, answer.body.errors]).toEqual([
      422,
      [{ path: 'against', message: 'must be one of a, b, holdout' }],
    ]);
  });

  it('outlives its rule, and knows none of another shop', async () => {
    const shop = await instance.openShop();
    const rule = await shop.addRule({ holdout: 0.5 });
    await eligible(shop, rule, 0.9);
    await shop.call('DELETE', `/v1/rules/${rule}`);
    expect((await report(shop, rule)).arms).toHaveLength(1);
    const other = await instance.openShop();
    expect((await other.call('GET', `/v1/reports/experiments?rule=${rule}`)).status).toBe(404);
  });

  it.each([
    ['&from=2026-01-01T00:00:00Z&to=2027-02-06T00:00:00Z', 'from', 'must be at most 400 days before to'],
    ['&from=2020-01-01T00:00:00Z', 'from', 'must be at most 400 days before to'],
    ['&from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z', 'to', 'must be later than from'],
    ['&window=0', 'window', 'must be 1 to 60'],
    ['&window=61', 'window', 'must be 1 to 60'],
  ])('refuses %s', async (query, path, message) => {
    const shop = await instance.openShop();
    const { status, body } = await shop.call('GET', `/v1/reports/experiments?rule=${await shop.addRule()}${query}`);
    expect([status, body.errors]).toEqual([422, [{ path, message }]]);
  });
});
