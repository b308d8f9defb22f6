import { expect, test } from 'vitest';
import { PIXEL_CASES, PIXEL_VIEWS } from '../cases/widget-pixels.ts';
import { product, push, useStage } from './stage.ts';

const stage = useStage();

/** Longer than others have to say the same better. */
const SAID_MS = 5_500;
const ASIDE = ['page_view', 'view_item', 'engagement'];

test.each(PIXEL_CASES)('%s', async (_name, before, after, events) => {
  const { shop } = stage;
  shop.pages['/p'] =
    `<script src="//vk.com/js/api/openapi.js"></script><script>${before}</script>${product('Linen throw', 'A1')}`;
  const visitor = await stage.arrive();
  await visitor.page.route('**/openapi.js', (route) => route.fulfill({ body: '' }));
  await visitor.visit(`${shop.url}/p`);
  await visitor.page.evaluate(`{ ${after} }`);
  await visitor.page.waitForTimeout(SAID_MS);
  await visitor.page.goto('about:blank');
  const told = () => shop.events().filter(({ type }) => !ASIDE.includes(type));
  if (events.length) await expect.poll(told).toMatchObject(events);
  expect(told()).toHaveLength(events.length);
  expect(visitor.errors).toEqual([]);
});

test.each(PIXEL_VIEWS)('a view by %s', async (_name, script, item) => {
  const { shop } = stage;
  shop.pages['/p'] = `<!doctype html><title>Shop</title><script>${script}</script><h1>Плед</h1>TAG`;
  const visitor = await stage.arrive();
  await visitor.visit(`${shop.url}/p`);
  await visitor.page.waitForTimeout(2_500);
  await visitor.page.goto('about:blank');
  const viewed = () => shop.events().filter(({ type }) => type === 'view_item');
  if (item) await expect.poll(viewed).toMatchObject([{ item }]);
  else expect(viewed()).toEqual([]);
});

test('a pixel keeps its answer, its `this` and its properties', async () => {
  const { shop } = stage;
  shop.pages['/p'] = `<script>window.fbq = function (...said) { return [this === window, said.length] };
    fbq.callMethod = () => 1; fbq.queue = []; fbq.version = '2.0'</script>${product('Linen throw', 'A1')}`;
  const visitor = await stage.arrive();
  await visitor.visit(`${shop.url}/p`);
  expect(
    await visitor.page.evaluate(
      "[fbq('track', 'AddToCart', null), fbq.version, fbq.callMethod(), fbq.queue.length, (fbq.loaded = true, fbq.loaded)]",
    ),
  ).toEqual([[true, 3], '2.0', 1, 0, true]);
});

test('what the data layer tells too is told once, in its fuller words', async () => {
  const { shop } = stage;
  shop.pages['/p'] =
    `<script>window.fbq = function () {}; fbq.queue = []; window._tmr = []</script>${product('Linen throw', 'A1')}`;
  const visitor = await stage.arrive();
  await visitor.visit(`${shop.url}/p`);
  await visitor.page.evaluate(
    `fbq('track', 'AddToCart', { content_ids: ['shopify_1'], value: 129 });
     _tmr.push({ type: 'reachGoal', goal: 'add_to_cart', productid: '1' });
     ${push('add_to_cart', 'A1', 'Linen throw').replace(/<\/?script>/g, '')}`,
  );
  await visitor.page.waitForTimeout(SAID_MS);
  await visitor.page.goto('about:blank');
  const added = () => shop.events().filter(({ type }) => type === 'add_to_cart');
  await expect.poll(added).toMatchObject([{ item: { id: 'A1', title: 'Linen throw' } }]);
});

test('what was held back is told when the visitor leaves', async () => {
  const { shop } = stage;
  shop.pages['/p'] = `<script>window.fbq = function () {}; fbq.queue = []</script>${product('Linen throw', 'A1')}`;
  const visitor = await stage.arrive();
  await visitor.visit(`${shop.url}/p`);
  await visitor.page.evaluate("fbq('track', 'AddToCart', { content_ids: ['A1'] })");
  await visitor.page.goto('about:blank');
  await expect
    .poll(() => shop.events().filter(({ type }) => type === 'add_to_cart'))
    .toMatchObject([{ item: { id: 'A1' } }]);
});
