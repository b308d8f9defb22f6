/** Days of a shop lived again by flows whose occasions are no visits: dates, ends, what runs out, the catalogue, clicks. Nothing was sent then. */

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { feedOf } from '../../support/feed.ts';
import { type Instance, type ShopHandle, startInstance } from '../../support/shop.ts';
import { newBrowser } from '../../support/visitor.ts';

const DAY = 86_400_000;

let instance: Instance;
let shop: ShopHandle;
/** When it all began, by the database. */
let began: number;

const now = (): Promise<number> => instance.db.engine(async (tx) => tx.now);
const iso = (days: number): string => new Date(began + days * DAY).toISOString();
/** How many whole days after the beginning. */
const day = (at: string): number => Math.floor((Date.parse(at) - began) / DAY + 0.5);

async function meet(email: string): Promise<string> {
  const ids = { contact: randomUUID(), visitor: randomUUID() };
  await instance.db.engine(async ({ sql, now: at }) => {
    await sql`insert into contact (shop_id, id, email, canonical, locale, marketing, created_at)
      values (${shop.id}, ${ids.contact}, ${email}, ${email}, 'en', 'subscribed', ${at})`;
    await sql`insert into visitor (shop_id, id, contact_id, visits, first_at, last_at, shown)
      values (${shop.id}, ${ids.visitor}, ${ids.contact}, 0, ${at}, ${at}, '{}')`;
  });
  return ids.visitor;
}

const thing = (id: string) => ({
  id,
  title: `Thing ${id}`,
  price: 10,
  currency: 'EUR',
  url: `https://shop.example/p/${id}`,
});

beforeAll(async () => {
  instance = await startInstance({ env: { DEMO: '1' } });
  shop = await instance.openShop({ sending: { dailyCap: null, quietHours: null } });
  // From noon on, so that days are the same at whatever hour this runs.
  instance.travel((1.5 * DAY - ((await now()) % DAY)) % DAY);
  began = await now();
  await shop.done('PATCH', '/v1/shop', { replenishment: { products: { coffee: 5 } } });
  await shop.call('POST', '/v1/feeds/import', feedOf({ id: 'cup' }, { id: 'pot', available: false }));
  const [ann, bob] = [await meet('ann@example.com'), await meet('bob@example.com')];
  await newBrowser(shop, { visitor: ann }).send(
    ['cup', 'pot'].map((id) => ({ type: 'view_item', item: { ...thing(id), category: 'Kitchen > Things' } })),
  );
  const waits = { shop: shop.siteKey, visitor: bob, visit: randomUUID(), kind: 'waitlist', email: 'bob@example.com' };
  const form = { ...waits, item: { ...thing('pot'), available: false }, consent: { data: true } };
  expect((await shop.page('/v1/forms', form)).status).toBe(200);
  const rule = await shop.addRule({ when: ['pages', '>=', 0], offer: { kind: 'fixed', value: 3, expiresIn: '7d' } });
  expect((await newBrowser(shop, { visitor: ann }).claim(rule)).status).toBe(200);
  await shop.done('POST', '/v1/orders', {
    id: 'B1',
    status: 'paid',
    email: 'bob@example.com',
    total: 20,
    currency: 'EUR',
    placedAt: iso(0),
    items: [{ id: 'coffee', title: 'Coffee', price: 20, quantity: 1, url: thing('coffee').url }],
  });
  await shop.done('POST', '/v1/events', {
    events: [
      { id: 'd1', name: 'date', email: 'ann@example.com', field: 'name-day', date: iso(5).slice(5, 10) },
      { id: 's1', name: 'ends', email: 'ann@example.com', endsAt: iso(12), items: [thing('cup')] },
      { id: 'c1', name: 'level_up', email: 'ann@example.com' },
    ],
  });
  await shop.done('POST', '/v1/segments', { key: 'clicked', name: 'Clicked', condition: ['clicked', '>=', 1] });
  const fresh = ['daysSinceLastOrder', '<', 7];
  await shop.done('POST', '/v1/segments', { key: 'fresh', name: 'Bought of late', condition: fresh });
  await shop.done('POST', '/v1/segments', { key: 'buyers', name: 'Buyers', condition: ['orders', '>=', 1] });
  await instance.tick();
  instance.travel(3 * DAY);
  await shop.call('POST', '/v1/feeds/import', feedOf({ id: 'cup', price: 8 }, { id: 'pot' }, { id: 'mug' }));
  // Ann follows the link of the letter with her code.
  await instance.db.engine(
    ({ sql }) => sql`update message set clicked_at = ${began + 3 * DAY} where shop_id = ${shop.id}`,
  );
  instance.travel(12 * DAY);
  await shop.done('DELETE', `/v1/rules/${rule}`).catch(() => null);
});
afterAll(() => instance.close());

