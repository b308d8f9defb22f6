/** Reviews: written on the page behind a letter, read by the shop, shown once it says so. */

import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Sending, startSending } from '../support/sending.ts';

vi.setConfig({ testTimeout: 60_000 });

const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
const SHIRT = { id: 'shirt', title: 'Linen shirt', price: 84, url: 'https://shop.example/shirt' };
const MUG = { id: 'mug', title: 'Morning mug', price: 22, url: 'https://shop.example/mug' };

let sending: Sending;
let shop: Sending['shop'];
let orders = 0;

beforeAll(async () => {
  sending = await startSending();
});
afterAll(() => sending.close());
beforeEach(async () => {
  shop = await sending.instance.openShop({ sending: { dailyCap: null, quietHours: null } });
  await shop.done('POST', '/v1/flows', {
    key: 'reviews',
    purpose: 'transactional',
    entry: { on: 'order_delivered' },
    stopOn: [],
    steps: [
      { send: 'review-request' },
      { waitFor: { event: 'reviewed', timeout: '14d', else: [{ stop: 'no_review' }] } },
      { issue: { kind: 'percent', value: 10, expiresIn: '30d' } },
      { send: 'review-thanks' },
    ],
  });
  sending.postmark.clear();
});

/** An order arrives, and its buyer is asked: the letter, and the page behind its stars. */
async function asked(items: object[] = [SHIRT], locale = 'en') {
  orders += 1;
  const email = `buyer${orders}@example.com`;
  await shop.done('POST', '/v1/orders', {
    id: `order-${orders}`,
    status: 'delivered',
    email,
    name: 'Ann',
    total: 106,
    currency: 'EUR',
    placedAt: '2026-11-22T09:30:00Z',
    items,
    locale,
  });
  await sending.instance.tick();
  const letter = sending.postmark.sent().find(({ To, Tag }) => To === email && Tag === 'reviews/review-request');
  const links = [...(letter?.HtmlBody ?? '').matchAll(/https:\/\/linger\.example(\/n\/[\w-]+)\?stars=(\d)/g)];
  return { email, letter, links, page: links[0]?.[1] ?? '', order: `order-${orders}` };
}

const write = (page: string, fields: Record<string, string>, agent = BROWSER) =>
  sending.instance.call('POST', page, new URLSearchParams(fields).toString(), {
    'content-type': 'application/x-www-form-urlencoded',
    'user-agent': agent,
  });

const reviews = async (query = '') => (await shop.call('GET', `/v1/reviews${query}`)).body;
const published = (query = '') =>
  sending.instance.call('GET', `/v1/reviews/published?shop=${shop.siteKey}${query}`, undefined, {
    origin: 'https://shop.example',
  });

describe('a request for a review', () => {
  it('has a link for each star, says what is given for any review, and opens a page with that star chosen', async () => {
    const { letter, links } = await asked();
    expect(links.map(([, , star]) => star)).toEqual(['1', '2', '3', '4', '5']);
    expect(letter?.TextBody?.replaceAll('\u00a0', ' ')).toContain(
      'As a thank-you we send you 10% off, whether the review is good or bad.',
    );
    const { text } = await sending.instance.call('GET', `${links[3]?.[1]}?stars=4`);
    expect(text).toMatch(/value="4" required checked/);
    expect(text).toContain('Linen shirt');
    expect(text).toContain('value="Ann"');
    expect((await reviews()).data).toEqual([]);
  });

  it('takes stars, words, a name and the right to publish, and thanks with the code', async () => {
    const { page, email, order } = await asked();
    const { text } = await write(page, { stars: '2', comment: 'Thin\r\ncloth', author: 'A. B.', publish: 'yes' });
    expect(text).toContain('Thank you');
    expect((await reviews()).data).toMatchObject([
      {
        status: 'waiting',
        stars: 2,
        text: 'Thin\ncloth',
        author: 'A. B.',
        mayPublish: true,
        item: { id: 'shirt', title: 'Linen shirt' },
        order,
        contact: { email },
        decidedAt: null,
      },
    ]);
    await sending.instance.tick();
    const thanks = sending.postmark.sent().find(({ Tag }) => Tag === 'reviews/review-thanks');
    expect(thanks?.To).toBe(email);
    expect(thanks?.TextBody).toMatch(/10%/);
  });

  it('asks which of several things it is about; each may be reviewed, and what it is not about is the order', async () => {
    const { page } = await asked([SHIRT, MUG]);
    expect((await sending.instance.call('GET', page)).text).toContain('<option value="mug">Morning mug</option>');
    await write(page, { stars: '5', item: 'mug' });
    await write(page, { stars: '3', item: 'shirt' });
    await write(page, { stars: '4', item: 'stolen' });
    const { data } = await reviews();
    const told = data.map(({ item, stars }: { item: { id: string } | null; stars: number }) => [item?.id ?? '', stars]);
    expect(told.sort()).toEqual([
      ['', 4],
      ['mug', 5],
      ['shirt', 3],
    ]);
  });

  it('asks again where no star was chosen, takes nothing from scanners, and speaks Russian', async () => {
    const { page } = await asked([SHIRT], 'ru');
    for (const fields of [{ comment: 'Hm' }, { stars: '6' }, { stars: '0' }])
      expect((await write(page, fields as Record<string, string>)).text).toContain('выберите звёзды');
    await write(page, { stars: '5' }, 'python-requests/2.32');
    expect((await reviews()).data).toEqual([]);
  });
});

