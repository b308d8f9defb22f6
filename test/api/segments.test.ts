/** Segments: saved, previewed, counted by several workers at once, and what begins when somebody enters or leaves one. */

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { countSegments } from '../../api/actions/contacts/count-segments.ts';
import { type Instance, type ShopHandle, startInstance } from '../support/shop.ts';
import { newBrowser } from '../support/visitor.ts';

const DAY = 86_400_000;
const HOUR = 3_600_000;
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

const add = (key: string, condition: unknown) => shop.call('POST', '/v1/segments', { key, condition });

let orders = 0;
const order = async (email = ANN, change: Record<string, unknown> = {}) => {
  const now = await instance.db.engine(async (tx) => tx.now);
  orders += 1;
  return shop.call('POST', '/v1/orders', {
    id: `order-${orders}`,
    status: 'placed',
    email,
    total: 42,
    currency: 'EUR',
    placedAt: new Date(now).toISOString(),
    ...change,
  });
};

const flow = (key: string, on: 'segment_entered' | 'segment_left', segment: string, change: object = {}) =>
  shop.call('POST', '/v1/flows', {
    key,
    purpose: 'transactional',
    entry: { on, segment },
    steps: [{ send: 'nps' }],
    ...change,
  });

const members = async (key: string): Promise<string[]> => {
  await instance.tick();
  const { body } = await shop.call('GET', `/v1/segments/${key}/members`);
  return body.data.map(({ email }: { email: string }) => email).sort();
};

const entered = async (): Promise<string[]> => {
  await instance.tick();
  const rows = await instance.db.engine(
    ({ sql }) => sql<{ flowKey: string; email: string }[]>`
      select flow_key, email from enrollment e join contact c on c.shop_id = e.shop_id and c.id = e.contact_id
      where e.shop_id = ${shop.id} order by e.entered_at, 1, 2`,
  );
  return rows.map(({ flowKey, email }) => `${flowKey}: ${email}`);
};

/** Contacts without anything but an address, `p0@example.com` and so on. */
const crowd = (count: number, { db }: Instance = instance) =>
  db.engine(
    ({ sql, now }) => sql`
      insert into contact (shop_id, id, email, canonical, locale, marketing, created_at)
      select ${shop.id}, gen_random_uuid(), 'p' || n || '@example.com', 'p' || n || '@example.com', 'en', 'subscribed', ${now}
      from generate_series(0, ${count - 1}::int) n`,
  );

describe('members', () => {
  it('are counted when the segment is new, and soon after something happens', async () => {
    await order();
    await order('bob@example.com');
    await order('bob@example.com');
    await add('loyal', ['orders', '>=', 2]);
    expect(await members('loyal')).toEqual(['bob@example.com']);
    await order();
    expect(await members('loyal')).toEqual([ANN, 'bob@example.com']);
    const { body } = await shop.call('GET', '/v1/segments/loyal');
    expect(body).toMatchObject({ key: 'loyal', name: 'loyal', size: 2, countedAt: expect.any(String) });
  });

  it('come and go with time alone', async () => {
    await order();
    await add('lapsed', ['daysSinceLastOrder', '>=', 60]);
    expect(await members('lapsed')).toEqual([]);
    instance.travel(60 * DAY + HOUR);
    expect(await members('lapsed')).toEqual([ANN]);
  });

  it('are told page by page', async () => {
    await crowd(25);
    await add('all', ['orders', '=', 0]);
    await instance.tick();
    const seen: string[] = [];
    let cursor = '';
    do {
      const { body } = await shop.call('GET', `/v1/segments/all/members?limit=10${cursor}`);
      seen.push(...body.data.map(({ email }: { email: string }) => email));
      cursor = body.next ? `&cursor=${body.next}` : '';
    } while (cursor);
    expect(new Set(seen).size).toBe(25);
    expect(seen.length).toBe(25);
  });

  it('are counted anew with another condition', async () => {
    await order();
    await add('loyal', ['orders', '>=', 2]);
    await flow('thanks', 'segment_entered', 'loyal');
    expect(await members('loyal')).toEqual([]);
    await shop.call('PATCH', '/v1/segments/loyal', { condition: ['orders', '>=', 1] });
    expect(await members('loyal')).toEqual([ANN]);
    expect(await entered()).toEqual([]);
    const { body } = await shop.call('PATCH', '/v1/segments/loyal', { name: 'Loyal' });
    expect([body.name, body.size, body.countedAt === null]).toEqual(['Loyal', 1, false]);
  });
});

