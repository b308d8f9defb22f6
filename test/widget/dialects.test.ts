import { expect, test } from 'vitest';
import { readLiteral } from '../../widget/dialects/literal.ts';
import { DIALECT_CASES } from '../cases/widget-dialects.ts';
import { useStage } from './stage.ts';

const stage = useStage();

test.each(DIALECT_CASES)('%s', async (_name, html, kind, item) => {
  const { shop } = stage;
  shop.pages['/p'] = html;
  const visitor = await stage.arrive();
  await visitor.visit(`${shop.url}/p`);
  const [view] = shop.events().filter(({ type }) => type === 'page_view');
  expect(view).toMatchObject({ kind });
  const viewed = shop.events().filter(({ type }) => type === 'view_item');
  if (item) expect(viewed).toMatchObject([{ item }]);
  else expect(viewed).toEqual([]);
  expect(visitor.errors.filter((error) => !error.startsWith('Failed to load resource'))).toEqual([]);
});

test('Shopify’s cart is read again after a request that changes it', async () => {
  const { shop } = stage;
  const [, html = ''] = DIALECT_CASES[0] ?? [];
  shop.pages['/p'] = html;
  const visitor = await stage.arrive();
  const line = { product_id: 7, product_title: 'Linen throw', final_price: 1550, quantity: 2, url: '/products/throw' };
  const cart = { currency: 'USD', total_price: 3100, items: [line], discount_codes: [{ code: 'TEN' }] };
  await visitor.page.route('**/cart.js', (route) => route.fulfill({ json: cart }));
  await visitor.page.route('**/cart/add.js', (route) => route.fulfill({ json: {} }));
  await visitor.visit(`${shop.url}/p`);
  const read = visitor.page.waitForResponse('**/cart.js');
  await visitor.page.evaluate(() => fetch('/cart/add.js', { method: 'POST', body: 'id=72' }));
  await read;
  await visitor.leave();
  await expect
    .poll(() => shop.events().find(({ type }) => type === 'cart'))
    .toMatchObject({ value: 31, codes: ['TEN'], items: [{ id: '7', title: 'Linen throw', price: 15.5, quantity: 2 }] });
});

test.each([
  [`{'a':'it\\'s','b':[1,-2.5,],c:true,"d":null}`, { a: "it's", b: [1, -2.5], c: true, d: null }],
  [`{a: alert(1), b: function () { return "}" }, c: 5 * x, d: 'x'}`, { a: null, b: null, c: null, d: 'x' }],
  [`{'a':'\\u041f\\n', /* why */ b: {c: [[{}]]}} trailing`, { a: 'П\n', b: { c: [[{}]] } }],
  [`{'__proto__': {'x': 1}}`, { ['__proto__']: { x: 1 } }],
  ['{', {}],
  ["{'a", {}],
  ['document.cookie', null],
  [`${'['.repeat(9_000)}`, expect.anything()],
])('reads %s without running it', (text, expected) => {
  expect(JSON.parse(JSON.stringify(readLiteral(text)))).toEqual(expected === null ? null : expected);
});