describe('publishing', () => {
  it('shows nobody what waits, was rejected, or may not be shown', async () => {
    const { page } = await asked();
    await write(page, { stars: '5', comment: 'Lovely', author: 'Ann', publish: 'yes' });
    const { page: secret } = await asked([MUG]);
    await write(secret, { stars: '4', comment: 'Between us' });
    const [kept, own] = (await reviews()).data;
    expect((await published()).body).toEqual({ count: 0, average: null, data: [] });

    const refused = await shop.call('PATCH', `/v1/reviews/${kept.id}`, { status: 'published' });
    expect([refused.status, refused.body.errors]).toMatchObject([422, [{ path: 'status' }]]);
    const { status, body } = await shop.call('PATCH', `/v1/reviews/${own.id}`, { status: 'published' });
    expect([status, body.status, typeof body.decidedAt]).toEqual([200, 'published', 'string']);
    const shown = await published();
    expect(shown.headers.get('access-control-allow-origin')).toBe('*');
    expect(shown.headers.get('cache-control')).toBe('public, max-age=60');
    expect(shown.body).toMatchObject({
      count: 1,
      average: 5,
      data: [{ stars: 5, text: 'Lovely', author: 'Ann', item: { id: 'shirt' } }],
    });
    expect(JSON.stringify(shown.body)).not.toContain('@');
    expect((await published('&item=mug')).body.count).toBe(0);
    expect((await published('&item=shirt')).body.count).toBe(1);

    await shop.call('PATCH', `/v1/reviews/${own.id}`, { status: 'rejected' });
    expect((await published()).body.count).toBe(0);
  });

  it('waits again for what was written anew, and not for the same words', async () => {
    const { page } = await asked();
    const told = { stars: '5', comment: 'Lovely', author: 'Ann', publish: 'yes' };
    await write(page, told);
    const [{ id }] = (await reviews()).data;
    await shop.call('PATCH', `/v1/reviews/${id}`, { status: 'published' });
    await write(page, told);
    expect((await reviews()).data).toMatchObject([{ id, status: 'published' }]);
    await write(page, { ...told, comment: 'Lovely. Buy pills' });
    expect((await reviews()).data).toMatchObject([{ id, status: 'waiting', decidedAt: null }]);
    expect((await published()).body.count).toBe(0);
  });

  it('tells of several things, those first where all are asked for, and only words where those are wanted', async () => {
    for (const [item, comment] of [
      [MUG, 'Holds a lot of tea'],
      [SHIRT, 'Soft as promised'],
      [MUG, ''],
    ] as const) {
      const { page } = await asked([item]);
      await write(page, { stars: '4', comment, publish: 'yes' });
      sending.instance.travel(1_000);
    }
    for (const { id } of (await reviews()).data) await shop.call('PATCH', `/v1/reviews/${id}`, { status: 'published' });
    const said = async (query: string) => {
      const { body } = await published(query);
      return [body.count, ...body.data.map(({ text }: { text: string }) => text)];
    };
    const items = (...ids: string[]): string => `&items=${encodeURIComponent(JSON.stringify(ids))}`;
    expect(await said('')).toEqual([3, '', 'Soft as promised', 'Holds a lot of tea']);
    expect(await said('&words=true')).toEqual([2, 'Soft as promised', 'Holds a lot of tea']);
    expect(await said(`${items('mug', 'none')}&words=true`)).toEqual([1, 'Holds a lot of tea']);
    expect(await said(`${items('mug')}&words=true&others=true`)).toEqual([2, 'Holds a lot of tea', 'Soft as promised']);
    expect(await said(`${items('none')}&others=true&limit=1`)).toEqual([3, '']);
    for (const bad of ['mug', '[]', '[1]', '{}', JSON.stringify(Array(11).fill('mug'))]) {
      const refused = await published(`&items=${encodeURIComponent(bad)}`);
      expect([refused.status, refused.body.errors?.[0].path]).toEqual([422, 'items']);
    }
  });

  it('answers 304 to who has it, and 404 for a shop that is none', async () => {
    const etag = (await published()).headers.get('etag') ?? '';
    const again = await sending.instance.call('GET', `/v1/reviews/published?shop=${shop.siteKey}`, undefined, {
      'if-none-match': etag,
    });
    expect(again.status).toBe(304);
    expect((await sending.instance.call('GET', '/v1/reviews/published?shop=pk_none')).status).toBe(404);
  });
});