describe('a preview', () => {
  it('tells size and samples, and saves nothing', async () => {
    await crowd(30);
    await order();
    const { body } = await shop.call('POST', '/v1/segments/preview', { condition: ['orders', '=', 1] });
    expect(body).toEqual({
      size: 1,
      of: 31,
      exact: true,
      samples: [{ contact: expect.any(String), email: ANN, name: null }],
    });
    expect((await shop.call('GET', '/v1/segments')).body.data).toEqual([]);
  });

  it('reckons the size of a large shop from a sample', async () => {
    await crowd(6_000);
    const { body } = await shop.call('POST', '/v1/segments/preview', { condition: ['orders', '=', 0] });
    expect([body.size, body.of, body.exact, body.samples.length]).toEqual([6_000, 6_000, false, 10]);
  });
});

describe('flows', () => {
  it('begin once for each entering and each leaving, not for who was there at the first count', async () => {
    await order('bob@example.com');
    await add('recent', ['daysSinceLastOrder', '<', 30]);
    await instance.tick();
    await flow('hello', 'segment_entered', 'recent');
    await flow('goodbye', 'segment_left', 'recent');
    await order();
    await order();
    expect(await entered()).toEqual([`hello: ${ANN}`]);
    instance.travel(31 * DAY);
    expect(await entered()).toEqual([`hello: ${ANN}`, `goodbye: ${ANN}`, 'goodbye: bob@example.com']);
    await order();
    expect(await entered()).toEqual([`hello: ${ANN}`, `goodbye: ${ANN}`, 'goodbye: bob@example.com', `hello: ${ANN}`]);
  });

  it('begin once though several workers count at the same time', async () => {
    await crowd(300);
    await add('known', ['tags', 'contains', 'known']);
    await instance.tick();
    await flow('hello', 'segment_entered', 'known');
    await instance.db.engine(
      ({ sql }) => sql`update contact set tags = '["known"]' where shop_id = ${shop.id} and email like 'p1%'`,
    );
    // Some are noticed by their own change, all of them by the count.
    await instance.db.engine(
      ({ sql }) =>
        sql`insert into fact_change (shop_id, contact_id) select shop_id, id from contact where shop_id = ${shop.id} limit 150`,
    );
    instance.travel(2 * HOUR);
    await Promise.all([instance.tick(), instance.tick(), instance.tick()]);
    const [row] = await instance.db.engine(
      ({ sql }) => sql<{ chains: number; people: number; letters: number }[]>`
        select count(distinct e.id) as chains, count(distinct e.contact_id) as people, count(m.id) as letters
        from enrollment e left join message m on m.enrollment_id = e.id where e.shop_id = ${shop.id}`,
    );
    expect(row).toEqual({ chains: 111, people: 111, letters: 111 });
  });

  it('ask for segments in filters and branches', async () => {
    await order('bob@example.com');
    await order('bob@example.com');
    await add('loyal', ['orders', '>=', 2]);
    await instance.tick();
    const added = await shop.call('POST', '/v1/flows', {
      key: 'thanks',
      purpose: 'transactional',
      entry: { on: 'order_placed' },
      filter: ['segments', '=', 'loyal'],
      steps: [{ branch: { if: ['segments', 'in', ['loyal']], then: [{ send: 'nps' }], else: [{ stop: 'new' }] } }],
    });
    expect(added.status).toBe(201);
    await order();
    await order('bob@example.com');
    expect(await entered()).toEqual(['thanks: bob@example.com']);
  });
});

