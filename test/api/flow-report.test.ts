/** What the report on flows says, against people, letters and orders whose story is known. */

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { isHeldOut } from '../../core/experiments/flow-holdout.ts';
import { addFlow, type Enrolled, enroll } from '../support/enroll.ts';
import { DAY, HOUR } from '../support/sending.ts';
import { type Instance, type ShopHandle, startInstance } from '../support/shop.ts';

vi.setConfig({ testTimeout: 60_000 });

let instance: Instance;
beforeAll(async () => {
  instance = await startInstance();
});
afterAll(() => instance.close());

const now = (): Promise<number> => instance.db.engine(async (tx) => tx.now);
const travelTo = async (iso: string): Promise<void> => instance.travel(Date.parse(iso) - (await now()));
const openShop = (change: Record<string, unknown> = {}): Promise<ShopHandle> =>
  instance.openShop({ sending: { dailyCap: null, quietHours: null }, confirm: 'never', ...change });

async function order(shop: ShopHandle, change: Record<string, unknown>): Promise<void> {
  const placedAt = new Date(await now()).toISOString();
  const body = {
    id: randomUUID(),
    status: 'paid',
    total: 100,
    currency: 'EUR',
    placedAt,
    items: [],
    codes: [],
    ...change,
  };
  const { status, text } = await shop.call('POST', '/v1/orders', body);
  if (status >= 300) throw new Error(text);
}

/** As if the provider, or the reader, had told of it. */
const mark = ({ contactId }: Enrolled, column: string, kind: string): Promise<unknown> =>
  instance.db.engine(async ({ sql, now: at }) => {
    await sql`update message set ${sql(column)} = ${at} where contact_id = ${contactId}`;
    await sql`
      insert into delivery_event (shop_id, key, message_id, contact_id, kind, machine, detail, at, received_at)
      select shop_id, gen_random_uuid()::text, id, contact_id, ${kind}, false, '{}', ${at}, ${at} from message where contact_id = ${contactId}`;
  });

type Row = Record<string, number | string | null>;
const report = async (shop: ShopHandle, query = '') =>
  (await shop.call('GET', `/v1/reports/flows${query}`)).body as {
    letters: Row[];
    // biome-ignore lint/suspicious/noExplicitAny: a test reads whatever an answer holds and asserts on it.
    holdouts: any[];
  };
const short = (rows: Row[], ...columns: string[]) => rows.map((row) => columns.map((column) => row[column]));

