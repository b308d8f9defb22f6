import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Instance, type ShopHandle, startInstance } from '../support/shop.ts';
import { type Browser, newBrowser, TEAPOT } from '../support/visitor.ts';

const HOUR = 3_600_000;

let instance: Instance;
let chance: number[] = [];
let shifted = 0;

beforeAll(async () => {
  instance = await startInstance({ random: () => chance.shift() ?? 0.5 });
});
afterAll(() => instance.close());

const now = (): number => instance.deps.now() + shifted;
const travelTo = (iso: string): void => {
  const ms = Date.parse(iso) - now();
  shifted += ms;
  instance.travel(ms);
};

type Row = Record<string, unknown> & { day: string; arm: string | null };
const rowsOf = async (shop: ShopHandle, query = ''): Promise<Row[]> =>
  (await shop.call('GET', `/v1/reports/funnel${query}`)).body.rows;

async function order(shop: ShopHandle, change: Record<string, unknown>): Promise<void> {
  const { status, text } = await shop.call('POST', '/v1/orders', {
    id: randomUUID(),
    status: 'paid',
    total: 100,
    currency: 'EUR',
    placedAt: new Date(now()).toISOString(),
    ...change,
  });
  if (status >= 300) throw new Error(text);
}

async function shown(shop: ShopHandle, rule: string): Promise<Browser> {
  const browser = newBrowser(shop);
  const { arms } = (await browser.look()).body.visitor;
  const type = arms[rule] === 'holdout' ? 'offer_withheld' : 'offer_shown';
  await browser.send([{ type, rule, variant: arms[rule] }]);
  return browser;
}

