/** One visitor with a cold cache on a slow machine: loads the page, looks at it, leaves through the top; all of it on record. */

import type { Browser, CDPSession, Page } from 'playwright-core';
import type { Site } from './site.ts';
import type { TraceEvent } from './trace.ts';
import type { Variant } from './variants.ts';

export interface Visited {
  events: TraceEvent[];
  lcpMs: number;
  cls: number;
  requests: number;
}

/** How much slower than this machine: what the web's own tools take for a phone of the middle class. */
const SLOWER = 4;
const LONGEST_MS = 15_000;
/** After the last request was asked for: its answer is read and acted upon. */
const SETTLE_MS = 500;
/** From the pointer's leaving: its confirmation, then the popup's first frames. */
const LEAVING_MS = 900;

const CATEGORIES = [
  'devtools.timeline',
  'disabled-by-default-devtools.timeline',
  'devtools.timeline.frame',
  'disabled-by-default-devtools.timeline.frame',
  'disabled-by-default-v8.compile',
  'v8',
  'v8.execute',
  'blink.user_timing',
];

export const PAGE_PATH = '/collections/table';

/** Every script of ours names itself so, and is left out of what is counted. */
export const PROBE = 'bench-probe.js';

export async function visit(browser: Browser, site: Site, variant: Variant): Promise<Visited> {
  const context = await browser.newContext({ locale: 'en-US', viewport: { width: 1280, height: 800 } });
  try {
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
    await browser.startTracing(page, { categories: CATEGORIES });
    await page.goto(site.shop + PAGE_PATH, { waitUntil: 'load', timeout: LONGEST_MS });
    await settled(site, variant);
    const lcpMs = await probe<number>(session, LOOK);
    const requests = site.asked.length;
    await leave(page, session, variant);
    const cls = await probe<number>(session, SHIFTS);
    const { traceEvents } = JSON.parse((await browser.stopTracing()).toString('utf8')) as { traceEvents: TraceEvent[] };
    return { events: traceEvents, lcpMs, cls, requests };
  } finally {
    await context.close();
  }
}

async function settled(site: Site, { name, waitsFor }: Variant): Promise<void> {
  const until = performance.now() + LONGEST_MS;
  while (!waitsFor.every((path) => site.asked.some((asked) => path.test(asked)))) {
    if (performance.now() > until) throw new Error(`${name} did not settle; it asked for ${site.asked.join(' ')}`);
    await pause(20);
  }
  await pause(SETTLE_MS);
}

async function leave(page: Page, session: CDPSession, { shows }: Variant): Promise<void> {
  await page.mouse.move(700, 400);
  await probe(session, watchFor(shows));
  await page.mouse.move(700, -5);
  await pause(LEAVING_MS);
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function probe<T>(session: CDPSession, expression: string): Promise<T> {
  const source = `${expression}\n//# sourceURL=${PROBE}`;
  const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
    expression: source,
    awaitPromise: true,
    returnByValue: true,
  });
  if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
  return result.value as T;
}

const observed = (type: string, first: string, fold: string): string => `new Promise((done) => {
  let value = ${first};
  new PerformanceObserver((list) => { for (const entry of list.getEntries()) { ${fold} } })
    .observe({ type: '${type}', buffered: true });
  setTimeout(() => done(value), 50);
})`;

const LOOK = observed('largest-contentful-paint', '0', 'value = entry.startTime;');
const SHIFTS = observed('layout-shift', '0', 'if (!entry.hadRecentInput) value += entry.value;');

/** Marks in the trace: the looking is over; the pointer left; the dialog is in the page. */
const watchFor = (shows: string | null): string => `{
  document.documentElement.addEventListener('mouseleave', () => performance.mark('bench:left'), { capture: true, once: true });
  new MutationObserver((records, observer) => {
    if (!records.some(({ addedNodes }) => [...addedNodes].some(({ localName }) => localName === '${shows}'))) return;
    observer.disconnect();
    performance.mark('bench:shown');
  }).observe(document.documentElement, { childList: true });
  performance.mark('bench:looked');
}`;
