/** A visitor whose page has a clock that only the test moves: hours of looking, resting and being away, without waiting. */

import type { Browser, Page } from 'playwright-core';
import { expect } from 'vitest';
import { makeBusy } from '../widget/visitor.ts';

export interface TimedVisitor {
  page: Page;
  /** Uncaught errors and console errors. */
  errors: string[];
  /** Loads the page and lets the widget learn from the server what it needs. */
  visit(url: string): Promise<void>;
  pass(ms: number): Promise<void>;
  /** Out of sight for so long, then back. */
  away(ms: number): Promise<void>;
  /** Scrolls there at once, and lets the page hear of it. */
  scrollTo(y: number): Promise<void>;
  /** Each leaving that was noted, in order. */
  signals(): Promise<string[]>;
  /** Whether a popup is open, once the page has done what it had begun. */
  shown(): Promise<boolean>;
  close(): Promise<void>;
}

const START = new Date('2026-11-20T10:00:00Z').getTime();

export async function newTimedVisitor(browser: Browser, { touch = false } = {}): Promise<TimedVisitor> {
  const phone = { hasTouch: true, isMobile: true, viewport: { width: 390, height: 800 } };
  const context = await browser.newContext({
    locale: 'en-US',
    ...(touch ? phone : { viewport: { width: 1280, height: 800 } }),
  });
  await makeBusy(context);
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  await page.addInitScript(noteSignals);
  await page.clock.install({ time: START });
  await page.clock.pauseAt(START + 1_000);
  const pass = (ms: number): Promise<void> => page.clock.runFor(ms);

  return {
    page,
    errors,
    pass,
    async visit(url) {
      const requests: string[] = [];
      page.on('request', (request) => requests.push(request.url()));
      await page.goto(url);
      await expect
        .poll(async () => {
          await pass(300);
          return page.evaluate(() => localStorage.getItem('linger'));
        })
        .toContain('"arms"');
    },
    async away(ms) {
      await page.evaluate(turn, 'hidden');
      await pass(ms);
      await page.evaluate(turn, 'visible');
    },
    scrollTo: (y) =>
      page.evaluate(
        (top) =>
          new Promise<void>((done) => {
            if (scrollY === top) return done();
            addEventListener('scroll', () => done(), { once: true });
            scrollTo({ top, behavior: 'instant' });
          }),
        y,
      ),
    signals: () =>
      page.evaluate(() =>
        [...((window as unknown as { noted?: Set<string> }).noted ?? [])].map((one) => one.split('@')[0] ?? ''),
      ),
    async shown() {
      // Once it has been seen it locks the page.
      await pass(20);
      await page.evaluate(
        () =>
          new Promise<void>((done) => {
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = () => done();
            port2.postMessage('');
          }),
      );
      return page.evaluate(() => !!document.querySelector('linger-popup')?.shadowRoot?.querySelector('dialog')?.open);
    },
    close: () => context.close(),
  };
}

/** Headless tabs are never really hidden. */
function turn(state: string): void {
  Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state });
  document.dispatchEvent(new Event('visibilitychange'));
}

/** The memory is what a page writes in the turn in which it notes a leaving. */
function noteSignals(): void {
  const noted = new Set<string>();
  Object.assign(window, { noted });
  const { setItem } = Storage.prototype;
  Storage.prototype.setItem = function (key, value) {
    for (const [, signal, at] of value.matchAll(/"exit_intent","signal":"(\w+)","at":(\d+)/g))
      noted.add(`${signal}@${at}`);
    setItem.call(this, key, value);
  };
}