const CODE = { entry: { on: 'ends', what: 'code', before: '1d' }, steps: [{ send: 'code-expiring' }] };
const IN = { entry: { on: 'segment_entered', segment: 'clicked' } };
const OUT = { entry: { on: 'segment_left', segment: 'fresh' } };
const ENTRIES: [string, Record<string, unknown>, [string, number][]][] = [
  ['a date of theirs', { entry: { on: 'date', field: 'name-day' } }, [['ann', 5]]],
  ['the end of what they have', { entry: { on: 'ends', before: '3d' } }, [['ann', 9]]],
  ['the end of a code', CODE, [['ann', 6]]],
  ['what runs out', { entry: { on: 'runs_out' } }, [['bob', 5]]],
  ['a price that fell', { entry: { on: 'item_price_dropped' } }, [['ann', 3]]],
  ['a price that fell by less', { entry: { on: 'item_price_dropped', by: 50 } }, []],
  [
    'what came back',
    { entry: { on: 'item_back' } },
    [
      ['ann', 3],
      ['bob', 3],
    ],
  ],
  ['what came back for those who wait', { entry: { on: 'item_back', whom: 'waiting' } }, [['bob', 3]]],
  ['what is new', { entry: { on: 'items_arrived' } }, [['ann', 3]]],
  ['a click', { entry: { on: 'letter_clicked' } }, [['ann', 3]]],
  ['a segment that they enter', IN, [['ann', 3]]],
  ['a segment that they leave', OUT, [['bob', 7]]],
  ['who belongs to a segment', { entry: { on: 'runs_out' }, filter: ['segments', '=', 'buyers'] }, [['bob', 5]]],
  ['what the shop tells', { entry: { on: 'custom', name: 'level_up' } }, [['ann', 0]]],
];

describe('a replay knows of', () => {
  it.each(ENTRIES)('%s', async (_name, flow, expected) => {
    const key = `lived-${ENTRIES.findIndex(([name]) => name === _name)}`;
    await shop.done('POST', '/v1/flows', { key, enabled: false, steps: [{ send: 'nps' }], ...flow });
    const { status, body } = await shop.call('POST', `/v1/flows/${key}/replay`, { days: 30 });
    expect([status, body.errors]).toEqual([200, undefined]);
    const entered = body.sample.map(({ email, at }: { email: string; at: string }) => [email.split('@')[0], day(at)]);
    expect(entered.sort()).toEqual(expected);
    expect(body.gaps.length).toBeGreaterThan(0);
    for (const { at, sent } of body.sample)
      expect(sent).toEqual([{ at, letter: (flow.steps as { send: string }[] | undefined)?.[0]?.send ?? 'nps' }]);
  });

  it('what a code was worth, as it was given', async () => {
    const { body } = await shop.call('POST', '/v1/flows/lived-2/replay', { days: 30 });
    expect([body.codes, body.boughtAnyway]).toEqual([1, 0]);
  });

  it('days that have passed, for which nobody is let in afterwards', async () => {
    const { status, body } = await shop.call('POST', '/v1/flows/lived-0/activate', { backfill: { days: 20 } });
    expect([status, body.errors[0].path]).toEqual([422, 'backfill']);
  });
});
