/** What comes of answers to the one question: the shop's people hear of critics at once, and the report counts everybody. */

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { signToken } from '../../api/signing.ts';
import { type Sending, startSending } from '../support/sending.ts';

vi.setConfig({ testTimeout: 60_000 });

const DAY = 86_400_000;
const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';

let sending: Sending;
let server: Server;
let told: { data: Record<string, unknown> }[] = [];
let orders = 0;

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (part) => {
      body += part;
    });
    request.on('end', () => {
      told.push(JSON.parse(body));
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  sending = await startSending({ env: { LOOPBACK_CALLS: 'yes' } });
});
afterAll(async () => {
  await sending.close();
  server.close();
});
beforeEach(() => {
  told = [];
  sending.postmark.clear();
});

type Shop = Sending['shop'];

const ask = (shop: Shop) =>
  shop.done('POST', '/v1/flows', {
    key: 'ask',
    purpose: 'transactional',
    entry: { on: 'order_delivered' },
    stopOn: [],
    steps: [{ send: 'nps' }],
  });

/** An order arrives, and its buyer is asked; the page on which they answer. */
async function asked(shop: Shop, items: object[] = []): Promise<{ page: string; email: string; id: string }> {
  orders += 1;
  const email = `buyer${orders}@example.com`;
  const id = `order-${orders}`;
  await shop.done('POST', '/v1/orders', {
    id,
    number: `No ${orders}`,
    status: 'delivered',
    email,
    name: 'Ann',
    total: 42,
    currency: 'EUR',
    placedAt: '2026-11-22T09:30:00Z',
    items,
  });
  await sending.instance.tick();
  const [message] = await sending.instance.db.engine(
    ({ sql }) => sql<{ id: string }[]>`
      select m.id from message m join contact c on c.id = m.contact_id where c.email = ${email} and m.letter = 'nps'`,
  );
  return { page: `/n/${await signToken(sending.instance.settings.signingKey, 'nps', message?.id ?? '')}`, email, id };
}

const answer = (page: string, score: number, comment = '') =>
  sending.instance.call('POST', page, new URLSearchParams({ score: String(score), comment }).toString(), {
    'content-type': 'application/x-www-form-urlencoded',
    'user-agent': BROWSER,
  });

describe('a critic', () => {
  it.each([
    ['en', 'Score: 2 of 10', 'Comment: Came broken & late', /Order No \d+: €42/],
    ['ru', 'Оценка: 2 из 10', 'Комментарий: Came broken & late', /Заказ № No \d+: 42 €/],
  ])('is told of at once, with order, score and comment (%s)', async (locale, score, comment, order) => {
    const shop = await sending.instance.openShop({ locale });
    const { port } = server.address() as AddressInfo;
    await shop.done('POST', '/v1/webhooks', { name: 'crm', url: `http://127.0.0.1:${port}/` });
    await ask(shop);
    await shop.done('POST', '/v1/flows', {
      key: 'service',
      purpose: 'transactional',
      entry: { on: 'nps_answered', group: 'critic' },
      stopOn: [],
      steps: [{ notify: 'Write to them' }, { webhook: 'crm' }],
    });
    const { page, email, id } = await asked(shop, [{ id: 'mug', title: 'Morning mug' }]);
    sending.postmark.clear();
    await answer(page, 2, 'Came broken & late');
    await sending.instance.tick();
    const [note] = sending.postmark.sent().filter(({ To }) => To === 'hello@shop.example');
    expect(note?.Subject).toBe('Lamp & Leaf: Write to them');
    for (const part of [score, comment, email, 'Morning mug']) expect(note?.TextBody).toContain(part);
    expect(note?.TextBody?.replaceAll(/[\u00a0\u202f]/g, ' ')).toMatch(order);
    expect(note?.HtmlBody).toContain('broken &amp; late');
    expect(told[0]?.data).toMatchObject({
      contact: { email },
      order: { id, number: `No ${orders}`, status: 'delivered', total: 42, currency: 'EUR' },
      answer: { score: 2, stars: null, reason: null, comment: 'Came broken & late' },
    });
  });

  it('is told of by the recipe, and gets an apology and nothing that sells', async () => {
    const shop = await sending.instance.openShop({ sending: { dailyCap: null, quietHours: null } });
    for (const recipe of ['nps', 'thanks']) await shop.done('POST', '/v1/flows', { recipe });
    orders += 1;
    const email = `critic${orders}@example.com`;
    const order = { id: 'A1', email, total: 42, currency: 'EUR', placedAt: '2026-11-22T09:30:00Z' };
    await shop.done('POST', '/v1/orders', { ...order, status: 'cancelled' });
    await sending.instance.db.engine(
      ({ sql }) => sql`update contact set marketing = 'subscribed' where email = ${email}`,
    );
    await shop.done('POST', '/v1/orders', { ...order, id: 'A2', status: 'delivered' });
    sending.instance.travel(6 * DAY);
    await sending.instance.tick();
    const nps = sending.postmark.sent().find(({ Tag }) => Tag === 'nps/nps');
    const page = /https:\/\/linger\.example(\/n\/[\w-]+)/.exec(nps?.TextBody ?? '')?.[1] ?? '';
    sending.postmark.clear();
    await answer(page, 0, 'Never again');
    await sending.instance.tick();
    const left = sending.postmark.sent().map(({ To, Subject }) => `${To}: ${Subject}`);
    expect(left.sort()).toEqual([
      `${email}: We are sorry about order A2`,
      'hello@shop.example: Lamp & Leaf: A customer would not recommend the shop. Please write to them.',
    ]);
    await shop.done('POST', '/v1/orders', { ...order, id: 'A3', status: 'placed' });
    sending.postmark.clear();
    sending.instance.travel(3 * DAY);
    await sending.instance.tick();
    expect(sending.postmark.sent()).toEqual([]);
  });
});

