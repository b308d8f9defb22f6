/** What changes in a shop's feed, from the upload to the letters of those whom it concerns. */

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type FedThing, feedOf } from '../../support/feed.ts';
import { type Instance, type ShopHandle, startInstance } from '../../support/shop.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;

let instance: Instance;
let shop: ShopHandle;
beforeAll(async () => {
  instance = await startInstance({ env: { DEMO: '1' } });
});
afterAll(() => instance.close());
beforeEach(async () => {
  shop = await instance.openShop({ sending: { quietHours: null, dailyCap: null } });
});

const upload = (...things: FedThing[]) => shop.call('POST', '/v1/feeds/import', feedOf(...things));
const addFlow = async (key: string, change: Record<string, unknown>) => {
  const { status, text } = await shop.call('POST', '/v1/flows', { key, ...change });
  if (status !== 201) throw new Error(text);
};

/** A person who takes letters, on a browser of theirs; what they look at there. */
async function meet(email: string, { marketing = 'subscribed' } = {}) {
  const ids = { contact: randomUUID(), visitor: randomUUID() };
  await instance.db.engine(async ({ sql, now }) => {
    await sql`insert into contact (shop_id, id, email, canonical, locale, marketing, created_at)
      values (${shop.id}, ${ids.contact}, ${email}, ${email}, 'en', ${marketing}, ${now})`;
    await sql`insert into visitor (shop_id, id, contact_id, visits, first_at, last_at, shown)
      values (${shop.id}, ${ids.visitor}, ${ids.contact}, 0, ${now}, ${now}, '{}')`;
  });
  const look = async (item: Record<string, unknown>, type = 'view_item') => {
    const told = { title: 'Thing', price: 10, currency: 'EUR', url: `https://shop.example/p/${item.id}`, ...item };
    const { status, text } = await shop.page('/v1/visits', {
      shop: shop.siteKey,
      visitor: ids.visitor,
      visit: randomUUID(),
      sentAt: Date.now(),
      events: [{ type, at: Date.now(), item: told, ...(type === 'view_item' ? {} : { quantity: 1 }) }],
    });
    if (status !== 202) throw new Error(text);
  };
  return { ...ids, look };
}

/** Lets what is told together come together, and letters leave. */
async function settle(ms = 2 * MINUTE): Promise<void> {
  await instance.tick();
  instance.travel(ms);
  await instance.tick();
}

/** Who has got which letter with which things. */
const letters = () =>
  instance.db.engine(
    ({ sql }) => sql<{ recipient: string; subject: string; text: string }[]>`
    select recipient, subject, text from inbox_letter where shop_id = ${shop.id} order by date_trunc('day', at), recipient`,
  );
const told = async (): Promise<string[]> =>
  (await letters()).map(({ recipient, text }) => `${recipient}: ${[...text.matchAll(/Thing \w+/g)].join(' ')}`);

describe('what is back in stock', () => {
  const wait = (email: string, id: string) =>
    shop.page('/v1/forms', {
      shop: shop.siteKey,
      visitor: randomUUID(),
      visit: randomUUID(),
      kind: 'waitlist',
      email,
      item: {
        id,
        title: `Thing ${id}`,
        price: 10,
        currency: 'EUR',
        url: `https://shop.example/p/${id}`,
        available: false,
      },
      consent: { data: true },
    });

  it('is told once to who asked for it, whoever else looked at it', async () => {
    await addFlow('back', { recipe: 'back-in-stock' });
    await upload({ id: 'a', available: false }, { id: 'b', available: false }, { id: 'c' });
    await wait('ann@example.com', 'a');
    await wait('bob@example.com', 'b');
    await (await meet('eve@example.com')).look({ id: 'a' });
    await settle();
    expect(await told()).toEqual([]);
    await upload({ id: 'a' }, { id: 'b', available: false }, { id: 'c' });
    await settle();
    expect(await told()).toEqual(['ann@example.com: Thing a']);
    await upload({ id: 'a', available: false }, { id: 'b', available: false }, { id: 'c' });
    await upload({ id: 'a' }, { id: 'b', available: false }, { id: 'c' });
    await settle();
    expect(await told()).toHaveLength(1);
  });

  it('is told to who looked at it or carted it, by whichever name, and has not bought it', async () => {
    await addFlow('seen', { recipe: 'back-in-stock-seen', steps: [{ send: 'back-in-stock' }] });
    const things = (available: boolean): FedThing[] => [
      { id: 'a', available, group: 'g' },
      { id: 'b', available },
      { id: 'c' },
    ];
    await upload(...things(false));
    await (await meet('by-id@example.com')).look({ id: 'a' });
    await (await meet('by-cart@example.com')).look({ id: 'b' }, 'add_to_cart');
    await (await meet('by-group@example.com')).look({ id: 'g' });
    await (await meet('by-page@example.com')).look({ id: 'https://shop.example/p/b', url: 'https://shop.example/p/b' });
    await (await meet('other@example.com')).look({ id: 'c' });
    await (await meet('silent@example.com', { marketing: 'none' })).look({ id: 'a' });
    const buyer = await meet('buyer@example.com');
    await buyer.look({ id: 'a' });
    await shop.call('POST', '/v1/orders', {
      id: 'o1',
      status: 'paid',
      email: 'buyer@example.com',
      total: 10,
      currency: 'EUR',
      items: [{ id: 'a', title: 'Thing a', price: 10, quantity: 1 }],
      placedAt: new Date(await instance.db.engine(async ({ now }) => now)).toISOString(),
    });
    await upload(...things(true));
    await settle();
    expect((await letters()).map(({ recipient, subject }) => [recipient, subject])).toEqual([
      ['by-cart@example.com', 'Back in stock: “Thing b”'],
      ['by-group@example.com', 'Back in stock: “Thing a”'],
      ['by-id@example.com', 'Back in stock: “Thing a”'],
      ['by-page@example.com', 'Back in stock: “Thing b”'],
    ]);
  });

  it('is not told when it is gone again before the letter leaves', async () => {
    await addFlow('seen', { recipe: 'back-in-stock-seen', steps: [{ send: 'back-in-stock' }] });
    await upload({ id: 'a', available: false }, { id: 'c' });
    await (await meet('ann@example.com')).look({ id: 'a' });
    await upload({ id: 'a' }, { id: 'c' });
    await instance.tick();
    await upload({ id: 'a', available: false }, { id: 'c' });
    await settle();
    expect(await told()).toEqual([]);
  });
});

