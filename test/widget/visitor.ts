/** A visitor with a real browser: goes to pages, leaves by the top of the window, and looks into the popup's shadow tree. */

import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

export interface Visitor {
  page: Page;
  context: BrowserContext;
  /** Uncaught errors and console errors of all pages. */
  errors: string[];
  popup: Locator;
  /** Loads the page, and waits until the widget has told the server of it. */
  visit(url: string): Promise<void>;
  /** Moves the pointer out through the top and waits until that counts as leaving. */
  leave(): Promise<void>;
  close(): Promise<void>;
}

export interface VisitorOptions {
  locale?: string;
  width?: number;
  /** The screen can be touched. */
  touch?: boolean;
  /** Does nothing on a page but look at it, until the test does: then the page is read after some seconds. */
  idle?: boolean;
}

/** To every page of the context the visitor does something as soon as it has loaded, so that nobody waits to see whether they stay. */
export async function makeBusy(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => addEventListener('load', () => dispatchEvent(new Event('keydown'))));
}

export async function newVisitor(
  browser: Browser,
  { locale = 'en-US', width = 1280, touch = false, idle = false }: VisitorOptions = {},
): Promise<Visitor> {
  const context = await browser.newContext({ locale, viewport: { width, height: 800 }, hasTouch: touch });
  if (!idle) await makeBusy(context);
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  return {
    page,
    context,
    errors,
    popup: page.locator('linger-popup'),
    async visit(url) {
      const opened = page.waitForResponse(
        (response) =>
          /\/v1\/visits$/.test(response.url()) && (response.request().postData() ?? '').includes('"page_view"'),
      );
      await page.goto(url);
      await opened;
      // The answer has come; what the widget does with it takes a few turns of the page's loop.
      await expect.poll(() => page.evaluate(() => localStorage.getItem('linger'))).toContain('"arms"');
    },
    async leave() {
      const before = await page.evaluate(exitsNoticed);
      await page.mouse.move(200, 300);
      await page.mouse.move(200, -5);
      await expect.poll(() => page.evaluate(exitsNoticed)).toBeGreaterThan(before);
      await page.mouse.move(200, 300);
    },
    close: () => context.close(),
  };
}

/** How often leaving was confirmed in this visit: the decision is made in the same turn. */
function exitsNoticed(): number {
  return (localStorage.getItem('linger') ?? '').split('exit_intent').length - 1;
}
