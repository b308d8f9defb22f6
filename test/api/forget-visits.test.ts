/** Visits go once their shop has kept them long enough, and nothing that is about somebody known goes with them. */

import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runErrands } from '../../api/actions/shops/run-errands.ts';
import { type Instance, type ShopHandle, startInstance } from '../support/shop.ts';
import { type Browser, newBrowser, TEAPOT } from '../support/visitor.ts';

const DAY = 86_400_000;
const PAGE = { type: 'page_view', url: TEAPOT.url, path: '/teapot' };

let instance: Instance;

beforeAll(async () => {
  instance = await startInstance();
});
afterAll(() => instance.close());

const sweep = () => runErrands(instance.deps, { limit: 100, deadline: instance.deps.now() + 30_000 });
const there = async (shop: ShopHandle, browser: Browser) =>
  (await shop.call('GET', `/v1/visits/${browser.visit}`)).status === 200;
const count = (shop: ShopHandle, table: string) =>
  instance.db.engine(
    async ({ sql }) =>
      (await sql<{ count: number }[]>`select count(*)::int as count from ${sql(table)} where shop_id = ${shop.id}`)[0]
        ?.count,
  );
const counts = async (shop: ShopHandle) =>
  Object.fromEntries(
    await Promise.all(
      ['visit', 'event', 'batch', 'decision', 'visitor', 'arm'].map(async (table) => [table, await count(shop, table)]),
    ),
  );

it('twenty-five months, unless the shop says otherwise', async () => {
  const shop = await instance.openShop();
  expect((await shop.call('GET', '/v1/shop')).body.visitsKeptFor).toBe('760d');
  const ann = newBrowser(shop);
  await ann.send([PAGE]);
  await instance.db.engine(
    ({ sql, now }) => sql`update visit set started_at = ${now - 759 * DAY} where shop_id = ${shop.id}`,
  );
  await sweep();
  expect(await there(shop, ann)).toBe(true);
  instance.travel(DAY + 1);
  await sweep();
  expect(await there(shop, ann)).toBe(false);
});

it('with what was told in them, and visitors of whom nothing else is known', async () => {
  const shop = await instance.openShop({ visitsKeptFor: '30d' });
  const rule = await shop.addRule();
  const [gone, known, back] = [newBrowser(shop), newBrowser(shop), newBrowser(shop)];
  const email = 'ann@example.com';
  const proof = createHmac('sha256', shop.identitySecret).update(email).digest('hex');
  await shop.done('POST', '/v1/orders', {
    id: 'K1',
    status: 'paid',
    email,
    total: 5,
    currency: 'EUR',
    placedAt: '2020-01-01T00:00:00Z',
  });
  for (const browser of [gone, known, back]) await browser.send([PAGE]);
  await known.send([{ type: 'identify', email, proof }]);
  await gone.claim(rule, { email: 'bob@example.com' });
  expect(await counts(shop)).toMatchObject({ visit: 3, decision: 1, visitor: 3, arm: 3 });

  instance.travel(31 * DAY);
  const again = newBrowser(shop, { visitor: back.visitor });
  await again.send([PAGE]);
  await sweep();
  expect(await counts(shop)).toEqual({ visit: 1, event: 1, batch: 1, decision: 0, visitor: 2, arm: 2 });
  expect(await there(shop, again)).toBe(true);
  const { data } = (await shop.call('GET', '/v1/contacts')).body;
  expect(data.map((one: { email: string }) => one.email).sort()).toEqual([email, 'bob@example.com']);
});

it('some at a time until none is old, each shop once a day', async () => {
  const shop = await instance.openShop({ visitsKeptFor: '30d' });
  await sweep();
  await instance.db.engine(
    ({ sql, now }) => sql`
      insert into visit (shop_id, id, visitor_id, number, started_at, last_at, state)
      select ${shop.id}, gen_random_uuid(), gen_random_uuid(), 1, ${now - 31 * DAY}::timestamptz - n * interval '1 s', ${now - 31 * DAY}, '{}'
      from generate_series(1, 1200) n`,
  );
  await sweep();
  expect(await count(shop, 'visit')).toBe(1_200);
  instance.travel(DAY);
  await sweep();
  expect(await count(shop, 'visit')).toBe(0);
});
