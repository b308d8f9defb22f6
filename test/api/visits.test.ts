/** What pages tell of visits: nothing from foreign origins (TRUST 1), no more time than passed, nothing twice (TRUST 2). */

import { createHmac, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Instance, ORIGIN, type ShopHandle, startInstance } from '../support/shop.ts';
import { type Browser, LAMP, newBrowser, TEAPOT } from '../support/visitor.ts';

const SECOND = 1_000;
const DAY = 86_400_000;
const PAGE = { type: 'page_view', url: TEAPOT.url, path: '/teapot' };

let instance: Instance;
let shop: ShopHandle;

beforeAll(async () => {
  instance = await startInstance();
  shop = await instance.openShop();
});
afterAll(() => instance.close());

const detail = async (browser: Browser) => (await shop.call('GET', `/v1/visits/${browser.visit}`)).body;
const facts = async (browser: Browser) => (await detail(browser)).facts;
const count = (table: string) =>
  instance.db.engine(
    async ({ sql }) => (await sql<{ count: number }[]>`select count(*) as count from ${sql(table)}`)[0]?.count,
  );
const eventTimes = (browser: Browser) =>
  instance.db.engine(({ sql, now }) =>
    sql<{ at: number }[]>`select at from event where visit_id = ${browser.visit} order by id`.then((rows) =>
      rows.map(({ at }) => at - now),
    ),
  );
const proofOf = (email: string) => createHmac('sha256', shop.identitySecret).update(email).digest('hex');

describe('a batch', () => {
  it('changes nothing when it comes again', async () => {
    const ann = newBrowser(shop);
    const batch = { batch: randomUUID(), sentAt: 5 };
    const first = await ann.send([PAGE], batch);
    const again = await ann.send([PAGE], batch);
    expect(again.body).toEqual(first.body);
    expect((await facts(ann)).pages).toBe(1);
  });

  it('without an id is known by its body', async () => {
    const ann = newBrowser(shop);
    const body = {
      shop: shop.siteKey,
      visitor: ann.visitor,
      visit: ann.visit,
      sentAt: 9,
      events: [{ ...PAGE, at: 7 }],
    };
    await shop.page('/v1/visits', body);
    await shop.page('/v1/visits', body);
    await shop.page('/v1/visits', { ...body, sentAt: 10 });
    expect((await facts(ann)).pages).toBe(2);
  });

  it('is folded beside others that come at the same time', async () => {
    const ann = newBrowser(shop);
    await Promise.all(Array.from({ length: 12 }, () => ann.send([PAGE])));
    expect(await facts(ann)).toMatchObject({ pages: 12, visits: 1 });
  });

  it('for the visit of another visitor is dropped and leaves no row', async () => {
    const ann = newBrowser(shop);
    await ann.look();
    const [visitors, batches] = [await count('visitor'), await count('batch')];
    const mallory = newBrowser(shop, { visit: ann.visit });
    const answer = await mallory.send([PAGE]);
    expect([answer.status, answer.body.visitor]).toEqual([202, expect.objectContaining({ visits: 1, arms: {} })]);
    expect((await facts(ann)).pages).toBe(1);
    expect([await count('visitor'), await count('batch')]).toEqual([visitors, batches]);
  });

  it('is dropped with 202 from any other origin', async () => {
    const visits = await count('visit');
    for (const origin of [
      'https://evil.test',
      'https://shop.example.evil.test',
      'https://evilshop.example',
      'http://shop.example',
      'null',
      '',
    ]) {
      const { visitor, visit } = newBrowser(shop);
      const body = { shop: shop.siteKey, visitor, visit, sentAt: 1, events: [{ ...PAGE, at: 1 }] };
      expect((await shop.page('/v1/visits', body, { origin })).status, origin).toBe(202);
    }
    expect(await count('visit')).toBe(visits);
  });

  it('of every kind of event is taken', async () => {
    const ann = newBrowser(shop);
    const answer = await ann.send([
      PAGE,
      { type: 'view_item', item: TEAPOT },
      { type: 'view_reviews', item: LAMP },
      { type: 'search', term: 'tea' },
      { type: 'add_to_wishlist', item: LAMP },
      { type: 'add_to_cart', item: TEAPOT, quantity: 2 },
      { type: 'remove_from_cart', item: TEAPOT, quantity: 1 },
      { type: 'begin_checkout' },
      { type: 'share', act: 'like', network: 'vk' },
      { type: 'form', kind: 'download' },
      { type: 'engagement', ms: 4_000 },
      { type: 'exit_intent', signal: 'pointer' },
      { type: 'offer_shown', rule: randomUUID(), variant: null },
      { type: 'identify', email: 'ann@example.com', proof: 'none' },
      { type: 'custom', name: 'quiz', data: { answer: 3 } },
    ]);
    expect(answer.status).toBe(202);
    expect(await facts(ann)).toMatchObject({
      pages: 1,
      viewed: 2,
      carted: 1,
      cartValue: 42,
      searched: 1,
      reviewed: 1,
      social: 2,
      seconds: 4,
      visits: 1,
      purchased: false,
      path: '/teapot',
      'items.id': ['teapot', 'lamp'],
    });
    await ann.send([{ type: 'purchase', orderId: 'W1' }]);
    expect(await facts(ann)).toMatchObject({ carted: 0, purchased: true, purchasedWithinDays: 0 });
  });
});

