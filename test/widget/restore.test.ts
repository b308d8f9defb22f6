/** A letter's link fills the cart on any device, by the platform's own means or the shop's. */

import { expect, test, vi } from 'vitest';
import { useStage } from './stage.ts';

vi.setConfig({ testTimeout: 60_000 });

const stage = useStage();
const TOKEN = 'dG9rZW4-_token';
const line = (id: string, quantity: number, path = `/products/${id}`) => ({
  id,
  title: id,
  price: 10,
  currency: 'EUR',
  url: `${stage.shop.url}${path}`,
  quantity,
});

/** Lands on `/p` with the parameter, as a letter's link leads there. */
async function land(page: string, cart: object, answers: Record<string, object> = {}, status = 200) {
  const { shop } = stage;
  shop.pages['/p'] = page;
  shop.pages['/cart'] = '<!doctype html><title>Cart</title>';
  shop.answers = { '/v1/restore': { status, body: cart } };
  for (const [path, body] of Object.entries(answers)) shop.answers[path] = { status: 200, body };
  const visitor = await stage.arrive();
  await visitor.page.goto(`${shop.url}/p?size=m&linger=restore:${TOKEN}#top`);
  return visitor;
}
const posted = () => stage.shop.posted.map(([path, body]) => [path, JSON.parse(body)]);

const SHOPIFY = `<!doctype html><title>P</title><script>window.Shopify = { routes: { root: '/' } };</script>TAG`;
const WOO = `<!doctype html><title>P</title><link rel="https://api.w.org/" href="/wp-json/">
<script>window.wcSettings = { storePages: { cart: { permalink: '/cart' } } };</script><body class="woocommerce">TAG`;

test('Shopify’s cart gets what it lacks, the code is set, and the cart is shown', async () => {
  const { shop } = stage;
  const cart = {
    lines: [line('teapot', 2, '/products/teapot?variant=11'), line('mug', 1), line('tea', 1)],
    code: 'BACK 10',
    gone: [],
  };
  const { page } = await land(SHOPIFY, cart, {
    '/cart.js': { items: [{ variant_id: 11, quantity: 1 }] },
    '/products/mug.js': { variants: [{ id: 22 }] },
    // Which of these is wanted, nobody knows.
    '/products/tea.js': { variants: [{ id: 31 }, { id: 32 }] },
    '/cart/add.js': { items: [] },
    '/discount/BACK%2010': {},
  });
  await page.waitForURL(`${shop.url}/discount/BACK%2010?redirect=%2Fcart`);
  expect(posted()).toEqual([
    ['/v1/restore', { shop: 'pk_test', token: TOKEN }],
    [
      '/cart/add.js',
      {
        items: [
          { id: 11, quantity: 1 },
          { id: 22, quantity: 1 },
        ],
      },
    ],
  ]);
});

test('WooCommerce’s cart gets each thing by itself, then the coupon', async () => {
  const { shop } = stage;
  const cart = { lines: [line('7', 2), line('9', 1)], code: 'BACK', gone: [] };
  const { page } = await land(WOO, cart, {
    '/wp-json/wc/store/v1/cart': { items: [{ id: 9, quantity: 1 }] },
    '/wp-json/wc/store/v1/cart/add-item': { items: [] },
    '/wp-json/wc/store/v1/cart/apply-coupon': {},
  });
  await page.waitForURL(`${shop.url}/cart`);
  expect(posted().slice(1)).toEqual([
    ['/wp-json/wc/store/v1/cart/add-item', { id: 7, quantity: 2 }],
    ['/wp-json/wc/store/v1/cart/apply-coupon', { code: 'BACK' }],
  ]);
});

test('a shop’s own way comes first, and the address forgets the token', async () => {
  const own = `<!doctype html><title>P</title><script>
    window.linger = window.linger || function () { (linger.q = linger.q || []).push(arguments) };
    linger('restore', (cart) => { window.given = cart });
  </script>TAG`;
  const cart = { lines: [line('teapot', 2)], code: null, gone: [{ id: 'mug', title: 'Mug' }] };
  const { page, errors } = await land(own, cart);
  await page.waitForFunction(() => 'given' in window);
  expect(await page.evaluate(() => Reflect.get(window, 'given'))).toEqual(cart);
  expect(page.url()).toBe(`${stage.shop.url}/p?size=m#top`);
  expect(errors).toEqual([]);
});

test('a token that is stale, and a page whose cart nobody can fill, leave the visitor where they are', async () => {
  for (const [body, status] of [
    [{ code: 'not_found' }, 404],
    [{ lines: [line('teapot', 1)], code: 'BACK', gone: [] }, 200],
  ] as const) {
    const { page } = await land('<!doctype html><title>P</title>TAG', body, {}, status);
    await expect.poll(() => stage.shop.requests).toContain('POST /v1/restore');
    await expect.poll(() => page.url()).toBe(`${stage.shop.url}/p?size=m#top`);
    stage.shop.requests.length = 0;
  }
});
