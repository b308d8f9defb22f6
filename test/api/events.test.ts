/** What the shop's server tells of: each event once, and what flows have to say to it. */

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Instance, type ShopHandle, startInstance } from '../support/shop.ts';
import { LAMP, TEAPOT } from '../support/visitor.ts';

const ANN = 'ann@example.com';

let instance: Instance;
let shop: ShopHandle;
beforeAll(async () => {
  instance = await startInstance();
});
beforeEach(async () => {
  shop = await instance.openShop({ sending: { dailyCap: null, quietHours: null } });
});
afterAll(() => instance.close());

const addFlow = async (key: string, entry: Record<string, unknown>, change: Record<string, unknown> = {}) => {
  const flow = { key, purpose: 'transactional', entry, steps: [{ send: 'nps' }], ...change };
  const { status, text } = await shop.call('POST', '/v1/flows', flow);
  expect([status, text]).toEqual([201, expect.anything()]);
};

/** The statuses of the answer. */
const told = async (...events: Record<string, unknown>[]): Promise<string[]> => {
  const { status, body } = await shop.call('POST', '/v1/events', { events });
  expect([status, body.errors]).toEqual([200, undefined]);
  return body.data.map((one: { status: string }) => one.status);
};

/** Who has entered which flow: "flow: address, what with". */
const entered = async (): Promise<string[]> => {
  await instance.tick();
  const rows = await instance.db.engine(
    ({ sql }) => sql<{ line: string }[]>`
      select e.flow_key || ': ' || c.email || coalesce(', ' || (select string_agg(item->>'id', ' ') from jsonb_array_elements(e.items) item), '') as line
      from enrollment e join contact c on c.shop_id = e.shop_id and c.id = e.contact_id where e.shop_id = ${shop.id} order by 1`,
  );
  return rows.map(({ line }) => line);
};

const waitFor = (email: string, item: { id: string }) =>
  shop.page('/v1/forms', {
    shop: shop.siteKey,
    visitor: randomUUID(),
    visit: randomUUID(),
    kind: 'waitlist',
    email,
    item,
    consent: { data: true, marketing: false, text: '' },
  });