describe('what costs less', () => {
  it('is told with both prices where it fell enough, below every price of 30 days', async () => {
    await addFlow('drop', { recipe: 'price-drop', reentry: null, steps: [{ send: 'price-drop' }] });
    const price = (a: number, b = 20) => upload({ id: 'a', price: a }, { id: 'b', price: b }, { id: 'c', price: 30 });
    await price(100);
    const ann = await meet('ann@example.com');
    await ann.look({ id: 'a', price: 100 });
    await ann.look({ id: 'b', price: 20 });
    // Too little.
    await price(96);
    await settle();
    expect(await told()).toEqual([]);
    await price(80, 15);
    await settle();
    const [first] = await letters();
    expect(first?.text).toContain('Thing a: €80 instead of €96');
    expect(first?.text).toContain('Thing b: €15 instead of €20');
    // Raised for a day and lowered again.
    await price(100);
    instance.travel(DAY);
    await price(85);
    await settle();
    expect(await letters()).toHaveLength(1);
    // Nobody looked at it for longer than they are asked about.
    instance.travel(40 * DAY);
    await price(50);
    await settle();
    expect(await letters()).toHaveLength(1);
  });

  it('is not told when it costs more again before the letter leaves', async () => {
    await addFlow('drop', { recipe: 'price-drop', steps: [{ send: 'price-drop' }] });
    await upload({ id: 'a', price: 100 }, { id: 'c' });
    await (await meet('ann@example.com')).look({ id: 'a', price: 100 });
    await upload({ id: 'a', price: 50 }, { id: 'c' });
    await instance.tick();
    await upload({ id: 'a', price: 120 }, { id: 'c' });
    await settle();
    expect(await told()).toEqual([]);
  });
});

describe('what is new', () => {
  it('is told to who looks at its section, weekly at most, and not when there is nothing', async () => {
    await addFlow('new', { recipe: 'new-arrivals', steps: [{ send: 'new-arrivals' }] });
    const catalogue: FedThing[] = Array.from({ length: 10 }, (_, index) => ({ id: `old${index}` }));
    await upload(...catalogue);
    await (await meet('by-catalogue@example.com')).look({ id: 'old1' });
    await (await meet('by-page@example.com')).look({ id: 'elsewhere', category: 'Home > Tea' });
    await (await meet('other@example.com')).look({ id: 'elsewhere', category: 'Lamps' });
    // The first file brings nothing new, and neither does the same again.
    await settle();
    await upload(...catalogue);
    await settle();
    expect(await told()).toEqual([]);
    await upload(...catalogue, { id: 'new1' }, { id: 'new2', available: false });
    await settle();
    expect((await letters()).map(({ recipient, subject }) => [recipient, subject])).toEqual([
      ['by-catalogue@example.com', 'New: “Thing new1”'],
      ['by-page@example.com', 'New: “Thing new1”'],
    ]);
    instance.travel(DAY);
    await upload(...catalogue, { id: 'new1' }, { id: 'new3' });
    await settle();
    instance.travel(DAY);
    await upload(...catalogue, { id: 'new1' }, { id: 'new3' }, { id: 'new4' });
    await settle();
    expect(await letters()).toHaveLength(2);
    instance.travel(5 * DAY);
    await instance.tick();
    const later = (await letters()).slice(2);
    expect(later.map(({ recipient }) => recipient)).toEqual(['by-catalogue@example.com', 'by-page@example.com']);
    expect(later[0]?.text).toMatch(/Thing new4[\s\S]*Thing new3/);
    instance.travel(14 * DAY);
    await instance.tick();
    expect(await letters()).toHaveLength(4);
  });

  it('is not what only has another id', async () => {
    await addFlow('new', { recipe: 'new-arrivals', steps: [{ send: 'new-arrivals' }] });
    await upload({ id: 'a' }, { id: 'b' });
    await (await meet('ann@example.com')).look({ id: 'a' });
    await upload({ id: 'a2' }, { id: 'b2' });
    await settle();
    expect(await told()).toEqual([]);
  });
});
