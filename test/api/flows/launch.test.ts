/** Flows against a shop's own past: replayed, switched on with a look, and let those in whom they missed. */

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Instance, type ShopHandle, startInstance } from '../../support/shop.ts';
import { newBrowser, TEAPOT } from '../../support/visitor.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let instance: Instance;
let shop: ShopHandle;
beforeAll(async () => {
  instance = await startInstance();
});
afterAll(() => instance.close());

const STEPS = [
  { issue: { kind: 'percent', value: 10, expiresIn: '7d' } },
  { send: 'offer' },
  { wait: '84h' },
  { send: 'reminder-1' },
];
const order = async (id: string, email: string, change: Record<string, unknown> = {}): Promise<void> => {
  const now = await instance.db.engine(async (tx) => tx.now);
  const body = {
    id,
    status: 'placed',
    email,
    total: 50,
    currency: 'EUR',
    items: [],
    placedAt: new Date(now).toISOString(),
  };
  expect((await shop.call('POST', '/v1/orders', { ...body, ...change })).status).toBe(201);
};
const pass = (days: number): void => instance.travel(days * DAY);

/** Ann bought and bought again three days later, Bob bought once, Cat long ago; all of them take letters. */
beforeEach(async () => {
  shop = await instance.openShop({ sending: { dailyCap: null, quietHours: null } });
  await order('C1', 'cat@example.com');
  pass(40);
  await order('A1', 'ann@example.com');
  await order('B1', 'bob@example.com');
  await instance.db.engine(({ sql }) => sql`update contact set marketing = 'subscribed' where shop_id = ${shop.id}`);
  pass(3);
  await order('A2', 'ann@example.com');
  pass(1);
});

const addFlow = async (change: Record<string, unknown> = {}): Promise<void> => {
  const flow = {
    key: 'again',
    enabled: false,
    entry: { on: 'order_placed' },
    stopOn: ['purchased', 'unsubscribed'],
    steps: STEPS,
  };
  expect((await shop.call('POST', '/v1/flows', { ...flow, ...change })).status).toBe(201);
};
const letters = async () =>
  (
    await instance.db.engine(
      ({ sql }) => sql<{ told: string }[]>`
        select c.email || ' ' || m.letter as told from message m join contact c on c.shop_id = m.shop_id and c.id = m.contact_id
        where m.shop_id = ${shop.id} order by 1`,
    )
  ).map(({ told }) => told);

describe('a replay', () => {
  it('tells who would have entered, what they would have got, and at what cost, and sends nothing', async () => {
    await addFlow();
    const { status, body } = await shop.call('POST', '/v1/flows/again/replay', { days: 30 });
    expect([status, body]).toEqual([
      200,
      expect.objectContaining({
        contacts: 3,
        audience: 3,
        entered: 2,
        entries: 3,
        letters: { offer: 3, 'reminder-1': 1 },
        keptOut: {},
        ended: { purchased: 1, finished: 1 },
        codes: 3,
        // Ten percent of Ann's second order: she would have bought without.
        boughtAnyway: 5,
      }),
    ]);
    expect(body.sample.map((one: Record<string, unknown>) => [one.email, one.reason, one.letters, one.ended])).toEqual([
      ['ann@example.com', 'order_placed', 1, null],
      ['bob@example.com', 'order_placed', 2, 'finished'],
    ]);
    await instance.tick();
    expect(await letters()).toEqual([]);
  });

  it('reaches as far back as it is asked to, and tells how far it is', async () => {
    await addFlow();
    const answer = await shop.call('POST', '/v1/flows/again/replay', { days: 60 }, { accept: 'application/x-ndjson' });
    const lines = answer.text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines[0]).toEqual({ progress: { contacts: 0, of: 3 } });
    expect(lines.at(-1).result.entered).toBe(3);
  });

  it('counts left carts from the visits', async () => {
    const browser = newBrowser(shop);
    await browser.send([{ type: 'add_to_cart', item: TEAPOT, quantity: 1 }]);
    await order('D1', 'dan@example.com', { visitor: browser.visitor });
    await instance.db.engine(({ sql }) => sql`update contact set marketing = 'subscribed' where shop_id = ${shop.id}`);
    pass(2);
    await newBrowser(shop, { visitor: browser.visitor }).send([{ type: 'add_to_cart', item: TEAPOT, quantity: 1 }]);
    pass(1);
    await addFlow({ key: 'cart', entry: { on: 'cart_abandoned' }, steps: [{ send: 'reminder-1' }] });
    const { body } = await shop.call('POST', '/v1/flows/cart/replay', {});
    expect(body.sample.map((one: Record<string, unknown>) => [one.email, one.reason])).toEqual([
      ['dan@example.com', 'cart_abandoned'],
    ]);
    expect(body.letters).toEqual({ 'reminder-1': 1 });
  });
});

describe('switching on', () => {
  it('answers with the size and a sample, each with the reason, and a preview only looks', async () => {
    await addFlow();
    const { body } = await shop.call('POST', '/v1/flows/again/activate', { preview: true });
    expect(body.flow.state).toBe('draft');
    expect(body.replay).toMatchObject({ entered: 2, audience: 3 });
    expect(body.replay.sample[0]).toMatchObject({ email: 'ann@example.com', reason: 'order_placed' });
    expect((await shop.call('GET', '/v1/flows/again')).body).toMatchObject({ state: 'draft', version: 1 });
    expect((await shop.call('POST', '/v1/flows/again/activate', {})).body.flow.state).toBe('live');
    await instance.tick();
    expect(await letters()).toEqual([]);
  });

  it('lets those in whom it missed, once, and as many as it is told', async () => {
    await addFlow();
    const activate = (most: number) => shop.call('POST', '/v1/flows/again/activate', { backfill: { days: 30, most } });
    expect((await activate(1)).body.entered).toBe(1);
    expect((await activate(10)).body.entered).toBe(1);
    expect((await activate(10)).body.entered).toBe(0);
    await instance.tick();
    expect(await letters()).toEqual(['ann@example.com offer', 'bob@example.com offer']);
  });

  it('refuses to let in again who accepted an offer', async () => {
    const { status, body } = await shop.call('POST', '/v1/flows/discount-reminder/activate', { backfill: { days: 7 } });
    expect([status, body.errors[0].path]).toEqual([422, 'backfill']);
  });
});
