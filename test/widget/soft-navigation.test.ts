import { expect, test } from 'vitest';
import { product, useStage } from './stage.ts';
import type { Visitor } from './visitor.ts';

const stage = useStage();

const told = (visitor: Visitor, text: string): Promise<unknown> =>
  visitor.page.waitForFunction((wanted) => (localStorage.getItem('linger') ?? '').includes(wanted), text);

const viewed = () => stage.shop.events().flatMap((event) => (event.type === 'view_item' ? [event.item] : []));
const paths = () => stage.shop.events().flatMap((event) => (event.type === 'page_view' ? [event.path] : []));

async function open(html: string, path = '/p'): Promise<Visitor> {
  stage.shop.pages[path.replace(/#.*/, '')] = html;
  const visitor = await stage.arrive();
  await visitor.visit(stage.shop.url + path);
  return visitor;
}

/** Goes to an address without loading, once the page has drawn what `draw` draws. */
const turn = (visitor: Visitor, address: string, draw = ''): Promise<unknown> =>
  visitor.page.evaluate(`history.pushState(null, '', ${JSON.stringify(address)}); ${draw}`);

const CANONICAL = '<link rel="canonical" href="/p">';
const ld = (name: string, sku: string): string =>
  `document.querySelector('[type="application/ld+json"]').textContent = JSON.stringify({
    '@type': 'Product', name: '${name}', sku: '${sku}', offers: { price: 80, priceCurrency: 'USD' } });`;

test('the last page’s canonical address is not this page’s', async () => {
  const visitor = await open(CANONICAL + product('Linen throw', 'A1'));
  await turn(visitor, '/next', ld('Ash tray', 'B1'));
  await told(visitor, '"B1"');
  await visitor.page.goto('about:blank');
  await expect.poll(viewed).toMatchObject([
    { id: 'A1', url: `${stage.shop.url}/p` },
    { id: 'B1', url: `${stage.shop.url}/next` },
  ]);
});

test('markup that was left standing is of no product here, and of its own again when the visitor is back', async () => {
  const graph = '<meta property="og:type" content="product"><meta property="product:price:amount" content="129">';
  const visitor = await open(graph + product('Linen throw', 'A1'));
  await turn(visitor, '/about', "document.querySelector('h1').textContent = 'About us';");
  await told(visitor, '"/about"');
  await visitor.page.waitForTimeout(3_000);
  await visitor.page.goBack();
  await visitor.page.waitForFunction(() => (localStorage.getItem('linger') ?? '').split('"page_view"').length > 3);
  await visitor.page.goto('about:blank');
  await expect.poll(paths).toEqual(['/p', '/about', '/p']);
  await expect.poll(viewed).toMatchObject([{ id: 'A1' }, { id: 'A1' }]);
  const kinds = stage.shop.events().flatMap((event) => (event.type === 'page_view' ? [event.kind] : []));
  expect(kinds).toEqual(['product', 'unknown', 'product']);
});

test('what a page draws late is found without being announced', async () => {
  const visitor = await open('<!doctype html><title>Shop</title><h1>Shop</h1>TAG');
  await turn(
    visitor,
    '/mug',
    `setTimeout(() => { const block = document.createElement('script'); block.type = 'application/ld+json';
       block.textContent = '{"@type":"Product","name":"Mug","sku":"M1"}'; document.head.append(block) }, 1500)`,
  );
  await told(visitor, '"M1"');
  await visitor.page.goto('about:blank');
  await expect.poll(viewed).toMatchObject([{ id: 'M1', title: 'Mug' }]);
});

test('routes in the hash are pages with addresses of their own', async () => {
  const visitor = await open(CANONICAL + product('Linen throw', 'A1').replace('"sku":"A1",', ''), '/p#/throw');
  await visitor.page.evaluate(`location.hash = '#/tray'; ${ld('Ash tray', '').replace("sku: '',", '')}`);
  await told(visitor, 'Ash tray');
  await visitor.page.evaluate("location.hash = '#/cart'");
  await visitor.page.waitForFunction(() => (localStorage.getItem('linger') ?? '').split('"page_view"').length > 3);
  await visitor.page.goto('about:blank');
  await expect.poll(viewed).toMatchObject([
    { title: 'Linen throw', url: `${stage.shop.url}/p#/throw` },
    { title: 'Ash tray', url: `${stage.shop.url}/p#/tray` },
  ]);
  const kinds = stage.shop.events().flatMap((event) => (event.type === 'page_view' ? [event.kind] : []));
  expect(kinds).toEqual(['product', 'product', 'cart']);
});

test('readers of pages that were left hear nothing any more, and nothing is listened to twice', async () => {
  const visitor = await open(
    `<script>window.added = 0; const listen = EventTarget.prototype.addEventListener, drop = EventTarget.prototype.removeEventListener;
      EventTarget.prototype.addEventListener = function (...said) { added += 1; return listen.apply(this, said) };
      EventTarget.prototype.removeEventListener = function (...said) { added -= 1; return drop.apply(this, said) }</script>
     ${product('Linen throw', 'A1')}<a id="share" href="https://vk.com/share.php?url=x" onclick="event.preventDefault()">share</a>`,
  );
  await visitor.page.waitForTimeout(1_000);
  const counts: unknown[] = [];
  for (const at of [1, 2, 3, 4]) {
    await turn(visitor, `/page-${at}`, ld(`Thing ${at}`, `T${at}`));
    await told(visitor, `"T${at}"`);
    await visitor.page.waitForTimeout(500);
    counts.push(await visitor.page.evaluate('added'));
  }
  await visitor.page.click('#share');
  await visitor.page.goto('about:blank');
  await expect
    .poll(() => stage.shop.events().filter(({ type }) => type === 'share'))
    .toMatchObject([{ network: 'vk', item: { id: 'T4' } }]);
  expect(new Set(counts.slice(1)).size).toBe(1);
  expect(visitor.errors).toEqual([]);
});
