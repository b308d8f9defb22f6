import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { useStage } from './stage.ts';

const stage = useStage();
const SNIPPET = new URL('../../snippets/shopify-customer-events.js', import.meta.url);

const money = (amount: number) => ({ amount, currencyCode: 'USD' });
const variant = (id: number, title: string, price: number) => ({
  id: id * 10,
  title: 'Default',
  price: money(price),
  image: { src: '//cdn.example/throw.jpg' },
  product: { id, title, url: `/products/${id}?variant=${id * 10}`, type: 'Throws' },
});
const lines = [
  { quantity: 2, title: 'Linen throw', variant: variant(7, 'Linen throw', 15.5) },
  { quantity: 1, title: 'Gift wrap', variant: null },
];
const checkout = {
  token: 'tok_1',
  currencyCode: 'USD',
  totalPrice: money(31),
  email: 'anna@example.com',
  discountApplications: [
    { type: 'DISCOUNT_CODE', title: 'BACK-10' },
    { type: 'AUTOMATIC', title: 'Summer' },
  ],
  lineItems: lines,
};

/** The snippet under the names that Shopify's sandbox gives it, in a browser that has been to the shop, or has not. */
async function tell(name: string, data: unknown, visited = true) {
  const { shop } = stage;
  shop.pages['/p'] = visited ? '<!doctype html><title>Shop</title>TAG' : '<!doctype html><title>Shop</title>';
  const visitor = await stage.arrive();
  if (visited) await visitor.visit(`${shop.url}/p`);
  else await visitor.page.goto(`${shop.url}/p`);
  const before = shop.batches.length;
  await visitor.page.evaluate(() => {
    const listeners: Record<string, (event: unknown) => unknown> = {};
    Object.assign(window, {
      listeners,
      analytics: {
        subscribe: (event: string, listener: (event: unknown) => unknown) =>
          Object.assign(listeners, { [event]: listener }),
      },
      browser: { localStorage: { getItem: async (key: string) => localStorage.getItem(key) } },
      init: { context: { document: { location } } },
    });
  });
  const snippet = readFileSync(SNIPPET, 'utf8').replace('https://linger.example', shop.url).replace('pk_…', 'pk_test');
  await visitor.page.addScriptTag({ content: snippet });
  await visitor.page.evaluate(
    async ([event, said]) => {
      const listeners = Reflect.get(window, 'listeners') as Record<string, (event: unknown) => unknown>;
      await listeners[String(event)]?.({ name: event, timestamp: new Date().toISOString(), data: said });
    },
    [name, data] as const,
  );
  return shop.batches.slice(before);
}

test.each([
  ['checkout_started', { checkout }, { type: 'begin_checkout', value: 31 }],
  [
    'checkout_completed',
    { checkout: { ...checkout, order: { id: '5001' } } },
    {
      type: 'purchase',
      orderId: '5001',
      value: 31,
      currency: 'USD',
      codes: ['BACK-10'],
      items: [{ id: '7', title: 'Linen throw', price: 15.5, quantity: 2, image: 'http://cdn.example/throw.jpg' }],
    },
  ],
  [
    'checkout_completed',
    { checkout: { ...checkout, order: { id: 'gid://shopify/OrderIdentity/5001' } } },
    { type: 'purchase', orderId: '5001' },
  ],
  ['checkout_completed', { checkout: { ...checkout, order: null } }, { type: 'purchase', orderId: 'tok_1' }],
  [
    'product_removed_from_cart',
    { cartLine: { quantity: 1, merchandise: variant(7, 'Linen throw', 15.5) } },
    { type: 'remove_from_cart', quantity: 1, item: { id: '7', category: 'Throws' } },
  ],
  [
    'cart_viewed',
    {
      cart: {
        cost: { totalAmount: money(31) },
        lines: [{ quantity: 2, merchandise: variant(7, 'Linen throw', 15.5) }],
      },
    },
    { type: 'cart', value: 31, currency: 'USD', items: [{ id: '7', quantity: 2 }] },
  ],
])('%s becomes an event of the visit that began in the theme', async (name, data, event) => {
  const sent = await tell(name, data);
  expect(sent).toHaveLength(1);
  expect(sent[0]).toMatchObject({ shop: 'pk_test', events: [event] });
  expect(sent[0]?.visit).toBe(stage.shop.batches[0]?.visit);
  expect(JSON.stringify(sent)).not.toContain('anna');
});

test('a cart that can’t be seen, and a browser that never was in the shop, tell nothing', async () => {
  expect(await tell('cart_viewed', { cart: null })).toEqual([]);
  expect(await tell('checkout_started', { checkout }, false)).toEqual([]);
});
