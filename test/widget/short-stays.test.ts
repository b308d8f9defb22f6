import { expect, test } from 'vitest';
import { product, useStage } from './stage.ts';

const stage = useStage();

const NAMES = ['Linen throw', 'Ash tray', 'Mug', 'Bowl', 'Candle', 'Basket'];
const STAY_MS = 700;
/** A busy machine brings the last batch late. */
const PATIENCE = { timeout: 10_000 };

test.each([
  ['whose chunks come at once', 0],
  ['whose chunks take longer than any page is looked at', 1_000],
])('every product of a hasty visit is told, in a shop %s', async (_which, delay) => {
  const { shop } = stage;
  for (const [at, name] of NAMES.entries()) shop.pages[`/${at}`] = product(name, `S${at}`);
  shop.pages['/end'] = '<!doctype html><title>End</title>TAG';
  const visitor = await stage.arrive();
  await visitor.page.route(/\/watch-\w+\.js$/, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, delay));
    await route.continue().catch(() => {});
  });
  for (const at of NAMES.keys()) {
    await visitor.page.goto(`${shop.url}/${at}`);
    await visitor.page.waitForTimeout(STAY_MS);
  }
  await visitor.page.goto(`${shop.url}/end`);
  const viewed = () => shop.events().flatMap((event) => (event.type === 'view_item' ? [event.item.id] : []));
  await expect.poll(() => [...new Set(viewed())].sort(), PATIENCE).toEqual(NAMES.map((_, at) => `S${at}`));
  expect(viewed()).toHaveLength(NAMES.length);
  // Not before: what is on its way when a page is left waits for the next page, and here comes none.
  await visitor.page.goto('about:blank');
  await expect
    .poll(() => shop.events().filter(({ type }) => type === 'page_view').length, PATIENCE)
    .toBe(NAMES.length + 1);
  expect(visitor.errors).toEqual([]);
});

test('a page that was left unread and had no product tells of none', async () => {
  const { shop } = stage;
  shop.pages['/a'] =
    '<!doctype html><title>Blog</title><meta property="og:title" content="Products we love"><h1>Blog</h1>TAG';
  shop.pages['/checkout'] = product('Linen throw', 'A1');
  shop.pages['/end'] = '<!doctype html><title>End</title>TAG';
  const visitor = await stage.arrive();
  await visitor.page.route(/\/watch-\w+\.js$/, (route) => setTimeout(() => route.continue().catch(() => {}), 600));
  for (const path of ['/a', '/checkout']) {
    await visitor.page.goto(shop.url + path);
    await visitor.page.waitForTimeout(100);
  }
  await visitor.visit(`${shop.url}/end`);
  await visitor.page.goto('about:blank');
  await expect.poll(() => shop.events().filter(({ type }) => type === 'page_view').length, PATIENCE).toBe(3);
  expect(shop.events().filter(({ type }) => type === 'view_item')).toEqual([]);
});