describe('letters', () => {
  it('are counted by step, letter and subject, with what became of them, in number and rate', async () => {
    const shop = await openShop({ margin: 0.5 });
    const { deps } = instance;
    await addFlow(deps, shop.id, 'tried', [
      { send: 'reminder-1', subjects: [{ en: 'One' }, { en: 'Two' }] },
      { send: 'reminder-2' },
    ]);
    const people: Enrolled[] = [];
    for (let one = 0; one < 8; one += 1)
      people.push(await enroll(deps, shop.id, { email: `a${one}@example.com`, flow: 'tried' }));
    await instance.tick();
    await instance.tick();
    const [ann, bob, cat, dan] = people as [Enrolled, Enrolled, Enrolled, Enrolled];
    for (const one of people.slice(0, 6)) await mark(one, 'delivered_at', 'delivered');
    for (const one of [ann, bob, cat, dan]) await mark(one, 'opened_at', 'opened');
    await mark(ann, 'clicked_at', 'clicked');
    await mark(cat, 'unsubscribed_at', 'unsubscribed');
    await mark(dan, 'complained_at', 'complained');
    await order(shop, { email: 'a0@example.com', total: 80 });
    await order(shop, { email: 'a0@example.com', total: 20 });
    const { letters } = await report(shop, '?flow=tried');
    const last = letters.filter(({ letter }) => letter === 'reminder-2');
    expect(last).toEqual([
      expect.objectContaining({
        flow: 'tried',
        letter: 'reminder-2',
        variant: null,
        day: null,
        sent: 8,
        delivered: 6,
        opened: 4,
        clicked: 1,
        unsubscribed: 1,
        complained: 1,
        bounced: 0,
        converted: 1,
        orders: 2,
        revenue: 100,
        discount: 0,
        net: 50,
        revenuePerLetter: 12.5,
        netPerLetter: 6.25,
        goals: 1,
        goalRate: 0.125,
        deliveredRate: 0.75,
        openRate: 0.5,
        clickRate: 0.125,
        clickToOpenRate: 0.25,
        conversionRate: 0.125,
        unsubscribeRate: 0.125,
        complaintRate: 0.125,
        bounceRate: 0,
      }),
    ]);
    const first = letters.filter(({ letter }) => letter === 'reminder-1');
    expect(first.every(({ variant }) => variant === 0 || variant === 1)).toBe(true);
    expect(first.reduce((sum, { sent }) => sum + Number(sent), 0)).toBe(8);
    // The latest letter before the order has it: those before it have none.
    expect(first.every(({ orders }) => orders === 0)).toBe(true);
  });

  it('tell which led to the goal within its time, and not only to an order', async () => {
    const shop = await openShop();
    const { deps } = instance;
    const steps = [{ send: 'reminder-1' as const }, { wait: '1d' as const }, { send: 'reminder-2' as const }];
    await addFlow(deps, shop.id, 'aims', steps, { goal: { on: 'purchased', within: '3d' }, stopOn: [] });
    for (const one of ['soon', 'later', 'late', 'never'])
      await enroll(deps, shop.id, { email: `${one}@example.com`, flow: 'aims', code: false });
    await instance.tick();
    instance.travel(HOUR);
    await order(shop, { email: 'soon@example.com' });
    instance.travel(DAY);
    await instance.tick();
    instance.travel(HOUR);
    for (let turn = 0; turn < 2; turn += 1) await order(shop, { email: 'later@example.com' });
    instance.travel(3 * DAY);
    await order(shop, { email: 'late@example.com' });
    const { letters } = await report(shop);
    expect(short(letters, 'letter', 'sent', 'goals', 'goalRate', 'converted', 'orders')).toEqual([
      ['reminder-1', 4, 1, 0.25, 1, 1],
      ['reminder-2', 4, 1, 0.25, 2, 3],
    ]);
  });

  it('say nothing of what nobody tells of', async () => {
    const shop = await openShop();
    await addFlow(instance.deps, shop.id, 'quiet', [{ send: 'reminder-1' }]);
    await enroll(instance.deps, shop.id, { email: 'q@example.com', flow: 'quiet' });
    await instance.tick();
    const { letters } = await report(shop);
    expect(short(letters, 'sent', 'delivered', 'opened', 'clicked', 'bounced', 'complained', 'openRate')).toEqual([
      [1, null, null, null, null, null, null],
    ]);
  });

  it('an order belongs to the chain whose code it used, else to the latest letter of any flow within the window', async () => {
    const shop = await openShop();
    const { deps } = instance;
    await addFlow(deps, shop.id, 'coded', [{ send: 'offer' }], { stopOn: [] });
    await addFlow(deps, shop.id, 'news', [{ send: 'reminder-1' }], { stopOn: [] });
    const bought = async (email: string, change: (code: string | null) => Record<string, unknown>, wait: number) => {
      const { code } = await enroll(deps, shop.id, { email, flow: 'coded' });
      await instance.tick();
      instance.travel(HOUR);
      await enroll(deps, shop.id, { email, flow: 'news', code: false });
      await instance.tick();
      instance.travel(wait);
      await order(shop, { email, ...change(code) });
    };
    await bought('latest@example.com', () => ({ total: 10 }), HOUR);
    await bought('late@example.com', () => ({ total: 1_000 }), 8 * DAY);
    await bought('undone@example.com', () => ({ total: 500, status: 'cancelled' }), HOUR);
    await bought('abroad@example.com', () => ({ total: 7, currency: 'USD' }), HOUR);
    const orderId = randomUUID();
    const coded = async (code: string | null) => {
      await shop.call('POST', `/v1/codes/${code}/redeem`, { orderId, total: 100 });
      return code;
    };
    const person = await enroll(deps, shop.id, { email: 'coded@example.com', flow: 'coded' });
    await instance.tick();
    instance.travel(HOUR);
    await enroll(deps, shop.id, { email: 'coded@example.com', flow: 'news', code: false });
    await instance.tick();
    await coded(person.code);
    await order(shop, { id: orderId, email: 'coded@example.com', total: 90, codes: [person.code] });
    const { letters } = await report(shop);
    expect(short(letters, 'flow', 'sent', 'converted', 'orders', 'revenue', 'discount')).toEqual([
      ['coded', 5, 1, 1, 90, 10],
      ['news', 5, 2, 2, 10, 0],
    ]);
    const wide = await report(shop, '?window=9');
    expect(wide.letters.find(({ flow }) => flow === 'news')?.revenue).toBe(1_010);
  });

  it('are told by the shop’s days, as JSON or as CSV, and of no other shop', async () => {
    const shop = await openShop();
    const other = await openShop();
    const { deps } = instance;
    await addFlow(deps, shop.id, 'daily', [{ send: 'reminder-1' }]);
    await addFlow(deps, other.id, 'daily', [{ send: 'reminder-1' }]);
    const year = new Date(await now()).getUTCFullYear() + 1;
    for (const at of [`${year}-06-01T21:59:00Z`, `${year}-06-01T22:01:00Z`]) {
      await travelTo(at);
      await enroll(deps, shop.id, { email: `${randomUUID()}@example.com`, flow: 'daily' });
      await enroll(deps, other.id, { email: `${randomUUID()}@example.com`, flow: 'daily' });
      await instance.tick();
    }
    const { letters } = await report(shop, '?by=day');
    expect(short(letters, 'day', 'sent')).toEqual([
      [`${year}-06-01`, 1],
      [`${year}-06-02`, 1],
    ]);
    const csv = await shop.call('GET', '/v1/reports/flows?by=day&format=csv');
    expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present');
    const [names, ...rows] = csv.text.trimEnd().split('\r\n');
    expect(names).toMatch(/^day,flow,step,letter,variant,sent,delivered,opened,clicked,converted,/);
    expect(rows.map((row) => row.split(',').slice(0, 6).join())).toEqual([
      `${year}-06-01,daily,0,reminder-1,,1`,
      `${year}-06-02,daily,0,reminder-1,,1`,
    ]);
  });

  it.each([
    ['?from=2027-01-02T00:00:00Z&to=2027-01-01T00:00:00Z', 'to'],
    ['?window=0', 'window'],
    ['?by=week', 'by'],
  ])('refuse %s', async (query, path) => {
    const shop = await openShop();
    const { status, body } = await shop.call('GET', `/v1/reports/flows${query}`);
    expect([status, body.errors[0].path]).toEqual([422, path]);
  });
});

