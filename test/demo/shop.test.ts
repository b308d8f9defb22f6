/** The demo shop as its visitors and machines meet it: through requests. Linger is answered for by a `call` that keeps the contract. */

import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { PRODUCTS } from '../../demo/catalogue.ts';
import { demoShop } from '../../demo/shop.ts';

type Call = (path: string, init: RequestInit) => Promise<Response>;
type Answers = Record<string, () => Response | Promise<Response>>;

const ORDER = 'D-0123456789';
const problem = (status: number, code: string) =>
  new Response(JSON.stringify({ type: 'about:blank', title: code, status, code }), {
    status,
    headers: { 'content-type': 'application/problem+json' },
  });
const takesOrders: Answers = { '/v1/orders': () => Response.json({ id: ORDER }, { status: 201 }) };

/** A browser at the shop: keeps cookies, posts forms, and remembers what the shop's server asked of Linger. */
function visit(answers: Answers = takesOrders) {
  const asked: { path: string; headers: Headers; body: Record<string, unknown> }[] = [];
  const call: Call = async (path, init) => {
    asked.push({ path, headers: new Headers(init.headers), body: JSON.parse(String(init.body)) });
    const answer = answers[path];
    return answer ? answer() : problem(404, 'code_not_found');
  };
  const app = new Hono().route(
    '/demo',
    demoShop({
      call,
      secretKey: 'sk_demo',
      siteKey: 'pk_demo',
      widget: '/l.js',
      base: '/demo',
      inbox: '/inbox',
      patienceMs: 50,
      newOrderId: () => ORDER,
      now: () => Date.UTC(2026, 10, 22, 10),
    }),
  );
  const cookies = new Map<string, string>();
  async function send(path: string, init: RequestInit = {}) {
    const headers = new Headers(init.headers);
    headers.set('cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '));
    const response = await app.request(`http://shop.test${path}`, { ...init, headers });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '') cookies.delete(name);
      else cookies.set(name, value);
    }
    return response;
  }
  const page = async (path: string) => (await send(path)).text();
  const post = (path: string, fields: Record<string, string>) =>
    send(path, { method: 'POST', body: new URLSearchParams(fields) });
  return { asked, cookies, send, page, post };
}

async function withTwoTeapots(answers?: Answers) {
  const visitor = visit(answers);
  await visitor.post('/demo/en/cart/add', { id: 'stoneware-teapot', quantity: '2' });
  await visitor.page('/demo/en/checkout');
  return visitor;
}

const buyer = { email: 'anna@example.com', name: 'Anna' };

function events(html: string): { event: string; ecommerce: Record<string, unknown> }[] {
  return [...html.matchAll(/dataLayer\.push\((\{"event":.*?\})\);/g)].map(([, json = '']) => JSON.parse(json));
}

describe('pages', () => {
  it.each([
    ['/demo/en', 'The evening is yours', '₽4,990'],
    ['/demo/ru', 'Этот вечер\u00a0— ваш', '4\u00a0990\u00a0₽'],
    ['/demo/en/category/light', 'Lamps, candles and other small suns', 'Porch lantern'],
    ['/demo/ru/category/light', 'Лампы, свечи и другие маленькие солнца', 'Фонарь для крыльца'],
    ['/demo/en/product/record-player', '₽24,900', '33 reviews'],
    ['/demo/ru/product/record-player', '24\u00a0900\u00a0₽', '33 отзыва'],
    ['/demo/en/cart', 'The cart is empty', 'Back to the shelves'],
    ['/demo/ru/cart', 'Корзина пуста', 'Вернуться к полкам'],
  ])('%s reads in its language and carries the tag', async (path, ...texts) => {
    const html = await visit().page(path);
    for (const text of texts) expect(html).toContain(text);
    expect(html).toContain(`<html lang="${path.split('/')[2]}">`);
    expect(html).toContain('<script async src="/l.js" data-shop="pk_demo"></script>');
    expect(html).toContain('href="/inbox"');
  });

  it.each([
    ['ru-RU,ru;q=0.9', '/demo/ru'],
    ['uk', '/demo/ru'],
    ['de-DE,de;q=0.9', '/demo/en'],
    ['', '/demo/en'],
  ])('greets a reader of "%s" at %s', async (language, home) => {
    const response = await visit().send('/demo', { headers: { 'accept-language': language } });
    expect(response.status).toBe(302);
    expect(response.headers.get('location')).toBe(home);
  });

  it.each([
    '/demo/en/nothing',
    '/demo/ru/product/nothing',
    '/demo/en/category/nothing',
    '/demo/en/thanks?order=D-1',
    '/demo/x',
  ])('answers %s with a page of its own', async (path) => {
    const response = await visit().send(path);
    expect(response.status).toBe(404);
    expect(await response.text()).toContain('</html>');
  });

  it('has a picture of its own for every product and none for a made-up name', async () => {
    const visitor = visit();
    for (const { id } of PRODUCTS) {
      const response = await visitor.send(`/demo/pictures/${id}.svg`);
      expect(response.headers.get('content-type')).toContain('image/svg+xml');
      expect(await response.text()).toMatch(/^<svg [\s\S]+<\/svg>$/);
    }
    expect((await visitor.send('/demo/pictures/constructor.svg')).status).toBe(404);
  });

  it('starts over without its cookies and without the tag', async () => {
    const visitor = await withTwoTeapots();
    const html = await visitor.page('/demo/en/restart');
    expect(visitor.cookies.size).toBe(0);
    expect(html).toContain('localStorage.clear()');
    expect(html).not.toContain('data-shop');
  });
});

