/** The links of letters about a cart: into that cart again, with what is still sold and the code that is still good. */

import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { restoredCart } from '../../api/schemas/visit.ts';
import { DAY, HOUR, type Sending, startSending } from '../support/sending.ts';
import { newBrowser } from '../support/visitor.ts';

vi.setConfig({ testTimeout: 60_000 });

const PERSON = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
const TEAPOT = {
  id: 'teapot',
  title: 'Teapot',
  price: 42,
  currency: 'EUR',
  url: 'https://shop.example/products/teapot?variant=11',
};
const MUG = {
  id: 'mug',
  title: 'Mug',
  price: 12,
  currency: 'EUR',
  url: 'https://shop.example/products/mug?variant=22',
};
const LAMP = { id: 'lamp', title: 'Lamp', price: 120, currency: 'EUR', url: 'https://shop.example/products/lamp' };

let sending: Sending;
let shop: Sending['shop'];

beforeAll(async () => {
  sending = await startSending();
});
afterAll(() => sending.close());
beforeEach(async () => {
  shop = await sending.instance.openShop({ sending: { dailyCap: null, quietHours: null } });
  sending.postmark.clear();
});

/** Leaves a cart, and gets the letter with the code after an hour. */
async function leave(
  email: string,
  lines: object[] = [
    { ...TEAPOT, quantity: 2 },
    { ...MUG, quantity: 1 },
  ],
) {
  await shop.done('POST', '/v1/flows', {
    key: 'cart',
    name: 'Cart',
    purpose: 'transactional',
    enabled: true,
    entry: { on: 'cart_abandoned', after: '1h' },
    stopOn: [],
    steps: [{ issue: { kind: 'percent', value: 10, expiresIn: '2d' } }, { send: 'cart-2' }],
  });
  const browser = newBrowser(shop);
  await browser.send([{ type: 'page_view', url: LAMP.url, path: '/', title: '', referrer: '', kind: 'product' }]);
  await shop.page('/v1/forms', {
    shop: shop.siteKey,
    visitor: browser.visitor,
    visit: browser.visit,
    kind: 'subscribe',
    email,
    consent: { data: true, marketing: true, text: 'Yes.' },
  });
  await browser.send([
    { type: 'view_item', item: LAMP },
    { type: 'cart', items: lines, value: null, currency: 'EUR', codes: [] },
  ]);
  sending.instance.travel(HOUR + 1_000);
  await sending.instance.tick();
  const letter = sending.postmark.sent().find(({ To, Tag }) => To === email && Tag === 'cart/cart-2');
  const links = [...(letter?.HtmlBody ?? '').matchAll(/https:\/\/linger\.example(\/c\/[\w-]+)/g)].map(
    ([, path]) => path ?? '',
  );
  const { items, code } = await chain();
  return { text: letter?.TextBody ?? '', links: [...new Set(links)], items, code };
}

const chain = async () => {
  const [row] = await sending.instance.db.engine(
    ({ sql }) => sql<{ items: { id: string; quantity?: number }[]; code: string }[]>`
      select e.items, code.code from enrollment e join code on code.id = e.code_id where e.shop_id = ${shop.id}`,
  );
  if (!row) throw new Error('no chain');
  return row;
};

const follow = async (path: string, agent = PERSON): Promise<URL> => {
  const { status, headers } = await sending.instance.call('GET', path, undefined, { 'user-agent': agent });
  expect(status).toBe(302);
  return new URL(headers.get('location') ?? '');
};

const restore = (url: URL, key = shop.siteKey) =>
  shop.page('/v1/restore', { shop: key, token: url.searchParams.get('linger')?.replace('restore:', '') ?? '' });

/** Where each link leads: the letter's head, its button, its things. */
const byPlace = async (links: string[]): Promise<URL[]> => Promise.all(links.map((link) => follow(link)));