describe('an event', () => {
  it('begins the flows of its name, once by its id', async () => {
    await addFlow('tea', { on: 'custom', name: 'tea_party' });
    await addFlow('other', { on: 'custom', name: 'coffee' });
    expect(await told({ id: 'e1', name: 'tea_party', email: ANN })).toEqual(['accepted']);
    expect(await told({ id: 'e1', name: 'tea_party', email: ANN })).toEqual(['repeated']);
    expect(await entered()).toEqual([`tea: ${ANN}`]);
    expect(await told({ id: 'e2', name: 'tea_party', email: ANN })).toEqual(['accepted']);
    expect(await entered()).toEqual([`tea: ${ANN}`, `tea: ${ANN}`]);
  });

  it('comes once, however many say it at a time', async () => {
    await addFlow('tea', { on: 'custom', name: 'tea_party' });
    const event = { id: 'race', name: 'tea_party', email: ANN };
    const statuses = await Promise.all(Array.from({ length: 8 }, () => told(event)));
    expect(statuses.flat().sort()).toEqual(['accepted', ...Array(7).fill('repeated')]);
    expect(await entered()).toEqual([`tea: ${ANN}`]);
  });

  it('speaks the words of the entries', async () => {
    await addFlow('joined', { on: 'registered' });
    await addFlow('guide', { on: 'form_submitted', form: 'download' });
    await addFlow('likes', { on: 'shared', act: 'like' });
    await addFlow('cheaper', { on: 'item_price_dropped' });
    await addFlow('new', { on: 'items_arrived' });
    await told(
      { name: 'registered', email: ANN },
      { name: 'registered', email: ANN },
      { name: 'form_submitted', form: 'download', email: ANN },
      { name: 'form_submitted', form: 'subscribe', email: ANN },
      { name: 'shared', act: 'like', email: ANN },
      { name: 'shared', act: 'invite', email: ANN },
      { name: 'item_price_dropped', email: ANN, items: [TEAPOT] },
      { name: 'items_arrived', email: ANN, items: [TEAPOT, LAMP] },
    );
    expect(await entered()).toEqual([
      `cheaper: ${ANN}, ${TEAPOT.id}`,
      `guide: ${ANN}`,
      `joined: ${ANN}`,
      `likes: ${ANN}`,
      `new: ${ANN}, ${TEAPOT.id} ${LAMP.id}`,
    ]);
  });

  it('subscribes by words that are kept, and undoes no unsubscribe', async () => {
    await addFlow('welcome', { on: 'subscribed' }, { purpose: 'marketing', steps: [{ send: 'welcome-1' }] });
    await told({ name: 'subscribed', email: ANN, consent: { text: 'Send me news.' } });
    expect(await entered()).toEqual([`welcome: ${ANN}`]);
    const kept = await instance.db.engine(
      ({ sql }) => sql`select text, method, granted from consent where shop_id = ${shop.id}`,
    );
    expect(kept).toEqual([{ text: 'Send me news.', method: 'server', granted: true }]);
    await instance.db.engine(
      ({ sql }) => sql`update contact set marketing = 'unsubscribed' where shop_id = ${shop.id}`,
    );
    await told({ name: 'subscribed', email: ANN, consent: { text: 'Send me news.' } });
    const [ann] = await instance.db.engine(({ sql }) => sql`select marketing from contact where shop_id = ${shop.id}`);
    expect(ann).toEqual({ marketing: 'unsubscribed' });
    expect(await entered()).toEqual([`welcome: ${ANN}`]);
  });

  it('is about nobody where the contact or visitor is not known, and about no other shop’s', async () => {
    await addFlow('tea', { on: 'custom', name: 'tea_party' });
    await told({ name: 'tea_party', email: ANN });
    const [ann] = await instance.db.engine(
      ({ sql }) => sql<{ id: string }[]>`select id from contact where shop_id = ${shop.id}`,
    );
    expect(await told({ name: 'tea_party', contact: ann?.id })).toEqual(['accepted']);
    expect(
      await told({ name: 'tea_party', contact: randomUUID() }, { name: 'tea_party', visitor: randomUUID() }),
    ).toEqual(['nobody', 'nobody']);
    const own = shop;
    shop = await instance.openShop();
    expect(await told({ name: 'tea_party', contact: ann?.id })).toEqual(['nobody']);
    shop = own;
    expect(await entered()).toEqual([`tea: ${ANN}`, `tea: ${ANN}`]);
  });

  it('begins nothing when it is old', async () => {
    await addFlow('tea', { on: 'custom', name: 'tea_party' });
    expect(await told({ name: 'tea_party', email: ANN, at: '2020-01-01T00:00:00Z' })).toEqual(['accepted']);
    expect(await entered()).toEqual([]);
  });
});

describe('things that are back', () => {
  it('are told to whoever waits for them, once', async () => {
    await addFlow('back', { on: 'item_back' }, { steps: [{ send: 'back-in-stock' }] });
    await waitFor(ANN, TEAPOT);
    await waitFor('bob@example.com', LAMP);
    await waitFor('eve@example.com', TEAPOT);
    expect(await told({ name: 'item_back', items: [TEAPOT] })).toEqual(['accepted']);
    expect(await entered()).toEqual([`back: ${ANN}, ${TEAPOT.id}`, `back: eve@example.com, ${TEAPOT.id}`]);
    await told({ name: 'item_back', items: [TEAPOT] });
    expect(await entered()).toHaveLength(2);
  });

  it('are waited for until a flow tells of them', async () => {
    await waitFor(ANN, TEAPOT);
    await told({ name: 'item_back', items: [TEAPOT] });
    await addFlow('back', { on: 'item_back' }, { steps: [{ send: 'back-in-stock' }] });
    await told({ name: 'item_back', items: [TEAPOT] });
    expect(await entered()).toEqual([`back: ${ANN}, ${TEAPOT.id}`]);
  });
});

it.each([
  [{ name: 'order_placed', email: ANN }, 'events.0.name'],
  [{ name: 'subscribed', email: ANN }, 'events.0.consent'],
  [{ name: 'item_back', items: [] }, 'events.0.items'],
  [{ name: 'tea_party' }, 'events.0.email'],
])('refuses %j by %s', async (event, path) => {
  const { status, body } = await shop.call('POST', '/v1/events', { events: [event] });
  expect([status, body.errors.map((one: { path: string }) => one.path)]).toEqual([422, [path]]);
});
