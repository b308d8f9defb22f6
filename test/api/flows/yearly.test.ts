/** Flows that begin on birthdays: at their hour, once a year, however many workers look. */

import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Instance, type ShopHandle, startInstance } from '../../support/shop.ts';

const DAY = 86_400_000;

let instance: Instance;
let shop: ShopHandle;
beforeAll(async () => {
  instance = await startInstance();
  shop = await instance.openShop({ timezone: 'UTC', sending: { dailyCap: null, quietHours: null } });
});
afterAll(() => instance.close());

const now = () => instance.db.engine(async (tx) => tx.now);
const born = async (email: string, inDays: number): Promise<void> => {
  const birthday = new Date((await now()) + inDays * DAY).toISOString().slice(5, 10);
  await instance.db.engine(
    ({ sql }) => sql`
      insert into contact (shop_id, id, email, canonical, locale, marketing, birthday, created_at)
      values (${shop.id}, gen_random_uuid(), ${email}, ${email}, 'en', 'subscribed', ${birthday}, now())`,
  );
};
const entered = async (): Promise<string[]> => {
  await Promise.all([instance.tick(), instance.tick()]);
  const rows = await instance.db.engine(
    ({ sql }) => sql<{ email: string }[]>`
      select c.email from enrollment e join contact c on c.shop_id = e.shop_id and c.id = e.contact_id
      where e.shop_id = ${shop.id} order by 1`,
  );
  return rows.map(({ email }) => email);
};

it('lets people in some days ahead of their day, once a year', async () => {
  const { status } = await shop.call('POST', '/v1/flows', {
    key: 'birthday',
    entry: { on: 'date', field: 'birthday', before: '3d', at: '00:00' },
    steps: [{ send: 'birthday' }],
  });
  expect(status).toBe(201);
  await born('soon@example.com', 4);
  await born('later@example.com', 20);
  expect(await entered()).toEqual([]);
  instance.travel(DAY);
  expect(await entered()).toEqual(['soon@example.com']);
  for (let day = 2; day <= 18; day += 1) {
    instance.travel(DAY);
    await instance.tick();
  }
  expect(await entered()).toEqual(['later@example.com', 'soon@example.com']);
  instance.travel(348 * DAY);
  for (let day = 0; day < 3; day += 1) {
    await instance.tick();
    instance.travel(DAY);
  }
  expect(await entered()).toEqual(['later@example.com', 'soon@example.com', 'soon@example.com']);
});

it('knows no other dates', async () => {
  const entry = { on: 'date', field: 'wedding' };
  const { status, body } = await shop.call('POST', '/v1/flows', {
    key: 'wedding',
    entry,
    steps: [{ send: 'birthday' }],
  });
  expect([status, body.errors]).toEqual([
    422,
    [{ path: 'entry.field', message: 'must be birthday: no other date of contacts is known' }],
  ]);
});
