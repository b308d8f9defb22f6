import { expect, test } from 'vitest';
import { cartChanges } from '../../widget/collect/cart-changes.ts';
import { CART_CASES } from '../cases/widget-carts.ts';
import { DIALECT_CASES } from '../cases/widget-dialects.ts';
import { push, useStage } from './stage.ts';
import type { Visitor } from './visitor.ts';

const stage = useStage();

const ASIDE = ['page_view', 'engagement'];
const told = () => stage.shop.events().filter(({ type }) => !ASIDE.includes(type));

test.each(CART_CASES)('%s', async (_name, html, acts, events) => {
  const { shop } = stage;
  shop.pages['/p'] = html;
  const visitor = await stage.arrive();
  await visitor.page.route(/section\/load|\/api\/cart\/add|add2basket/, (route) => route.fulfill({ json: {} }));
  await visitor.visit(`${shop.url}/p`);
  // The shop's own script speaks once the page has settled, and no sooner than the widget watches its cart.
  await visitor.page.waitForTimeout(500);
  for (const act of acts) {
    await visitor.page.evaluate(`{ ${act} }`);
    // Longer than the widget waits for a cart to come to rest: each act is told apart from the next.
    await visitor.page.waitForTimeout(900);
  }
  await visitor.page.goto('about:blank');
  await expect.poll(told).toMatchObject(events);
  expect(visitor.errors.filter((error) => !error.startsWith('Failed to load resource'))).toEqual([]);
});

const line = (quantity: number) => ({
  product_id: 7,
  product_title: 'Linen throw',
  final_price: 1550,
  quantity,
  url: '/products/throw',
});

/** A Shopify shop whose cart holds what `change` was told last. */
async function shopify(
  lines: object[],
  cookie = '',
): Promise<{ visitor: Visitor; change(lines: object[]): Promise<void> }> {
  const { shop } = stage;
  const [, html = ''] = DIALECT_CASES[0] ?? [];
  shop.pages['/p'] = html;
  let items = lines;
  const visitor = await stage.arrive();
  if (cookie) await visitor.context.addCookies([{ name: 'cart', value: cookie, url: shop.url }]);
  await visitor.page.route('**/cart.js', (route) => route.fulfill({ json: { currency: 'USD', items } }));
  await visitor.page.route('**/cart/change.js', (route) => route.fulfill({ json: {} }));
  const first = cookie ? visitor.page.waitForResponse('**/cart.js') : null;
  await visitor.visit(`${shop.url}/p`);
  await first;
  return {
    visitor,
    async change(now) {
      items = now;
      const read = visitor.page.waitForResponse('**/cart.js');
      await visitor.page.evaluate(() => fetch('/cart/change.js', { method: 'POST' }));
      await read;
      // The answer is read by the page after the network is through with it.
      await visitor.page.waitForTimeout(200);
    },
  };
}

test('Shopify: an empty cart that gets its first line was added to', async () => {
  const { visitor, change } = await shopify([]);
  await change([line(1)]);
  await change([line(4)]);
  await change([line(2)]);
  await visitor.page.goto('about:blank');
  await expect
    .poll(told)
    .toMatchObject([
      { type: 'view_item' },
      { type: 'add_to_cart', quantity: 1, item: { id: '7', title: 'Linen throw', price: 15.5 } },
      { type: 'cart' },
      { type: 'add_to_cart', quantity: 3 },
      { type: 'cart' },
      { type: 'remove_from_cart', quantity: 2 },
      { type: 'cart', items: [{ id: '7', quantity: 2 }] },
    ]);
});

test('Shopify: what was in the cart already was not added now', async () => {
  const { visitor, change } = await shopify([line(2)], 'c1');
  await change([line(2), { ...line(1), product_id: 8, product_title: 'Mug' }]);
  await visitor.page.goto('about:blank');
  await expect
    .poll(told)
    .toMatchObject([
      { type: 'view_item' },
      { type: 'cart', items: [{ id: '7', quantity: 2 }] },
      { type: 'add_to_cart', quantity: 1, item: { id: '8', title: 'Mug' } },
      { type: 'cart', items: [{ id: '7' }, { id: '8' }] },
    ]);
});

test('Shopify: what analytics tell of is not told again by the cart', async () => {
  const { visitor, change } = await shopify([]);
  await visitor.page.evaluate(push('add_to_cart', '7', 'Linen throw', 15.5).replace(/<\/?script>/g, ''));
  await change([line(1)]);
  await visitor.page.goto('about:blank');
  await expect
    .poll(told)
    .toMatchObject([
      { type: 'view_item' },
      { type: 'add_to_cart', item: { id: '7' } },
      { type: 'cart', items: [{ id: '7', quantity: 1 }] },
    ]);
});

test('lines of one product are counted together, and another cart is no shopping', () => {
  const of = (id: string, quantity: number) => ({
    id,
    title: id,
    price: 1,
    currency: null,
    url: 'https://x.test/',
    quantity,
  });
  expect(cartChanges([of('A', 1), of('A', 2)], [of('A', 3)])).toEqual([]);
  expect(cartChanges([of('A', 1)], [of('A', 2.5)])).toMatchObject([{ type: 'add_to_cart', quantity: 1.5 }]);
  expect(
    cartChanges(
      [],
      Array.from({ length: 20 }, (_, at) => of(`${at}`, 1)),
    ),
  ).toEqual([]);
});