describe('what machines read', () => {
  it.each(['en', 'ru'] as const)('describes every product to them in %s as the page does to people', async (locale) => {
    for (const product of PRODUCTS) {
      const html = await visit().page(`/demo/${locale}/product/${product.id}`);
      const [, json = ''] = /<script type="application\/ld\+json">(.+?)<\/script>/.exec(html) ?? [];
      expect(JSON.parse(json)).toMatchObject({
        '@type': 'Product',
        sku: product.id,
        name: product.text[locale].name,
        url: `http://shop.test/demo/${locale}/product/${product.id}`,
        image: `http://shop.test/demo/pictures/${product.id}.svg`,
        offers: {
          price: product.price,
          priceCurrency: 'RUB',
          availability: `https://schema.org/${product.available ? 'InStock' : 'OutOfStock'}`,
        },
      });
    }
  });

  it('pushes GA4 events under the same ids, and tells an addition once', async () => {
    const visitor = visit();
    await visitor.post('/demo/en/cart/add', { id: 'two-cups', quantity: '2' });
    const product = events(await visitor.page('/demo/en/product/two-cups'));
    expect(product.map(({ event }) => event)).toEqual(['view_item', 'add_to_cart']);
    expect(product[1]?.ecommerce).toMatchObject({
      currency: 'RUB',
      value: 4980,
      items: [{ item_id: 'two-cups', item_name: 'Two cups “Clay”', price: 2490, quantity: 2 }],
    });
    expect(events(await visitor.page('/demo/en/cart')).map(({ event }) => event)).toEqual(['view_cart']);
    const checkout = events(await visitor.page('/demo/en/checkout'));
    expect(checkout).toMatchObject([{ event: 'begin_checkout', ecommerce: { value: 4980 } }]);
  });
});

describe('cart', () => {
  it('is kept in a cookie through adding, changing and removing', async () => {
    const visitor = visit();
    const added = await visitor.post('/demo/en/cart/add', { id: 'oak-tray', quantity: '1' });
    expect(added.status).toBe(303);
    expect(added.headers.get('location')).toBe('/demo/en/product/oak-tray');
    await visitor.post('/demo/en/cart/add', { id: 'smoked-tea', quantity: '2' });
    expect(await visitor.page('/demo/en/cart')).toContain('₽6,270');
    await visitor.post('/demo/en/cart/set', { id: 'smoked-tea', quantity: '1' });
    const changed = await visitor.page('/demo/ru/cart');
    expect(changed).toContain('4\u00a0980\u00a0₽');
    expect(events(changed).map(({ event }) => event)).toEqual(['remove_from_cart', 'view_cart']);
    await visitor.post('/demo/en/cart/remove', { id: 'oak-tray' });
    await visitor.post('/demo/en/cart/set', { id: 'smoked-tea', quantity: '0' });
    expect(await visitor.page('/demo/en/cart')).toContain('The cart is empty');
  });

  it('takes no more than nine of a thing, and nothing that is sold out', async () => {
    const visitor = visit();
    await visitor.post('/demo/en/cart/add', { id: 'two-cups', quantity: '999' });
    await visitor.post('/demo/en/cart/add', { id: 'paper-star', quantity: '1' });
    expect(events(await visitor.page('/demo/en/cart')).at(-1)?.ecommerce).toMatchObject({
      items: [{ item_id: 'two-cups', quantity: 9 }],
    });
  });

  it.each(['', 'two-cups', 'two-cups:-4', 'nothing:2', '%3Cscript%3E:1', 'paper-star:1', '..:::'])(
    'reads the cookie "%s" as an empty cart',
    async (cookie) => {
      const visitor = visit();
      visitor.cookies.set('demo_cart', cookie);
      expect(await visitor.page('/demo/en/cart')).toContain('The cart is empty');
    },
  );
});