describe('the report', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await sending.instance.openShop({ timezone: 'Asia/Tokyo' });
    await ask(shop);
    const tea = { id: 'tea', title: 'Tea', category: 'Tea' };
    const cup = { id: 'cup', title: 'Cup', category: 'Cups' };
    await sending.travelTo(Date.parse('2027-03-31T14:30:00Z'));
    for (const [score, items] of [
      [10, [tea]],
      [9, [tea, cup]],
      [7, [cup]],
    ] as const)
      await answer((await asked(shop, [...items])).page, score);
    // Midnight in Tokyo.
    await sending.travelTo(Date.parse('2027-03-31T15:30:00Z'));
    const { page } = await asked(shop, [cup, cup]);
    await answer(page, 10);
    await answer(page, 3);
    await answer((await asked(shop)).page, 9);
  });

  it('counts the latest answers by month in the shop’s zone and by category', async () => {
    const { status, body } = await shop.call('GET', '/v1/reports/nps');
    expect(status).toBe(200);
    expect(body.interval).toEqual({ method: 'Bonett–Price adjusted Wald', level: 0.95 });
    expect(body.total).toMatchObject({
      answers: 5,
      promoters: 3,
      passives: 1,
      critics: 1,
      index: 40,
      promotersShare: 0.6,
    });
    expect(body.total.low).toBeLessThan(40);
    expect(body.total.high).toBeGreaterThan(40);
    expect(body.months).toMatchObject([
      { month: '2027-03', answers: 3, index: (100 * 2) / 3 },
      { month: '2027-04', answers: 2, index: 0 },
    ]);
    expect(body.categories).toMatchObject([
      { category: 'Cups', answers: 3, promoters: 1, passives: 1, critics: 1 },
      { category: 'Tea', answers: 2, promoters: 2 },
      { category: null, answers: 1, promoters: 1 },
    ]);
    expect(body.monthsOfCategories).toHaveLength(4);
  });

  it('is a table, too', async () => {
    const { text, headers } = await shop.call('GET', '/v1/reports/nps?format=csv');
    expect(headers.get('content-type')).toContain('text/csv');
    const lines = text.trim().split('\r\n');
    expect(lines[0]).toBe(
      'month,category,answers,promoters,passives,critics,promotersShare,passivesShare,criticsShare,index,low,high',
    );
    expect(lines[1]).toMatch(/^all,all,5,3,1,1,0\.6,0\.2,0\.2,40,/);
    expect(lines.filter((line) => line.startsWith('2027-03,all,3,'))).toHaveLength(1);
    expect(lines.filter((line) => line.startsWith('all,Tea,2,'))).toHaveLength(1);
  });

  it('is another for another time, and nobody else’s', async () => {
    const { body } = await shop.call('GET', '/v1/reports/nps?from=2027-03-31T15:00:00Z');
    expect(body.total).toMatchObject({ answers: 2, index: 0 });
    const empty = await (await sending.instance.openShop()).call('GET', '/v1/reports/nps');
    expect(empty.body.total).toMatchObject({ answers: 0, index: null, low: null, promotersShare: null });
    expect((await shop.call('GET', '/v1/reports/nps?from=2027-04-02T00:00:00Z&to=2027-04-01T00:00:00Z')).status).toBe(
      422,
    );
  });
});
