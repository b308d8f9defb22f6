import { describe, expect, test } from 'vitest';
import { config, rule } from './recorder.ts';
import { product, push, useStage } from './stage.ts';
import type { Visitor } from './visitor.ts';

const stage = useStage();

const SHOP = product('Linen throw', 'A1', '129.00', '<button data-linger-open>Offer</button>');
const END = '<!doctype html><title>End</title>TAG';
const NAMED = '<script async src="/l.js?shop=pk_test" data-shop="pk_test"></script>';

const told = (): string[] => stage.shop.events().map(({ type }) => type);
const asked = (pattern: RegExp): string[] => stage.shop.requests.filter((request) => pattern.test(request));

/** Comes to look at a page, and does nothing else. */
async function lookAt(path: string): Promise<Visitor> {
  const visitor = await stage.arrive({ idle: true });
  await visitor.page.goto(stage.shop.url + path);
  await visitor.page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)));
  return visitor;
}

describe('who only looks at a page', () => {
  test('costs it one request, and is counted on going', async () => {
    stage.shop.pages['/p'] = SHOP.replace('TAG', NAMED);
    const { page, errors } = await lookAt('/p');
    await page.mouse.move(300, 60);
    await page.mouse.move(300, 400);
    await page.waitForTimeout(500);
    expect(asked(/l\.js|v1|-\w{10}\.js/)).toEqual(['GET /l.js']);
    await page.goto('about:blank');
    await expect.poll(told).toEqual(['page_view']);
    expect(errors).toEqual([]);
  });

  test('has the page read after some seconds, and told at once, with its product', async () => {
    stage.shop.pages['/p'] = SHOP;
    await lookAt('/p');
    await expect.poll(() => told().slice(0, 2)).toEqual(['page_view', 'view_item']);
    expect(stage.shop.events()[0]).toMatchObject({ type: 'page_view', kind: 'product' });
  });

  test('is asked on leaving by the top, about the page’s own product', async () => {
    stage.shop.pages['/p'] = SHOP.replace('TAG', NAMED);
    const { page, popup, errors } = await lookAt('/p');
    await page.mouse.move(400, 300);
    await page.mouse.move(400, -5);
    await popup.locator('dialog[open]').waitFor();
    expect(await popup.locator('dialog').textContent()).toContain('Linen throw');
    expect(errors).toEqual([]);
  });

  test('and then presses what opens an offer, gets it at the first press', async () => {
    stage.shop.config = config([rule({ moment: 'manual' })]);
    stage.shop.pages['/p'] = SHOP;
    const { page, popup } = await lookAt('/p');
    await page.click('[data-linger-open]');
    await popup.locator('dialog[open]').waitFor();
  });

  test('is told of, with the product, by the next page', async () => {
    stage.shop.pages['/p'] = SHOP;
    stage.shop.pages['/end'] = END;
    const { page } = await lookAt('/p');
    await page.goto(`${stage.shop.url}/end`);
    await expect.poll(() => stage.shop.events().filter(({ type }) => type === 'view_item')).toHaveLength(1);
    await page.goto('about:blank');
    await expect.poll(() => told().filter((type) => type === 'page_view')).toHaveLength(2);
  });
});

describe('an order on a page that is left before anyone could read it', () => {
  const ORDERS: [string, string][] = [
    ['a call', `<script>linger('order', { id: '1001', total: 129, currency: 'USD' })</script>`],
    [
      'a push of GA4',
      push('purchase', 'A1', 'Linen throw').replace('ecommerce: {', "ecommerce: { transaction_id: '1001', value: 129,"),
    ],
    [
      'a push of Universal Analytics',
      `<script>(window.dataLayer = window.dataLayer || []).push({ ecommerce: { currencyCode: 'USD', purchase: { actionField: { id: '1001', revenue: 129 }, products: [] } } })</script>`,
    ],
  ];
  const STUB =
    '<script>window.linger = window.linger || function () { (linger.q = linger.q || []).push(arguments) }</script>';

  test.each(ORDERS)('is told by the next page, where it is %s', async (_what, said) => {
    stage.shop.pages['/p'] = SHOP;
    stage.shop.pages['/done'] = `<!doctype html><title>Done</title>${STUB}${said}TAG`;
    stage.shop.pages['/end'] = END;
    const { page } = await lookAt('/p');
    await page.route(/\/watch-\w+\.js$/, async (route) => {
      await new Promise((resolve) => setTimeout(resolve, page.url().endsWith('/done') ? 3_000 : 0));
      await route.continue().catch(() => {});
    });
    await page.goto(`${stage.shop.url}/done`);
    await page.goto(`${stage.shop.url}/end`);
    const bought = () => stage.shop.events().flatMap((event) => (event.type === 'purchase' ? [event.orderId] : []));
    await expect.poll(bought).toEqual(['1001']);
  });
});

test('a first visit that is over before anything was asked for is recorded, where the file knows that it may be', async () => {
  stage.shop.pages['/p'] = SHOP.replace('TAG', NAMED);
  const { page } = await stage.arrive({ idle: true });
  // The page never comes to rest.
  await page.route(/slow\.png/, () => {});
  stage.shop.pages['/p'] += '<img src="/slow.png">';
  await page.goto(`${stage.shop.url}/p`, { waitUntil: 'commit' });
  await page.waitForFunction(() => (window as { linger?: { loaded?: true } }).linger?.loaded);
  await page.goto('about:blank');
  await expect.poll(told).toEqual(['page_view']);
});

test.each(['session', 'none'] as const)(
  'a shop whose memory is %s keeps to it in a file that knows',
  async (memory) => {
    stage.shop.config = config([rule()], { memory });
    stage.shop.pages['/p'] = SHOP.replace('TAG', NAMED);
    const { page, context } = await stage.arrive({ idle: true });
    await page.goto(`${stage.shop.url}/p`);
    await page.waitForResponse(/\/watch-\w+\.js$/);
    await page.waitForTimeout(500);
    expect(await page.evaluate(() => localStorage.length)).toBe(0);
    expect(await context.cookies()).toEqual([]);
    expect(told().includes('page_view')).toBe(memory === 'session');
  },
);