describe('checkout', () => {
  const works: Answers = {
    ...takesOrders,
    '/v1/codes/BACK-7Q/check': () => Response.json({ code: 'BACK-7Q', status: 'issued', discount: 998.5 }),
    '/v1/codes/BACK-7Q/redeem': () =>
      Response.json({ code: 'BACK-7Q', status: 'redeemed', orderId: ORDER, discount: 998.5 }),
  };

  it('sends an empty cart back to the cart', async () => {
    const response = await visit().send('/demo/en/checkout');
    expect(response.headers.get('location')).toBe('/demo/en/cart');
  });

  it('applies a good code: asks Linger with the secret key and shows the new total', async () => {
    const visitor = await withTwoTeapots(works);
    const html = await (await visitor.post('/demo/en/checkout', { ...buyer, code: ' BACK-7Q ', act: 'apply' })).text();
    expect(html).toContain('Code BACK-7Q works.');
    expect(html).toContain('−₽998.50');
    expect(html).toContain('₽8,981.50');
    expect(html).toContain('value="anna@example.com"');
    expect(visitor.asked).toHaveLength(1);
    expect(visitor.asked[0]?.headers.get('authorization')).toBe('Bearer sk_demo');
    expect(visitor.asked[0]?.body).toEqual({ orderId: ORDER, total: 9980, currency: 'RUB', email: 'anna@example.com' });
  });

  it('places the order with the code: redeems it, reports the order, thanks the buyer', async () => {
    const visitor = await withTwoTeapots(works);
    const placed = await visitor.post('/demo/ru/checkout', { ...buyer, code: 'BACK-7Q', act: 'place' });
    expect(placed.status).toBe(303);
    expect(placed.headers.get('location')).toBe(`/demo/ru/thanks?order=${ORDER}`);
    expect(visitor.asked.map(({ path }) => path)).toEqual(['/v1/codes/BACK-7Q/redeem', '/v1/orders']);
    expect(visitor.asked[1]?.headers.get('idempotency-key')).toBe(`order-${ORDER}`);
    expect(visitor.asked[1]?.body).toEqual({
      id: ORDER,
      number: ORDER,
      status: 'paid',
      email: 'anna@example.com',
      name: 'Anna',
      total: 8981.5,
      currency: 'RUB',
      codes: ['BACK-7Q'],
      items: [
        {
          id: 'stoneware-teapot',
          title: 'Чайник «Мох» из каменной керамики',
          price: 4990,
          currency: 'RUB',
          category: 'Чай',
          quantity: 2,
          url: 'http://shop.test/demo/ru/product/stoneware-teapot',
          image: 'http://shop.test/demo/pictures/stoneware-teapot.svg',
        },
      ],
      placedAt: '2026-11-22T10:00:00.000Z',
      locale: 'ru',
    });
    const thanks = await visitor.page(`/demo/ru/thanks?order=${ORDER}`);
    for (const text of ['Спасибо', ORDER, 'BACK-7Q', '8\u00a0981,50\u00a0₽']) expect(thanks).toContain(text);
    expect(events(thanks)).toMatchObject([
      { event: 'purchase', ecommerce: { transaction_id: ORDER, value: 8981.5, currency: 'RUB', coupon: 'BACK-7Q' } },
    ]);
    expect(events(await visitor.page(`/demo/ru/thanks?order=${ORDER}`))).toEqual([]);
    expect(await visitor.page('/demo/ru/cart')).toContain('Корзина пуста');
  });

  it('makes one order of a double click', async () => {
    const visitor = await withTwoTeapots(works);
    const press = () => visitor.post('/demo/en/checkout', { ...buyer, code: 'BACK-7Q', act: 'place' });
    const both = await Promise.all([press(), press()]);
    expect(both.map((response) => response.headers.get('location'))).toEqual(
      Array(2).fill(`/demo/en/thanks?order=${ORDER}`),
    );
    expect(visitor.asked).toHaveLength(2);
  });

  it.each([
    [404, 'code_not_found', 'We don’t know this code', 'Такого промокода мы не знаем'],
    [410, 'code_expired', 'This code has run out', 'Срок действия промокода истёк'],
    [409, 'already_redeemed', 'This code has been used already', 'Этот промокод уже использован'],
    [409, 'reserved', 'Another order holds this code', 'сейчас занят другим заказом'],
    [409, 'order_has_code', 'This order has a code already', 'уже есть промокод'],
    [422, 'below_minimum', 'This code needs a bigger order', 'нужен заказ на'],
    [403, 'code_bound', 'belongs to another e-mail address', 'выдан на другой адрес'],
  ])('answers %i %s with its reason in both languages, and holds the order', async (status, code, english, russian) => {
    const refuses = () => problem(status, code);
    const answers = { ...takesOrders, '/v1/codes/OLD/check': refuses, '/v1/codes/OLD/redeem': refuses };
    const visitor = await withTwoTeapots(answers);
    const fields = { ...buyer, code: 'OLD' };
    const applied = await visitor.post('/demo/en/checkout', { ...fields, act: 'apply' });
    expect(await applied.text()).toContain(english);
    const held = await visitor.post('/demo/ru/checkout', { ...fields, act: 'place' });
    expect(held.status).toBe(422);
    expect(await held.text()).toContain(russian);
    expect(visitor.asked.some(({ path }) => path === '/v1/orders')).toBe(false);
    const placed = await visitor.post('/demo/ru/checkout', { ...buyer, code: '', act: 'place' });
    expect(placed.status).toBe(303);
  });

  it.each<[string, () => Response | Promise<Response>]>([
    ['is down', () => Promise.reject(new TypeError('fetch failed'))],
    ['hangs', () => new Promise<Response>(() => {})],
    ['fails', () => new Response('<h1>502</h1>', { status: 502 })],
    ['turns our key away', () => problem(401, 'unauthorized')],
    ['is overloaded', () => problem(429, 'too_many_requests')],
    ['talks nonsense', () => Response.json({ discount: 'a lot' })],
  ])('places the order at the full price and says so when Linger %s', async (_, silent) => {
    const answers = { '/v1/codes/BACK-7Q/check': silent, '/v1/codes/BACK-7Q/redeem': silent, '/v1/orders': silent };
    const visitor = await withTwoTeapots(answers);
    const applied = await visitor.post('/demo/en/checkout', { ...buyer, code: 'BACK-7Q', act: 'apply' });
    expect(await applied.text()).toContain('We can’t check codes at the moment');
    const placed = await visitor.post('/demo/en/checkout', { ...buyer, code: 'BACK-7Q', act: 'place' });
    expect(placed.status).toBe(303);
    const thanks = await visitor.page(`/demo/en/thanks?order=${ORDER}`);
    expect(thanks).toContain('the order stands at the full price');
    expect(thanks).toContain('₽9,980');
    expect(visitor.asked.at(-1)?.body).toMatchObject({ total: 9980, codes: [] });
  });

  it.each([
    ['a broken address', { email: 'anna@', name: 'Anna' }, 'Please write an address'],
    ['no name', { email: 'anna@example.com', name: '  ' }, 'Please tell us your name'],
  ])('asks again for %s and asks Linger nothing', async (_, fields, complaint) => {
    const visitor = await withTwoTeapots();
    const response = await visitor.post('/demo/en/checkout', { ...fields, code: 'X', act: 'place' });
    expect(response.status).toBe(422);
    expect(await response.text()).toContain(complaint);
    expect(visitor.asked).toEqual([]);
  });
});

