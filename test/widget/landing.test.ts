import { describe, expect, test } from 'vitest';
import { product, push, useStage } from './stage.ts';

const stage = useStage();
const SHOP = product('Linen throw', 'A1');

test('a cold page that only its data layer describes offers the item that it names', async () => {
  stage.shop.pages['/p'] =
    `<!doctype html><html lang="en"><title>Shop</title>${push('view_item', 'A1', 'Linen throw')}TAG`;
  const visitor = await stage.arrive();
  await visitor.visit(`${stage.shop.url}/p`);
  await visitor.leave();
  await expect.poll(() => visitor.popup.locator('h2').textContent()).toContain('10%');
  expect(await visitor.popup.locator('dialog').textContent()).toContain('Linen throw');
  expect(await visitor.popup.locator('dialog').textContent()).toContain('$116.10');
});

describe('who leaves a page before we have come is asked once we have', () => {
  test.each([
    ['the page’s reader', /\/watch-\w+\.js$/],
    ['the rules', /\/v1\/config/],
    ['the server’s answer', /\/v1\/visits$/],
    ['the popup', /\/(judge|offer|popup)-\w+\.js$/],
  ])('where it is %s that takes its time', async (_which, late) => {
    stage.shop.pages['/p'] = SHOP;
    const { page, popup, errors } = await stage.arrive();
    await page.route(late, async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      await route.continue().catch(() => {});
    });
    await page.goto(`${stage.shop.url}/p`);
    await page.mouse.move(400, 300);
    await page.mouse.move(400, -5);
    await popup.locator('dialog[open]').waitFor();
    expect(errors).toEqual([]);
  });

  test('but not who has come back in the meantime', async () => {
    stage.shop.pages['/p'] = SHOP;
    const { page, popup } = await stage.arrive();
    await page.route(/\/v1\/config/, async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      await route.continue().catch(() => {});
    });
    await page.goto(`${stage.shop.url}/p`);
    for (const y of [300, -5]) await page.mouse.move(400, y);
    await page.waitForTimeout(600);
    await page.mouse.move(400, 300);
    await expect.poll(() => stage.shop.batches.length).toBeGreaterThan(0);
    await page.waitForTimeout(600);
    expect(await popup.count()).toBe(0);
  });

  test('a leaving that a script tells of counts without a move before it', async () => {
    stage.shop.pages['/p'] = SHOP;
    const { page, popup } = await stage.arrive();
    await page.goto(`${stage.shop.url}/p`);
    // The browser tells on its own where the pointer is: whoever goes out before that has come back in.
    await page.waitForFunction(() => document.documentElement.matches(':hover'));
    await page.evaluate(() =>
      document.documentElement.dispatchEvent(new MouseEvent('mouseleave', { clientX: 300, clientY: -1 })),
    );
    await popup.locator('dialog[open]').waitFor();
  });
});