describe('the funnel', () => {
  it('counts no offer where something is sold out: neither those who were asked to wait nor those held out of it', async () => {
    const shop = await instance.openShop();
    const rule = await shop.addRule({ holdout: 0.5 });
    const arms = new Set<string | null>();
    for (const fall of [0.1, 0.9]) {
      chance = [fall];
      const browser = newBrowser(shop);
      await browser.look();
      const gone = { ...TEAPOT, id: 'gone', url: 'https://shop.example/gone', available: false };
      const page = { type: 'page_view', url: gone.url, path: '/gone' };
      const { arms: own } = (await browser.send([page, { type: 'view_item', item: gone }])).body.visitor;
      arms.add(own[rule]);
      const type = own[rule] === 'holdout' ? 'offer_withheld' : 'offer_shown';
      await browser.send([{ type, rule, variant: own[rule] }]);
      expect(await rowsOf(shop, `?rule=${rule}`)).toEqual([]);
      await browser.send([
        { ...page, path: '/next', url: TEAPOT.url },
        { type, rule, variant: own[rule] },
      ]);
      const [row] = await rowsOf(shop, `?rule=${rule}`);
      expect([row?.eligible, row?.shown]).toEqual([1, own[rule] === 'holdout' ? 0 : 1]);
      await instance.db.engine(({ sql }) => sql`delete from event where shop_id = ${shop.id}`);
      await instance.db.engine(({ sql }) => sql`update arm set exposed_at = null where shop_id = ${shop.id}`);
    }
    expect(arms.size).toBe(2);
  });

  it('counts each step of each arm, down to the money', async () => {
    travelTo('2027-03-01T12:00:00Z');
    const shop = await instance.openShop({ margin: 0.5, sending: { dailyCap: null, quietHours: null } });
    const rule = await shop.addRule({
      name: 'Leaving, "loudly"',
      holdout: 0.25,
      code: { reveal: 'screen' },
      variants: [{ key: 'ten' }, { key: 'five', weight: 2, offer: { value: 5 } }],
    });
    // Chances are 0.25, 0.25 and 0.5.
    const falls = [0.1, 0.3, 0.3, 0.6, 0.6, 0.6];
    const browsers: Browser[] = [];
    for (const fall of falls) {
      chance = [fall];
      browsers.push(await shown(shop, rule));
    }
    const [, ten, , five, again] = browsers as [Browser, Browser, Browser, Browser, Browser];
    const { body: claim } = await ten.claim(rule, { email: 'ten@example.com' });
    await five.claim(rule, { email: 'five@example.com' });
    await five.claim(rule, { email: 'five@example.com' });
    await again.claim(rule, {
      email: 'again@example.com',
      consent: { data: true, marketing: false, text: 'I agree.' },
    });
    await instance.tick();
    travelTo('2027-03-02T12:00:00Z');
    await order(shop, {
      total: 63.01,
      email: 'somebody@example.com',
      codes: [claim.code],
      items: [{ id: 'x', title: 'X', price: 70.01, quantity: 1 }],
    });
    await order(shop, { total: 40.4, visitor: again.visitor });
    await order(shop, { total: 9.99, email: 'five@example.com' });
    await order(shop, { total: 1_000, email: 'stranger@example.com' });
    await order(shop, { total: 500, visitor: again.visitor, status: 'cancelled' });

    const none = { sent: 0, redeemed: 0, orders: 0, revenue: 0, discount: 0, net: 0 };
    const common = { rule, name: 'Leaving, "loudly"', opened: null, clicked: null };
    const [first, second] = ['2027-03-01', '2027-03-02'];
    expect(await rowsOf(shop)).toEqual([
      { ...common, ...none, day: first, arm: 'five', eligible: 3, shown: 3, accepted: 2, sent: 1 },
      { ...common, ...none, day: first, arm: 'holdout', eligible: 1, shown: 0, accepted: 0 },
      { ...common, ...none, day: first, arm: 'ten', eligible: 2, shown: 2, accepted: 1, sent: 1 },
      {
        ...common,
        ...none,
        day: second,
        arm: 'five',
        eligible: 0,
        shown: 0,
        accepted: 0,
        orders: 2,
        revenue: 50.39,
        net: 25.195,
      },
      {
        ...common,
        day: second,
        arm: 'ten',
        eligible: 0,
        shown: 0,
        accepted: 0,
        sent: 0,
        redeemed: 1,
        orders: 1,
        revenue: 63.01,
        discount: 7,
        // 0.5 × 70.01 − 7
        net: 28.005,
      },
    ]);
  });

  it('credits the latest offer taken, within the window', async () => {
    travelTo('2027-04-01T12:00:00Z');
    const shop = await instance.openShop();
    const early = await shop.addRule({ name: 'Early', code: { reveal: 'screen' } });
    const late = await shop.addRule({ name: 'Late', code: { reveal: 'screen' } });
    const browser = await shown(shop, early);
    await browser.claim(early, { email: 'both@example.com' });
    travelTo('2027-04-02T12:00:00Z');
    await browser.claim(late, { email: 'both@example.com' });
    travelTo('2027-04-03T12:00:00Z');
    await order(shop, { total: 1, visitor: browser.visitor });
    travelTo('2027-04-10T11:00:00Z');
    await order(shop, { total: 2, visitor: browser.visitor });
    const revenue = async (query: string) =>
      (await rowsOf(shop, query)).filter(({ orders }) => orders).map(({ name, day, revenue: sum }) => [name, day, sum]);
    expect(await revenue('')).toEqual([['Late', '2027-04-03', 1]]);
    expect(await revenue('?window=8')).toEqual([
      ['Late', '2027-04-03', 1],
      ['Late', '2027-04-10', 2],
    ]);
    expect(await revenue(`?window=8&rule=${early}`)).toEqual([]);
  });

  // Each night of a change of clocks: the last moment of a day, the first of the next, and an hour that is there twice or not at all.
  it.each([
    ['Europe/Berlin', '2027-03-27T22:59:59Z', '2027-03-27'],
    ['Europe/Berlin', '2027-03-27T23:00:00Z', '2027-03-28'],
    ['Europe/Berlin', '2027-03-28T21:59:59Z', '2027-03-28'],
    ['Europe/Berlin', '2027-03-28T22:00:00Z', '2027-03-29'],
    ['Europe/Berlin', '2027-10-30T21:59:59Z', '2027-10-30'],
    ['Europe/Berlin', '2027-10-30T22:00:00Z', '2027-10-31'],
    ['Europe/Berlin', '2027-10-31T22:59:59Z', '2027-10-31'],
    ['Europe/Berlin', '2027-10-31T23:00:00Z', '2027-11-01'],
    ['America/New_York', '2027-11-07T03:59:59Z', '2027-11-06'],
    ['America/New_York', '2027-11-07T04:00:00Z', '2027-11-07'],
    ['America/New_York', '2027-11-07T05:30:00Z', '2027-11-07'],
    ['America/New_York', '2027-11-07T06:30:00Z', '2027-11-07'],
    ['America/New_York', '2027-11-08T04:59:59Z', '2027-11-07'],
    ['America/New_York', '2027-11-08T05:00:00Z', '2027-11-08'],
    ['Asia/Kolkata', '2027-11-07T18:30:00Z', '2027-11-08'],
  ])('in %s %s is on %s, for every step', async (timezone, at, day) => {
    travelTo(new Date(Date.parse(at) - 2_000).toISOString());
    const shop = await instance.openShop({ timezone });
    const rule = await shop.addRule({ code: { reveal: 'screen' } });
    const browser = await shown(shop, rule);
    const { body } = await browser.claim(rule, { email: 'day@example.com' });
    await order(shop, { codes: [body.code], visitor: browser.visitor });
    await instance.tick();
    // The steps were taken around that time: here they are moved to it to the second.
    await instance.db.engine(async ({ sql }) => {
      const moment = new Date(at).toISOString();
      await sql`update arm set exposed_at = ${moment}::text::timestamptz where shop_id = ${shop.id}`;
      await sql`update event set at = ${moment}::text::timestamptz where shop_id = ${shop.id}`;
      await sql`update decision set at = ${moment}::text::timestamptz where shop_id = ${shop.id}`;
      await sql`update code_use set at = ${moment}::text::timestamptz where shop_id = ${shop.id}`;
      await sql`update message set status = 'sent', settled_at = ${moment}::text::timestamptz, opened_at = ${moment}::text::timestamptz,
        clicked_at = ${moment}::text::timestamptz where shop_id = ${shop.id}`;
      await sql`
        insert into delivery_event (shop_id, key, message_id, kind, machine, detail, at, received_at)
        select shop_id, kind, id, kind, false, '{}', ${moment}::text::timestamptz, now()
        from message, unnest(array['opened', 'clicked']) kind where shop_id = ${shop.id}`;
      await sql`update "order" set placed_at = ${moment}::text::timestamptz where shop_id = ${shop.id}`;
    });
    const from = new Date(Date.parse(at)).toISOString();
    const to = new Date(Date.parse(at) + 1_000).toISOString();
    const rows = await rowsOf(shop, `?from=${from}&to=${to}`);
    const steps = { eligible: 1, shown: 1, accepted: 1, sent: 1, opened: 1, clicked: 1, redeemed: 1, orders: 1 };
    expect(rows).toMatchObject([{ day, ...steps, revenue: 100 }]);
    expect(await rowsOf(shop, `?to=${from}`)).toEqual([]);
    travelTo(new Date(Date.parse(at) + HOUR).toISOString());
    expect(await rowsOf(shop, `?from=${to}`)).toEqual([]);
  });

  it('tells of letters opened and clicked as soon as the shop’s provider ever told of one, and of nothing before', async () => {
    travelTo('2028-01-10T12:00:00Z');
    const shop = await instance.openShop({ sending: { dailyCap: null, quietHours: null } });
    const rule = await shop.addRule();
    const browser = await shown(shop, rule);
    await browser.claim(rule, { email: 'reader@example.com' });
    await instance.tick();
    expect(await rowsOf(shop)).toMatchObject([{ sent: 1, opened: null, clicked: null }]);
    await instance.db.engine(async ({ sql }) => {
      const at = new Date(now() + HOUR).toISOString();
      const [letter] = await sql<{ id: string }[]>`
        update message set opened_at = ${at}::text::timestamptz where shop_id = ${shop.id} returning id`;
      await sql`
        insert into delivery_event (shop_id, key, message_id, kind, machine, detail, at, received_at)
        select ${shop.id}, 'open' || n, ${letter?.id ?? null}, 'opened', false, '{}', ${at}::text::timestamptz, now() from generate_series(1, 2) n`;
    });
    travelTo('2028-01-11T12:00:00Z');
    expect(await rowsOf(shop)).toMatchObject([{ sent: 1, opened: 1, clicked: null }]);
  });

  it('comes as CSV, by asking for it in either way, with nothing that runs as a formula', async () => {
    travelTo('2028-02-01T12:00:00Z');
    const shop = await instance.openShop();
    const rule = await shop.addRule({ name: '=HYPERLINK("http://evil.test","x")', variants: [{ key: 'a' }] });
    await shown(shop, rule);
    const names =
      'day,rule,name,arm,eligible,shown,accepted,sent,opened,clicked,redeemed,orders,revenue,discount,net\r\n';
    const line = `2028-02-01,${rule},"'=HYPERLINK(""http://evil.test"",""x"")",a,1,1,0,0,,,0,0,0,0,0\r\n`;
    const asked = await shop.call('GET', '/v1/reports/funnel?format=csv');
    expect([asked.status, asked.text]).toEqual([200, names + line]);
    expect(asked.headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present');
    const accepted = await shop.call('GET', '/v1/reports/funnel', undefined, { accept: 'text/csv' });
    expect(accepted.text).toBe(asked.text);
    const json = await shop.call('GET', '/v1/reports/funnel?format=json', undefined, { accept: 'text/csv' });
    expect(json.body.rows).toHaveLength(1);
    expect((await shop.call('GET', '/v1/reports/funnel?format=xls')).status).toBe(422);
  });

  it('tells of its own shop alone', async () => {
    const other = await instance.openShop();
    expect(await rowsOf(other)).toEqual([]);
  });
});
