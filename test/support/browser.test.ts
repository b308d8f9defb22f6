import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from './browser.ts';

const PAGE = `data:text/html;charset=utf-8,<!doctype html><title>Тест</title>
<body style="background:white"><p style="font:40px sans-serif">Скидка 10%25 discount</p>
<script>
  window.seen = [];
  document.documentElement.addEventListener('mouseleave', (event) => seen.push(['leave', event.clientY < 0]));
  document.addEventListener('mouseout', (event) => event.relatedTarget === null && seen.push(['out', event.clientY < 0]));
</script>`;

let browser: Browser;
let page: Page;

beforeAll(async () => {
  browser = await launchBrowser();
  page = await browser.newPage({ viewport: { width: 400, height: 200 }, reducedMotion: 'reduce' });
  await page.goto(PAGE);
}, 120_000);

afterAll(() => browser?.close());

test('opens a page and runs its script', async () => {
  expect(await page.title()).toBe('Тест');
  expect(await page.evaluate(() => matchMedia('(prefers-reduced-motion: reduce)').matches)).toBe(true);
});

test('takes a screenshot of the viewport', async () => {
  const image = await page.screenshot();
  expect([image.readUInt32BE(16), image.readUInt32BE(20)]).toEqual([400, 200]);
});

test('has letters for Latin and Cyrillic, not the same box for each', async () => {
  const widths = await page.evaluate(() => {
    const brush = document.createElement('canvas').getContext('2d');
    if (!brush) return [];
    brush.font = '40px sans-serif';
    return ['i', 'W', 'г', 'Щ'].map((letter) => brush.measureText(letter).width);
  });
  expect(new Set(widths).size).toBe(4);
});

test('sees the pointer leave through the top of the page', async () => {
  await page.mouse.move(200, 100);
  await page.mouse.move(200, -20);
  expect(await page.evaluate('window.seen')).toContainEqual(['out', true]);
});