describe('a holdout', () => {
  it('tells what the flow brings beyond what would have come anyway, by people who entered and people who were held out', async () => {
    const shop = await openShop();
    const made = await shop.call('POST', '/v1/flows', {
      key: 'welcome',
      entry: { on: 'subscribed' },
      steps: [{ send: 'reminder-1' }],
      holdout: 0.5,
    });
    expect(made.status).toBe(201);
    for (let one = 0; one < 160; one += 1) {
      const visitor = randomUUID();
      await shop.page('/v1/forms', {
        shop: shop.siteKey,
        visitor,
        visit: randomUUID(),
        kind: 'subscribe',
        email: `w${one}@example.com`,
        item: { id: 'teapot', title: 'Teapot', price: 42, currency: 'EUR', url: 'https://shop.example/teapot' },
        consent: { data: true, marketing: true, text: 'I agree.' },
      });
    }
    const contacts = await instance.db.engine(
      ({ sql }) => sql<{ id: string; email: string }[]>`select id, email from contact where shop_id = ${shop.id}`,
    );
    const held = contacts.filter(({ id }) => isHeldOut({ key: 'welcome', holdout: 0.5 }, id));
    const entered = contacts.filter((one) => !held.includes(one));
    await instance.tick();
    expect(short((await report(shop)).letters, 'letter', 'sent')).toEqual([['reminder-1', entered.length]]);
    // Everybody who entered buys for 100, and of the held out every other.
    for (const { email } of entered) await order(shop, { email });
    const buyers = held.slice(0, Math.max(30, Math.floor(held.length / 2)));
    for (const { email } of buyers) await order(shop, { email });
    const { holdouts } = await report(shop, '?flow=welcome');
    const [welcome] = holdouts;
    const held100 = (buyers.length / held.length) * 100;
    expect(welcome.entered).toMatchObject({ people: entered.length, buyers: entered.length, netPerPerson: 100 });
    expect(welcome.held).toMatchObject({ people: held.length, buyers: buyers.length });
    expect(welcome.difference.value).toBeCloseTo(100 - held100, 6);
    expect(welcome.difference.low).toBeLessThan(welcome.difference.value);
    expect(['more', 'undecided']).toContain(welcome.verdict);
    expect(welcome.verdict === 'more').toBe(welcome.difference.low > 0);
  });

  it('compares nobody where there is none', async () => {
    const shop = await openShop();
    await addFlow(instance.deps, shop.id, 'plain', [{ send: 'reminder-1' }]);
    await enroll(instance.deps, shop.id, { email: 'p@example.com', flow: 'plain' });
    expect((await report(shop)).holdouts).toEqual([]);
  });
});
