import { expect, test } from 'vitest';
import { MOOTOOLS, PROTOTYPE_JS } from '../cases/widget-hostile-pages.ts';
import { product, push, useStage } from './stage.ts';

const stage = useStage();

/** Two blocks of one product, a data layer of several lines: where lists are walked most. */
const SECOND = `<script type="application/ld+json">${JSON.stringify({
  '@type': 'Product',
  name: 'Linen throw',
  brand: 'Loom',
  category: 'Throws',
  offers: [{ price: 129, priceCurrency: 'USD' }],
})}</script>`;
const DETAIL = `<script>dataLayer.push({ ecommerce: { currencyCode: 'USD', purchase: { actionField: { id: 'T1' }, products: [
  { id: 'A1', name: 'Linen throw', price: 129, quantity: 1 }, { id: 'B1', name: 'Mug', price: 5.5, quantity: 2 }] } } })</script>`;

test.each([
  ['Prototype.js', PROTOTYPE_JS],
  ['MooTools', MOOTOOLS],
  [
    'an Array.from of its own',
    'Array.from = () => []; Array.prototype.reduce = () => 7; Array.prototype.entries = () => []',
  ],
  ['a toJSON that says the same of everything', 'Object.prototype.toJSON = function () { return "mine" }'],
])('all that a page says is heard beside %s', async (_name, habits) => {
  const { shop } = stage;
  shop.pages['/p'] =
    `<script>${habits}</script>${product('Linen throw', 'A1')}${SECOND}${push('add_to_cart', 'A1', 'Linen throw')}${DETAIL}`;
  const visitor = await stage.arrive();
  await visitor.visit(`${shop.url}/p`);
  await visitor.page.goto('about:blank');
  const told = () => shop.events().filter(({ type }) => !['page_view', 'engagement'].includes(type));
  await expect.poll(told).toMatchObject([
    { type: 'view_item', item: { id: 'A1', title: 'Linen throw', price: 129, currency: 'USD', category: 'Throws' } },
    { type: 'add_to_cart', item: { id: 'A1', image: `${shop.url}/a.svg` } },
    { type: 'purchase', orderId: 'T1', value: 140, items: [{ id: 'A1' }, { id: 'B1', quantity: 2 }] },
  ]);
  expect(visitor.errors).toEqual([]);
});