describe('the page’s clock is a hint', () => {
  it.each([
    ['in 1970', () => 0],
    ['in 2099', () => Date.UTC(2099, 0, 1)],
    ['an hour behind', () => Date.now() - 3_600_000],
  ])('%s, it tells how long before the sending things happened', async (_name, clock) => {
    const ann = newBrowser(shop);
    const sentAt = clock();
    await ann.send(
      [
        { ...PAGE, at: sentAt - 20 * SECOND },
        { ...PAGE, at: sentAt },
      ],
      { sentAt },
    );
    const [first = 0, second = 0] = await eventTimes(ann);
    expect(second - first).toBe(20 * SECOND);
    expect(second).toBeGreaterThan(-30 * SECOND);
  });

  it('never puts an event more than 30 s before the visit or after now', async () => {
    const ann = newBrowser(shop);
    await ann.send(
      [
        { ...PAGE, at: -8.64e15 },
        { ...PAGE, at: 8.64e15 },
      ],
      { sentAt: 1_000 },
    );
    const { startedAt } = await detail(ann);
    const times = await instance.db.engine(
      ({ sql }) => sql<{ at: number }[]>`select at from event where visit_id = ${ann.visit} order by at`,
    );
    expect(times.map(({ at }) => at - Date.parse(startedAt))).toEqual([-30 * SECOND, 0]);
  });

  it('never makes active time longer than what the server saw pass, and half a minute', async () => {
    const ann = newBrowser(shop);
    await ann.send([PAGE, { type: 'engagement', ms: 3_600_000 }]);
    expect((await facts(ann)).seconds).toBe(30);
    instance.travel(60 * SECOND);
    await ann.send([{ type: 'engagement', ms: 3_600_000 }]);
    const { seconds } = await facts(ann);
    expect(seconds).toBeGreaterThanOrEqual(90);
    expect(seconds).toBeLessThan(100);
  });
});