describe('hostile input', () => {
  const nasty = '"><script>alert(1)</script>';

  it('comes back escaped from the form', async () => {
    const visitor = await withTwoTeapots();
    const response = await visitor.post('/demo/en/checkout', { email: nasty, name: nasty, code: nasty, act: 'place' });
    const html = await response.text();
    expect(html).not.toContain('<script>alert');
    expect(html).toContain('&quot;&gt;&lt;script&gt;');
  });

  it('comes back escaped from the order, for people and for machines', async () => {
    const visitor = await withTwoTeapots();
    await visitor.post('/demo/en/checkout', { ...buyer, name: nasty, code: '', act: 'place' });
    const html = await visitor.page(`/demo/en/thanks?order=${ORDER}`);
    expect(html).toContain('&lt;script&gt;alert(1)');
    expect(html).not.toContain('<script>alert');
  });

  it.each(['..', '../orders', 'a/b?c=d', '%2e%2e', nasty])('never reaches the API as the code "%s"', async (code) => {
    const visitor = await withTwoTeapots();
    const response = await visitor.post('/demo/en/checkout', { ...buyer, code, act: 'apply' });
    expect(await response.text()).toContain('We don’t know this code');
    expect(visitor.asked).toEqual([]);
  });

  it('is turned away when it is too long', async () => {
    const visitor = await withTwoTeapots();
    const response = await visitor.post('/demo/en/checkout', { ...buyer, code: 'x'.repeat(20_000), act: 'apply' });
    expect(response.status).toBe(413);
  });
});
