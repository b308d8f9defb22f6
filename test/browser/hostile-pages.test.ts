import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { buildWidget } from '../../widget/build.ts';
import { type HostilePage, hostilePages } from '../cases/widget-hostile-pages.ts';
import { launchBrowser } from '../support/browser.ts';
import { openRecorder, type Recorder } from '../widget/recorder.ts';
import { newVisitor, type Visitor } from '../widget/visitor.ts';

/** Twice what a leaving takes to be confirmed: by then whatever would have been shown is there. */
const BY_THEN_MS = 700;

let browser: Browser;
let shop: Recorder;
let visitor: Visitor | undefined;

beforeAll(async () => {
  await buildWidget({ quiet: true });
  [browser, shop] = await Promise.all([launchBrowser(), openRecorder()]);
});
afterAll(async () => {
  await browser?.close();
  await shop?.close();
});
afterEach(async () => {
  await visitor?.close();
  shop.reset();
});

test('there are at least forty of them', () => expect(hostilePages.length).toBeGreaterThanOrEqual(40));

test.each(hostilePages)('$name', async (hostile) => {
  shop.pages['/p'] = written(hostile);
  shop.policy = hostile.policy ?? '';
  visitor = await newVisitor(browser);
  const { page } = visitor;
  await page.addInitScript(watchShifts);
  await page.goto(`${shop.url}/p`, { waitUntil: 'networkidle' });
  await leave(page);
  if (hostile.shows) await visitor.popup.locator('dialog[open]').waitFor({ timeout: 8_000 });
  else await page.waitForTimeout(BY_THEN_MS);
  expect(await visitor.popup.count()).toBe(hostile.shows ? 1 : 0);
  expect(visitor.errors.filter((error) => !isTheBrowsers(error))).toEqual([]);
  expect(await page.evaluate(addedGlobals)).toSatisfy(atMostOurs);
  expect(await page.evaluate('__shift')).toBe(0);
});

function written({ before = '', after = '', tag }: HostilePage): string {
  const own = tag ?? '<script async src="SRC" data-shop="pk_test"></script>';
  const first = before.startsWith('<') ? before : `<script>${before}</script>`;
  const globals = '<script>__before = Object.getOwnPropertyNames(window)</script>';
  const body = '<h1>Shop</h1><p>Things</p><div style="height:3000px"></div>';
  return `<!doctype html><html lang="en"><title>Shop</title>${first}${globals}${own}${body}${after}`.replaceAll(
    'SRC',
    `${shop.url}/l.js`,
  );
}

/** Some of these pages can't be asked whether they noticed; going out twice is as good. */
async function leave(page: Page): Promise<void> {
  await page.mouse.move(200, 300);
  await page.mouse.move(200, -5);
}

/** A policy that forbids our requests is told of by the browser, whatever we do. */
const isTheBrowsers = (error: string): boolean =>
  /Content Security Policy|violates the following|ERR_FAILED|ERR_BLOCKED|favicon|404/.test(error);

const atMostOurs = (names: unknown): boolean => Array.isArray(names) && names.every((name) => name === 'linger');

function watchShifts(): void {
  Object.assign(window, { __shift: 0, __before: [] });
  const scope = window as unknown as { __shift: number };
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) scope.__shift += (entry as unknown as { value: number }).value;
  }).observe({ type: 'layout-shift', buffered: true });
}

/** By hand: the page may have spoilt what else would do it. */
function addedGlobals(): string[] {
  const { __before } = window as unknown as { __before: string[] };
  const now = Object.getOwnPropertyNames(window);
  const added: string[] = [];
  for (let at = 0; at < now.length; at += 1) {
    const name = now[at] ?? '';
    if (__before.indexOf(name) < 0 && !/^(storm|rain|tag|again|\d+)$/.test(name)) added[added.length] = name;
  }
  return added;
}