describe('the list', () => {
  it('comes page by page, by status and by item', async () => {
    for (const [n, item] of [SHIRT, SHIRT, MUG].entries()) {
      const { page } = await asked([item]);
      await write(page, { stars: String(n + 1), publish: 'yes' });
      sending.instance.travel(1_000);
    }
    const first = await reviews('?limit=2');
    expect(first.data.map(({ stars }: { stars: number }) => stars)).toEqual([3, 2]);
    const second = await reviews(`?limit=2&cursor=${first.next}`);
    expect([second.data.map(({ stars }: { stars: number }) => stars), second.next]).toEqual([[1], null]);
    expect((await reviews('?item=mug')).data).toHaveLength(1);
    await shop.call('PATCH', `/v1/reviews/${first.data[0].id}`, { status: 'rejected' });
    expect((await reviews('?status=waiting')).data).toHaveLength(2);
    expect((await shop.call('GET', '/v1/reviews?status=odd')).body.errors).toMatchObject([{ path: 'status' }]);
  });
});

it('published words stand in letters: those of the letter’s things first', async () => {
  for (const [item, comment] of [
    [SHIRT, 'Soft as promised'],
    [MUG, 'Holds a lot of tea'],
  ] as const) {
    const { page } = await asked([item]);
    await write(page, { stars: '5', comment, author: 'Ann', publish: 'yes' });
    sending.instance.travel(1_000);
  }
  const { page: empty, email } = await asked([SHIRT]);
  await write(empty, { stars: '1', publish: 'yes' });
  for (const { id } of (await reviews()).data) await shop.call('PATCH', `/v1/reviews/${id}`, { status: 'published' });
  await shop.done('POST', '/v1/flows', {
    key: 'doubts',
    purpose: 'transactional',
    entry: { on: 'custom', name: 'doubts' },
    stopOn: [],
    steps: [{ send: 'browse-1' }],
  });
  await shop.done('POST', '/v1/events', {
    events: [{ id: 'doubt-1', name: 'doubts', email, items: [{ ...SHIRT, currency: 'EUR' }] }],
  });
  await sending.instance.tick();
  const letter = sending.postmark.sent().find(({ Tag }) => Tag === 'doubts/browse-1');
  const text = letter?.TextBody ?? '';
  expect(text).toContain('Soft as promised');
  expect(text.indexOf('Soft as promised')).toBeLessThan(text.indexOf('Holds a lot of tea'));
  expect(text).toMatch(/★ [1-5](\.\d)? · \d+ reviews?/);
});