describe('a letter about a cart', () => {
  it('leads each thing and the button into the cart, by a token without a word of its reader', async () => {
    const { text, links, items, code } = await leave('ann@example.com');
    expect(items.map(({ id, quantity }) => [id, quantity ?? null])).toEqual([
      ['mug', 1],
      ['teapot', 2],
      ['lamp', null],
    ]);
    expect(text).toContain('× 2');
    const urls = await byPlace(links);
    const into = urls.filter(({ searchParams }) => searchParams.get('linger')?.startsWith('restore:'));
    expect(new Set(into.map(({ pathname }) => pathname))).toEqual(
      new Set(['/products/mug', '/products/teapot', '/products/lamp']),
    );
    const home = urls.filter(({ pathname }) => pathname === '/');
    expect(home.map(({ searchParams }) => searchParams.has('linger'))).not.toContain(true);
    const [first] = into;
    expect(
      atob((first?.searchParams.get('linger') ?? '').slice(8).replaceAll('-', '+').replaceAll('_', '/')),
    ).not.toMatch(/ann|example|teapot/i);
    const { status, body } = await restore(first as URL);
    expect(status).toBe(200);
    expect(restoredCart.parse(body)).toEqual(body);
    expect(body).toMatchObject({
      lines: [
        { id: 'mug', quantity: 1 },
        { id: 'teapot', quantity: 2 },
      ],
      code,
      gone: [],
    });
    expect(JSON.stringify(body)).not.toContain('ann@');
  });

  it('leaves out what is sold out by now, and leads to its page who follows its own link', async () => {
    const { links } = await leave('ann@example.com');
    await shop.done('POST', '/v1/orders', {
      id: 'o1',
      status: 'paid',
      total: 42,
      currency: 'EUR',
      placedAt: new Date(await sending.now()).toISOString(),
      items: [{ id: 'teapot', title: 'Teapot', price: 42, quantity: 1 }],
    });
    await newBrowser(shop).send([{ type: 'view_item', item: { ...TEAPOT, available: false } }]);
    sending.instance.travel(HOUR);
    await sending.instance.tick();
    const urls = await byPlace(links);
    const teapot = urls.find(
      ({ pathname, search }) => pathname === '/products/teapot' && search.includes('utm_content'),
    );
    expect(teapot?.searchParams.get('linger')).toBeNull();
    const mug = urls.find(({ search, pathname }) => pathname === '/products/mug' && search.includes('linger'));
    const { body } = await restore(mug as URL);
    expect([body.lines.map(({ id }: { id: string }) => id), body.gone]).toEqual([
      ['mug'],
      [{ id: 'teapot', title: 'Teapot' }],
    ]);
  });

  it('tells no code that is over, no cart to another shop, by a stale or a forged token, or to a scanner', async () => {
    const { links } = await leave('ann@example.com');
    const [, url] = await byPlace(links);
    const stranger = await sending.instance.openShop();
    expect((await restore(url as URL, stranger.siteKey)).status).toBe(404);
    expect((await restore(new URL('https://shop.example/?linger=restore:AAAA'))).status).toBe(404);
    const scanned = await follow(links[1] ?? '', 'python-requests/2.32');
    expect(scanned.searchParams.has('linger')).toBe(false);
    sending.instance.travel(HOUR + 61_000);
    expect((await restore(url as URL)).status).toBe(404);
    sending.instance.travel(3 * DAY);
    const [, later] = await byPlace(links);
    expect((await restore(later as URL)).body).toMatchObject({ code: null, lines: [{ id: 'mug' }, { id: 'teapot' }] });
  });

  it('goes straight to Shopify’s cart where the shop runs on it and every line names its variant', async () => {
    await shop.done('PATCH', '/v1/shop', { integrations: { shopify: { secret: 'shhh-shhh-shhh' } } });
    const { links, code } = await leave('ann@example.com');
    const [, url] = await byPlace(links);
    expect(`${url?.origin}${url?.pathname}`).toBe('https://shop.example/cart/22:1,11:2');
    expect(url?.searchParams.get('discount')).toBe(code);
    expect(url?.searchParams.get('utm_campaign')).toBe('cart');
  });

  it('leads there, too, where clicks are not counted, and counts none', async () => {
    await shop.done('PATCH', '/v1/shop', { sending: { clicks: false } });
    const { links } = await leave('ann@example.com');
    const urls = await byPlace(links);
    expect(urls.every(({ searchParams }) => searchParams.has('linger') && !searchParams.has('lgr'))).toBe(true);
    const { data } = await shop.done('GET', '/v1/messages?contact=ann@example.com');
    expect(data[0].events).toEqual([]);
  });
});
