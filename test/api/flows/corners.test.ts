/** Corners of the engine that simulations once saw otherwise than it did. */

import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type Instance, type ShopHandle, startInstance } from '../../support/shop.ts';

const DAY = 86_400_000;
const EMAIL = 'ann@example.com';

let instance: Instance;
let shop: ShopHandle;
beforeAll(async () => {
  instance = await startInstance();
});
afterAll(() => instance.close());
beforeEach(async () => {
  shop = await instance.openShop({ sending: { dailyCap: 1, quietHours: null } });
  await order('A0');
  await instance.db.engine(({ sql }) => sql`update contact set marketing = 'subscribed' where shop_id = ${shop.id}`);
});

async function order(id: string): Promise<void> {
  const placedAt = (await instance.db.engine(async (tx) => new Date(tx.now))).toISOString();
  const items = [{ id: 'cup', title: 'Cup', price: 10, url: 'https://shop.example/cup' }];
  const body = { id, status: 'placed', email: EMAIL, total: 10, currency: 'EUR', items, placedAt };
  expect((await shop.call('POST', '/v1/orders', body)).status).toBe(201);
  await instance.tick();
}
const addFlow = async (flow: Record<string, unknown>): Promise<void> => {
  const { status } = await shop.call('POST', '/v1/flows', { entry: { on: 'order_placed' }, stopOn: [], ...flow });
  expect(status).toBe(201);
};
const letters = async (): Promise<string[]> =>
  (await shop.call('GET', `/v1/messages?contact=${EMAIL}`)).body.data.map(
    (one: { flow: string; letter: string; status: string; reason: string | null }) =>
      `${one.flow} ${one.letter} ${one.status} ${one.reason}`,
  );

it('gives a second code of the same chain once the first has run out', async () => {
  const issue = { kind: 'percent', value: 5, expiresIn: '12h' };
  await addFlow({
    key: 'twice',
    steps: [{ issue }, { send: 'offer' }, { wait: '1d' }, { issue }, { send: 'reminder-1' }],
  });
  await order('A1');
  instance.travel(DAY + 1_000);
  await instance.tick();
  expect(await letters()).toEqual(['twice offer sent null', 'twice reminder-1 sent null']);
  const codes = await instance.db.engine(
    ({ sql }) => sql`select status from code where shop_id = ${shop.id} order by issued_at`,
  );
  expect(codes.map(({ status }) => status)).toEqual(['expired', 'issued']);
});

it('knows a tag in the step after it', async () => {
  const branch = { if: ['tags', 'contains', 'seen'], then: [{ send: 'offer' }], else: [{ send: 'reminder-1' }] };
  await addFlow({ key: 'tagged', steps: [{ tag: { add: ['seen'] } }, { branch }] });
  await order('A1');
  expect(await letters()).toEqual(['tagged offer sent null']);
});

it('lets the letter of the more important flow have the day', async () => {
  await addFlow({ key: 'a-small', priority: 1, steps: [{ wait: '2h' }, { send: 'offer' }] });
  await addFlow({ key: 'b-great', priority: 9, steps: [{ wait: '2h' }, { send: 'reminder-1' }] });
  await order('A1');
  instance.travel(2 * 3_600_000 + 1_000);
  await instance.tick();
  expect((await letters()).sort()).toEqual(['a-small offer queued daily_cap', 'b-great reminder-1 sent null']);
});

it('wakes who waits for a code to be used, though it came from elsewhere', async () => {
  const waitFor = { event: 'redeemed', timeout: '3d', then: [{ send: 'reminder-1' }], else: [{ send: 'last-chance' }] };
  await addFlow({ key: 'giver', steps: [{ issue: { kind: 'percent', value: 5 } }, { stop: 'given' }] });
  await addFlow({ key: 'waiter', steps: [{ waitFor }] });
  await order('A1');
  const [row] = await instance.db.engine(
    ({ sql }) => sql<{ code: string }[]>`select code from code where shop_id = ${shop.id}`,
  );
  const redeemed = await shop.call('POST', `/v1/codes/${row?.code}/redeem`, { orderId: 'A2', total: 20 });
  expect(redeemed.status).toBe(200);
  await instance.tick();
  expect(await letters()).toEqual(['waiter reminder-1 sent null']);
});