describe('a rule', () => {
  it('asks whether the known contact belongs to a segment, and pages are told of those alone', async () => {
    await add('loyal', ['orders', '>=', 1]);
    await add('secret', ['orders', '>=', 1]);
    const rule = await shop.addRule({ when: ['segments', '=', 'loyal'] });
    const stranger = newBrowser(shop);
    expect((await stranger.look()).body.visitor).not.toHaveProperty('segments');
    expect((await stranger.claim(rule)).body.code).toBe('not_eligible');
    const known = newBrowser(shop);
    await known.look();
    await order(ANN, { visitor: known.visitor });
    await instance.tick();
    instance.travel(DAY);
    const later = newBrowser(shop, { visitor: known.visitor });
    expect((await later.look()).body.visitor.segments).toEqual(['loyal']);
    expect((await later.claim(rule)).status).toBe(200);
    // A dry run knows them, too: of three visits that are over, two were theirs.
    instance.travel(DAY);
    const { body } = await shop.call('POST', `/v1/rules/${rule}/dry-run`, { change: { moment: 'time' } });
    expect(body).toMatchObject({ visits: 3, eligible: 2, quiet: { when: 1 } });
  });
});

describe('what is refused', () => {
  it('names a segment that there is not, where it is asked for', async () => {
    const rule = await shop.call('POST', '/v1/rules', {
      name: 'Loyal',
      moment: 'exit',
      when: { all: [['pages', '>=', 1], { not: ['segments', 'in', ['lost', 'gone']] }] },
      offer: { kind: 'percent', value: 5 },
    });
    expect([rule.status, rule.body.errors]).toEqual([
      422,
      [
        { path: 'when.all.1.not.2.0', message: 'there is no segment "lost"' },
        { path: 'when.all.1.not.2.1', message: 'there is no segment "gone"' },
      ],
    ]);
  });

  it('a flow that names one, wherever it does', async () => {
    const bad = await flow('hello', 'segment_entered', 'lost', {
      filter: ['segments', '=', 'gone'],
      steps: [{ waitFor: { event: 'purchased', timeout: '1d', else: [{ branch: { if: ['segments', '=', 'far'] } }] } }],
    });
    expect([bad.status, bad.body.errors.map(({ path }: { path: string }) => path)]).toEqual([
      422,
      ['entry.segment', 'filter.2', 'steps.0.waitFor.else.0.branch.if.2'],
    ]);
  });

  it('a segment of segments', async () => {
    const { status, body } = await add('both', {
      any: [
        ['orders', '>', 1],
        ['segments', '=', 'loyal'],
      ],
    });
    expect([status, body.errors]).toEqual([
      422,
      [{ path: 'condition.any.1.0', message: 'can not ask for segments: put their conditions here' }],
    ]);
  });

  it('deleting one that is used, naming who uses it', async () => {
    await add('loyal', ['orders', '>=', 2]);
    await flow('hello', 'segment_entered', 'loyal');
    const rule = await shop.addRule({ when: ['segments', '=', 'loyal'] });
    const { status, body } = await shop.call('DELETE', '/v1/segments/loyal');
    expect([status, body.code, body.detail]).toEqual([
      409,
      'in_use',
      `Asked for by the flow "hello", the rule "Leaving" (${rule}).`,
    ]);
    await shop.call('DELETE', '/v1/flows/hello');
    await shop.call('DELETE', `/v1/rules/${rule}`);
    expect((await shop.call('DELETE', '/v1/segments/loyal')).status).toBe(204);
    expect((await shop.call('GET', '/v1/segments/loyal')).status).toBe(404);
  });

  it('a key that is taken', async () => {
    await add('loyal', ['orders', '>=', 2]);
    const { status, body } = await add('loyal', ['orders', '>=', 3]);
    expect([status, body.code, body.errors[0].path]).toEqual([409, 'exists', 'key']);
  });
});

it('counts in small steps, so that letters leave between them', async () => {
  const calm = await startInstance();
  try {
    shop = await calm.openShop({ sending: { dailyCap: null, quietHours: null } });
    await crowd(600, calm);
    await add('all', ['orders', '=', 0]);
    expect(await countSegments(calm.deps, 100)).toBe(100);
    expect((await shop.call('GET', '/v1/segments/all')).body).toMatchObject({ size: 100, countedAt: null });
    await flow('thanks', 'segment_entered', 'all', { entry: { on: 'order_placed' } });
    await order();
    await calm.tick();
    const [row] = await calm.db.engine(
      ({ sql }) => sql<{ first: boolean; size: number }[]>`
        select message.settled_at < segment.counted_at as first, (select count(*) from segment_member) as size
        from message, segment where message.status = 'sent'`,
    );
    expect(row).toEqual({ first: true, size: 600 });
  } finally {
    await calm.close();
  }
}, 60_000);
