/** What was bought runs out: by the shop's word, else by how soon people buy it again. */

import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { DAY, HOUR, type Sending, startSending } from '../support/sending.ts';

vi.setConfig({ testTimeout: 120_000 });

const COFFEE = {
  id: 'coffee',
  title: 'Coffee',
  price: 9,
  url: 'https://shop.example/coffee',
  category: 'Coffee',
  quantity: 2,
};
const POT = {
  id: 'teapot',
  title: 'Teapot',
  price: 42,
  url: 'https://shop.example/teapot',
  category: 'Tea',
  quantity: 1,
};

let sending: Sending;
let shop: Sending['shop'];
let orders = 0;

beforeAll(async () => {
  sending = await startSending();
});
afterAll(() => sending.close());
beforeEach(async () => {
  shop = await sending.instance.openShop({ sending: { dailyCap: null, quietHours: null } });
  sending.postmark.clear();
});

async function order(email: string, daysAgo: number, change: object = {}): Promise<string> {
  orders += 1;
  const id = `order-${orders}`;
  const placedAt = new Date((await sending.now()) - daysAgo * DAY).toISOString();
  const body = { id, status: 'paid', email, total: 50, currency: 'EUR', placedAt, items: [COFFEE, POT], ...change };
  await shop.done('POST', '/v1/orders', body);
  return id;
}

const addFlow = () =>
  shop.done('POST', '/v1/flows', { recipe: 'replenishment', purpose: 'transactional', filter: null });

const due = () =>
  sending.instance.db.engine(
    ({ sql }) => sql<{ dueAt: number; items: { id: string }[] }[]>`
      select due_at, items from pending_entry where shop_id = ${shop.id} order by due_at`,
  );

/** When the day ends that is so many days from now in Berlin, and ten hours. */
const tenOn = async (days: number): Promise<[least: number, most: number]> => {
  const day = (await sending.now()) + days * DAY;
  return [day - DAY, day + DAY];
};

describe('the rhythm', () => {
  it('is the median gap of those who bought again, once five gaps of three people say so, and tells that number', async () => {
    for (const [person, days] of [
      ['a', [90, 62, 34]],
      ['b', [80, 50]],
    ] as const)
      for (const ago of days) await order(`${person}@example.com`, ago, { items: [COFFEE] });
    await order('c@example.com', 60);
    sending.instance.travel(HOUR + 1_000);
    await sending.instance.tick();
    expect((await shop.done('GET', '/v1/reports/replenishment')).items).toMatchObject([
      { id: 'coffee', rhythm: null, measured: { days: 28, gaps: 3, people: 2 } },
    ]);
    for (const ago of [35, 9]) await order('c@example.com', ago);
    sending.instance.travel(HOUR + 1_000);
    await sending.instance.tick();
    const { items, leastGaps } = await shop.done('GET', '/v1/reports/replenishment');
    expect(leastGaps).toBe(5);
    // 28, 28, 30, 25 and 26 days; the teapot's two are of one person.
    expect(items).toMatchObject([
      { id: 'coffee', rhythm: { days: 28, from: 'orders', gaps: 5, people: 3 } },
      { id: 'teapot', rhythm: null, measured: { gaps: 2, people: 1 } },
    ]);

    await addFlow();
    await order('ann@example.com', 0);
    const [entry, ...others] = await due();
    const [least, most] = await tenOn(28);
    expect(others).toEqual([]);
    expect(entry?.items.map(({ id }) => id)).toEqual(['coffee']);
    expect(entry?.dueAt).toBeGreaterThan(least);
    expect(entry?.dueAt).toBeLessThan(most);
    await sending.travelTo(entry?.dueAt ?? 0);
    await sending.instance.tick();
    const letter = sending.postmark.sent().find(({ To }) => To === 'ann@example.com');
    expect(letter?.Subject).toBe('Running low? “Coffee”');
    expect(letter?.TextBody).toMatch(/Coffee: .+ × 2/);
  });

  it('is the shop’s word before that, for a product, a category or all, until it is taken back', async () => {
    await addFlow();
    await shop.done('PATCH', '/v1/shop', { replenishment: { categories: { Coffee: 20 }, products: { teapot: 300 } } });
    await order('ann@example.com', 0);
    expect((await due()).map(({ items }) => items.map(({ id }) => id))).toEqual([['coffee'], ['teapot']]);
    await shop.done('PATCH', '/v1/shop', { replenishment: { products: { teapot: null } } });
    expect((await shop.done('GET', '/v1/shop')).replenishment).toEqual({
      days: null,
      categories: { Coffee: 20 },
      products: {},
    });
  });
});

describe('who waits', () => {
  it('is counted anew where a thing is bought again, and forgotten where the order is taken back', async () => {
    await addFlow();
    await shop.done('PATCH', '/v1/shop', { replenishment: { products: { coffee: 20, teapot: 300 } } });
    const first = await order('ann@example.com', 10);
    const again = await order('ann@example.com', 0, { items: [COFFEE] });
    const [coffee, pot] = await due();
    const [least, most] = await tenOn(20);
    expect(coffee?.dueAt).toBeGreaterThan(least);
    expect(coffee?.dueAt).toBeLessThan(most);
    expect(pot?.items.map(({ id }) => id)).toEqual(['teapot']);
    await order('ann@example.com', 10, { id: first, status: 'refunded' });
    await order('ann@example.com', 0, { id: again, status: 'cancelled', items: [COFFEE] });
    expect([...(await due())]).toEqual([]);
  });

  it('is nobody whose order of long ago is told today, and nobody twice for one order', async () => {
    await addFlow();
    await shop.done('PATCH', '/v1/shop', { replenishment: { days: 20 } });
    await order('ann@example.com', 90);
    expect([...(await due())]).toEqual([]);
    const id = await order('ann@example.com', 0);
    await order('ann@example.com', 0, { id, status: 'shipped' });
    expect(await due()).toHaveLength(1);
  });
});
