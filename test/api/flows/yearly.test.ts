/** Flows that begin on dates and ends: at their hour, once, however many workers look, and where the date is another, on that. */

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Instance, type ShopHandle, startInstance } from '../../support/shop.ts';

vi.setConfig({ testTimeout: 60_000 });

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

const events = (...told: Record<string, unknown>[]) => shop.call('POST', '/v1/events', { events: told });
const dayIn = async (days: number): Promise<string> => new Date((await now()) + days * DAY).toISOString();
const SUBSCRIBED = { name: 'subscribed', consent: { text: 'I agree.' } };

/** What has left for somebody: "flow: subject". */
async function letters(email: string, rounds = 1): Promise<string[]> {
  for (let round = 0; round < rounds; round += 1) await instance.tick();
  const { body } = await shop.call('GET', `/v1/messages?contact=${encodeURIComponent(email)}`);
  return body.data.map(({ flow, subject, status }: Record<string, string>) => `${flow}: ${subject ?? status}`);
}

/** Goes on a day, and does what is due. */
async function pass(days: number): Promise<void> {
  for (let day = 0; day < days; day += 1) {
    instance.travel(DAY);
    await instance.tick();
  }
}

describe('a date that the shop tells of', () => {
  const WEDDING = {
    key: 'wedding',
    entry: { on: 'date', field: 'wedding', before: '3d', at: '00:00' },
    steps: [{ send: 'holiday' }],
  };
  const email = 'wed@example.com';
  const tell = async (inDays: number | null) =>
    events({
      name: 'date',
      email,
      field: 'wedding',
      date: inDays === null ? null : (await dayIn(inDays)).slice(5, 10),
    });

  it('begins the flow, moves with the date, and goes with it', async () => {
    expect((await shop.call('POST', '/v1/flows', WEDDING)).status).toBe(201);
    await events({ ...SUBSCRIBED, email });
    expect((await tell(4)).body.data).toEqual([{ id: expect.any(String), status: 'accepted' }]);
    await instance.tick();
    await tell(9);
    await pass(3);
    expect(await letters(email)).toEqual([]);
    await pass(4);
    expect(await letters(email)).toHaveLength(1);
    // Once a year, and another one has none.
    await tell(5);
    await pass(4);
    expect(await letters(email)).toHaveLength(1);
  });

  it('is forgotten when it is taken back', async () => {
    const other = 'not@example.com';
    await events({ ...SUBSCRIBED, email: other });
    const of = { name: 'date', email: other, field: 'wedding' };
    await events({ ...of, date: (await dayIn(4)).slice(5, 10) });
    await instance.tick();
    await events({ ...of, date: null });
    await pass(3);
    expect(await letters(other)).toEqual([]);
  });

  it('needs its name', async () => {
    const { status, body } = await events({ name: 'date', email, date: '06-14' });
    expect([status, body.errors]).toEqual([
      422,
      [{ path: 'events.0.date', message: 'must be told, with the field that it is of' }],
    ]);
  });
});