describe('visits', () => {
  it('are numbered, with the days between them', async () => {
    const first = newBrowser(shop);
    expect((await first.look()).body.visitor).toMatchObject({ visits: 1, daysSinceLastVisit: null });
    instance.travel(3 * DAY + SECOND);
    const second = newBrowser(shop, { visitor: first.visitor });
    expect((await second.look()).body.visitor).toMatchObject({ visits: 2, daysSinceLastVisit: 3 });
    expect((await second.look()).body.visitor).toMatchObject({ visits: 2, daysSinceLastVisit: 3 });
    expect(await facts(second)).toMatchObject({ visits: 2, daysSinceLastVisit: 3 });
  });

  it('tell device and language from the headers', async () => {
    const ann = newBrowser(shop);
    const body = { shop: shop.siteKey, visitor: ann.visitor, visit: ann.visit, sentAt: 1, events: [] };
    const agent =
      'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.0 Mobile/15E148 Safari/604.1';
    await shop.page('/v1/visits', body, { 'user-agent': agent, 'accept-language': 'ru-RU,ru;q=0.9' });
    expect(await detail(ann)).toMatchObject({ device: 'mobile', os: 'iOS', language: 'ru', country: null });
  });

  it('are seen by nobody but their shop', async () => {
    const ann = newBrowser(shop);
    await ann.look();
    const other = await instance.openShop({ origins: ['https://other.example'] });
    expect((await other.call('GET', `/v1/visits/${ann.visit}`)).status).toBe(404);
    expect((await shop.call('GET', '/v1/visits/not-an-id')).status).toBe(404);
  });
});

describe('who the visitor is', () => {
  it('is believed with the proof of the shop’s server alone, and is not kept among the events', async () => {
    const email = 'known@example.com';
    const bought = { id: 'K1', status: 'paid', email, total: 5, currency: 'EUR', placedAt: new Date(0).toISOString() };
    await shop.call('POST', '/v1/orders', bought);
    for (const proof of ['', 'ff', proofOf('somebody@example.com')]) {
      const stranger = newBrowser(shop);
      const answer = await stranger.send([PAGE, { type: 'identify', email, proof }]);
      expect([answer.status, answer.body.visitor.purchasedAt], proof).toEqual([202, null]);
    }
    const known = newBrowser(shop);
    const answer = await known.send([
      PAGE,
      { type: 'identify', email: 'Known@Example.com', proof: proofOf(email).toUpperCase() },
    ]);
    expect(answer.body.visitor.purchasedAt).toBe(bought.placedAt);
    const kept = await instance.db.engine(
      ({ sql }) => sql<{ body: object }[]>`select body from event where type = 'identify'`,
    );
    expect(kept.every(({ body }) => Object.keys(body).length === 0)).toBe(true);
  });
});

describe('a sandboxed frame (Origin: null)', () => {
  const frame = (browser: Browser, events: object[]) =>
    shop.page(
      '/v1/visits',
      { shop: shop.siteKey, visitor: browser.visitor, visit: browser.visit, sentAt: 1, events },
      { origin: 'null' },
    );

  it('may tell of a purchase, which is seen in the visit', async () => {
    const ann = newBrowser(shop);
    await ann.look();
    expect((await frame(ann, [{ type: 'purchase', orderId: 'P1', at: 1 }])).status).toBe(202);
    expect(await facts(ann)).toMatchObject({ purchased: true });
  });

  it('opens no visit, and yet its purchase counts for the visitor', async () => {
    const ann = newBrowser(shop);
    await ann.look();
    const later = newBrowser(shop, { visitor: ann.visitor });
    await frame(later, [{ type: 'purchase', orderId: 'P2', at: 1 }]);
    expect((await shop.call('GET', `/v1/visits/${later.visit}`)).status).toBe(404);
    expect(await facts(ann)).toMatchObject({ purchased: true, visits: 1 });
  });

  it('may tell nothing else beside it, and claims nothing', async () => {
    const rule = await shop.addRule();
    const ann = newBrowser(shop);
    await frame(ann, [
      { type: 'begin_checkout', at: 1 },
      { ...PAGE, at: 1 },
    ]);
    expect((await shop.call('GET', `/v1/visits/${ann.visit}`)).status).toBe(404);
    await ann.look();
    const claim = {
      shop: shop.siteKey,
      visitor: ann.visitor,
      visit: ann.visit,
      rule,
      email: 'a@example.com',
      consent: { data: true, marketing: true, text: '' },
    };
    expect((await shop.page('/v1/claims', claim, { origin: 'null' })).body.code).toBe('not_eligible');
    expect((await shop.page('/v1/claims', claim, { origin: ORIGIN })).status).toBe(200);
  });
});
