import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { buildWidget } from '../../widget/build.ts';
import { exitCases } from '../cases/widget-exits.ts';
import { launchBrowser } from '../support/browser.ts';
import { newTimedVisitor, type TimedVisitor } from '../support/timed-visitor.ts';
import { config, openRecorder, type Recorder, rule, summary } from '../widget/recorder.ts';
import { product, push } from '../widget/stage.ts';

let browser: Browser;
let shop: Recorder;
let visitor: TimedVisitor | undefined;

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

const FRAME_MS = 20;
const TALL = '<div style="height:5000px"></div>';

test.each(exitCases)('$name', async ({ touch, cart, more, path = '/p', arm, rule: changes, act, signals, shown }) => {
  const head = '<meta name="viewport" content="width=device-width">';
  const carted = cart ? push('add_to_cart', 'A1', 'Linen throw') : '';
  const rest = carted + (more ?? '') + TALL;
  shop.pages['/p'] = head + product('Linen throw', 'A1', '129.00', rest);
  shop.pages[path] ??= `${head}<!doctype html><title>Shop</title>TAG${rest}`;
  shop.config = config([rule(changes)]);
  shop.visits = summary({ arms: { [rule().id]: arm ?? null } });
  visitor = await newTimedVisitor(browser, { touch: touch ?? false });
  await visitor.visit(shop.url + path);
  if (shown) await popupLoaded(visitor);
  await act(visitor);
  // What was noticed is written down once the next frame has been drawn.
  await visitor.pass(FRAME_MS);
  await expect.poll(visitor.signals).toEqual(signals);
  // What is to open may still be on its way; what is not has had its turn.
  if (shown) await expect.poll(visitor.shown).toBe(true);
  else expect(await visitor.shown()).toBe(false);
  expect(visitor.errors).toEqual([]);
});

/** A popup that is still on its way when the clock jumps would rightly be too late. */
async function popupLoaded({ page, pass }: TimedVisitor): Promise<void> {
  const chunks = (): string[] => shop.requests.filter((request) => /\/(popup|formats|words-en)-/.test(request));
  // Whoever looks elsewhere may come back at any moment; this one hasn't gone.
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await expect
    .poll(async () => {
      await pass(100);
      return chunks().length;
    })
    .toBe(2);
  const urls = chunks().map((request) => request.replace('GET ', shop.url));
  await page.evaluate(`Promise.all(${JSON.stringify(urls)}.map((url) => import(url))).then(() => undefined)`);
}