describe('the end of what somebody has for a time', () => {
  const email = 'club@example.com';
  const tell = async (inDays: number | null, change: Record<string, unknown> = {}) =>
    (
      await events({
        id: 'tea-club',
        name: 'ends',
        email,
        what: 'subscription',
        title: 'Tea club',
        endsAt: inDays === null ? null : await dayIn(inDays),
        ...change,
      })
    ).body.data.map(({ status }: { status: string }) => status);

  it('is told of some days before and on the day, unless it is renewed', async () => {
    await shop.call('POST', '/v1/flows', { recipe: 'service-end' });
    await instance.tick();
    const endsAt = await dayIn(16);
    expect(await tell(null, { endsAt })).toEqual(['accepted']);
    expect(await tell(null, { endsAt })).toEqual(['repeated']);
    await pass(3);
    const [first, ...more] = await letters(email);
    expect([first, more]).toEqual([expect.stringMatching(/^service-end: Tea club ends on \w+ \d+$/), []]);
    expect(await tell(25)).toEqual(['accepted']);
    await pass(10);
    expect(await letters(email)).toHaveLength(1);
    expect(await tell(null)).toEqual(['accepted']);
    expect(await tell(null)).toEqual(['repeated']);
    await pass(16);
    expect(await letters(email)).toHaveLength(1);
  });

  it('stops the chain about it that runs, and no other', async () => {
    await shop.call('POST', '/v1/flows', {
      key: 'keep',
      purpose: 'transactional',
      entry: { on: 'ends', before: '5d', what: 'warranty', at: '00:00' },
      steps: [{ send: 'service-end' }, { wait: '3d' }, { send: 'service-end' }],
    });
    await instance.tick();
    const [one, other] = ['one', 'other'].map((id) => ({ id, what: 'warranty', title: id, endsAt: undefined }));
    const endsAt = await dayIn(6);
    for (const thing of [one, other]) await tell(null, { ...thing, endsAt });
    await pass(2);
    await tell(null, { ...one, endsAt: await dayIn(400) });
    await pass(4);
    const told = (await letters(email)).filter((letter) => letter.startsWith('keep'));
    expect(told.filter((letter) => letter.includes('other'))).toHaveLength(2);
    expect(told.filter((letter) => letter.includes('one'))).toHaveLength(1);
  });

  it('is known of codes, also of those given before the flow began', async () => {
    const buyer = 'buyer@example.com';
    await shop.call('POST', '/v1/flows', {
      key: 'gift',
      purpose: 'transactional',
      entry: { on: 'custom', name: 'gift' },
      steps: [{ issue: { kind: 'percent', value: 7, expiresIn: '5d' } }, { send: 'thanks' }],
    });
    await events({ ...SUBSCRIBED, email: buyer }, { name: 'gift', email: buyer });
    await instance.tick();
    await shop.call('POST', '/v1/flows', { recipe: 'code-expiring' });
    await pass(4);
    const [, ending, ...more] = await letters(buyer);
    expect([ending, more]).toEqual([expect.stringMatching(/^code-expiring: Your code is good until /), []]);
  });

  it('says how many points there are', async () => {
    await shop.call('POST', '/v1/flows', { recipe: 'points-expiring' });
    const saver = 'saver@example.com';
    const points = { id: 'p1', name: 'ends', email: saver, points: 1_500, endsAt: await dayIn(5) };
    await events({ ...SUBSCRIBED, email: saver }, points);
    await pass(4);
    expect(await letters(saver)).toEqual([expect.stringMatching(/^points-expiring: 1,500\spoints expire on \w+ \d+$/)]);
  });

  it('waits for what goes first, and is still about the same', async () => {
    const busy = 'busy@example.com';
    const flow = { purpose: 'transactional', stopOn: [] };
    await shop.call('POST', '/v1/flows', {
      ...flow,
      key: 'first',
      intent: 'leaving',
      entry: { on: 'custom', name: 'stay' },
      steps: [{ wait: '3d' }, { stop: 'enough' }],
    });
    await shop.call('POST', '/v1/flows', {
      ...flow,
      key: 'trial',
      intent: 'welcome',
      entry: { on: 'ends', before: '1d', what: 'trial', at: '00:00' },
      steps: [{ send: 'service-end' }],
    });
    const ends = { id: 'a:trial', name: 'ends', what: 'trial', title: 'Trial', endsAt: await dayIn(2) };
    await events({ name: 'stay', email: busy }, { ...ends, email: busy });
    const told = async () => (await letters(busy)).filter((letter) => letter.startsWith('trial'));
    await pass(2);
    expect(await told()).toEqual([]);
    await pass(3);
    expect(await told()).toHaveLength(1);
  });

  it('needs its id and its time', async () => {
    const { status, body } = await events({ name: 'ends', email, what: 'code' });
    expect([status, body.errors.map(({ path }: { path: string }) => path)]).toEqual([
      422,
      ['events.0.what', 'events.0.endsAt'],
    ]);
  });
});
