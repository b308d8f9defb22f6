import { readdir } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { mainProduct } from '../../widget/collect/json-ld.ts';
import { useStage } from './stage.ts';

const stage = useStage();
const viewed = () => stage.shop.events().flatMap((event) => (event.type === 'view_item' ? [event.item] : []));
const views = () => stage.shop.events().filter(({ type }) => type === 'page_view');

const SHOPIFY = `<!doctype html><html><head><title>Linen throw | Shop</title><script>
window.Shopify = { currency: { active: 'USD' } };
window.ShopifyAnalytics = { meta: { currency: 'USD', page: { pageType: 'product' }, product: { id: 7, variants: [
  { id: 71, price: 1000, name: 'Linen throw - S', public_title: 'S' },
  { id: 72, price: 1550, name: 'Linen throw - L', public_title: 'L' }] } } };
</script><meta property="og:type" content="product"><meta property="product:price:amount" content="10.00"></head>
<body><h1>Linen throw</h1><form action="/cart/add"><select id="size"><option>S</option><option>L</option></select>
<input type="hidden" name="id" value="71"><button type="submit" name="add">Add</button></form>
<script>
const choose = (id, out) => { document.querySelector('[name=id]').value = id; document.querySelector('[name=add]').disabled = out };
document.querySelector('#size').addEventListener('change', ({ target }) => setTimeout(() => choose(target.value === 'L' ? 72 : 71, target.value === 'L'), 100));
</script>TAG</body></html>`;

test('Shopify: another variant is viewed anew, with its price and its stock, and is what the page is about from then on', async () => {
  const { shop } = stage;
  shop.pages['/p'] = SHOPIFY;
  const visitor = await stage.arrive();
  await visitor.visit(`${shop.url}/p`);
  await visitor.page.selectOption('#size', 'L');
  await visitor.page.waitForFunction(() => (localStorage.getItem('linger') ?? '').includes('15.5'));
  await visitor.page.evaluate("linger('share', { network: 'vk' }); dispatchEvent(new Event('pagehide'))");
  await visitor.page.selectOption('#size', 'S');
  await visitor.page.waitForTimeout(800);
  await visitor.page.goto('about:blank');
  await expect.poll(viewed).toMatchObject([
    { id: '7', title: 'Linen throw', price: 10, available: true },
    { id: '7', title: 'Linen throw', price: 15.5, available: false },
    { id: '7', title: 'Linen throw', price: 10, available: true },
  ]);
  expect(views()).toHaveLength(1);
  expect(visitor.errors).toEqual([]);
});

test('a variant in the address is no other page', async () => {
  const { shop } = stage;
  const ld = JSON.stringify({
    '@type': 'ProductGroup',
    name: 'Linen throw',
    productGroupID: 'G1',
    hasVariant: [
      { '@type': 'Product', url: '/p?variant=1', offers: { price: 10, priceCurrency: 'USD', availability: 'InStock' } },
      {
        '@type': 'Product',
        url: '/p?variant=2',
        offers: { price: 15.5, priceCurrency: 'USD', availability: 'OutOfStock' },
      },
    ],
  });
  shop.pages['/p'] =
    `<!doctype html><title>Linen throw</title><link rel="canonical" href="/p"><script type="application/ld+json">${ld}</script><h1>Linen throw</h1>TAG`;
  const visitor = await stage.arrive();
  await visitor.visit(`${shop.url}/p?variant=1`);
  await visitor.page.evaluate("history.replaceState(null, '', '/p?variant=2')");
  await visitor.page.waitForFunction(() => (localStorage.getItem('linger') ?? '').includes('15.5'));
  await visitor.page.goto('about:blank');
  await expect.poll(viewed).toMatchObject([
    { id: 'G1', price: 10, available: true },
    { id: 'G1', price: 15.5, available: false },
  ]);
  expect(views()).toHaveLength(1);
});

test('WooCommerce: the chosen variation', async () => {
  const { shop } = stage;
  const variations = JSON.stringify([
    { variation_id: 11, display_price: 10, display_regular_price: 12, is_in_stock: true, image: { src: '/s.jpg' } },
    { variation_id: 12, display_price: 20, display_regular_price: 20, is_in_stock: false, image: { src: '/l.jpg' } },
  ]);
  shop.pages['/p'] =
    `<!doctype html><html><head><title>Throw</title></head><body class="single-product woocommerce"><div class="product"><div class="summary">
    <h1 class="product_title">Linen throw</h1><p class="price"><span class="amount">$10</span> – <span class="amount">$20</span></p>
    <form class="cart variations_form" data-product_variations='${variations}'><select id="size"><option value="">-</option><option value="12">L</option></select>
    <input type="hidden" name="product_id" value="9"><input type="hidden" name="variation_id" value="0"></form></div></div>
    <script>document.querySelector('#size').onchange = ({ target }) => { document.querySelector('[name=variation_id]').value = target.value }</script>TAG</body></html>`;
  const visitor = await stage.arrive();
  await visitor.visit(`${shop.url}/p`);
  await visitor.page.selectOption('#size', '12');
  await visitor.page.waitForTimeout(800);
  await visitor.page.goto('about:blank');
  await expect.poll(viewed).toMatchObject([
    { id: '9', price: null },
    { id: '9', price: 20, available: false, image: `${shop.url}/l.jpg` },
  ]);
});

test('a code has an address where the platform has one, on the shop’s own origin', async () => {
  const { shop } = stage;
  shop.pages['/p'] = SHOPIFY.replace(
    "currency: { active: 'USD' }",
    "currency: { active: 'USD' }, routes: { root: '/en/' }",
  );
  const visitor = await stage.arrive();
  await visitor.page.goto(`${shop.url}/p?variant=71`);
  const chunk = (await readdir(new URL('../../dist/widget/', import.meta.url))).find((name) =>
    name.startsWith('shopify-'),
  );
  const url = await visitor.page.evaluate(`import('/${chunk}').then(({ dialect }) => dialect.applyUrl('BACK 10%'))`);
  expect(url).toBe(`${shop.url}/en/discount/BACK%2010%25?redirect=%2Fp%3Fvariant%3D71`);
});

test.each([
  ['https://shop.example/p?variant=2', 15.5],
  ['https://shop.example/p', 10],
])('at %s the price is %s', (address, price) => {
  const offers = [
    { url: '/p?variant=1', price: 10 },
    { url: '/p?variant=2', price: 15.5 },
  ];
  const text = JSON.stringify({ '@type': 'Product', name: 'Tee', offers });
  expect(mainProduct([text], address, ['https://shop.example/p', address])).toMatchObject({
    price,
    variants: [10, 15.5],
  });
});
