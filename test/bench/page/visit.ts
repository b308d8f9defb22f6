/** One visitor with a cold cache on a slow machine: loads the page, looks at it, leaves through the top; all of it on record. */

import type { Site } from './site.ts';
import type { TraceEvent } from './trace.ts';
import type { Variant } from './variants.ts';
import type { Wire } from './wire.ts';

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
  'blink',
];

export const PAGE_PATH = '/collections/table';

/** Every script of ours names itself so, and is left out of what is counted. */
export const PROBE = 'bench-probe.js';

export async function visit(wire: Wire, site: Site, variant: Variant): Promise<Visited> {
  const { browserContextId } = await wire.send<{ browserContextId: string }>('Target.createBrowserContext');
  try {
    const place = { url: 'about:blank', width: 1280, height: 800, browserContextId };
    const { targetId } = await wire.send<{ targetId: string }>('Target.createTarget', place);
    const attached = { targetId, flatten: true };
    const { sessionId } = await wire.send<{ sessionId: string }>('Target.attachToTarget', attached);
    const page: Send = (method, params) => wire.send(method, params, sessionId);
    await page('Emulation.setCPUThrottlingRate', { rate: SLOWER });
    const stopTracing = await traced(wire);
    await page('Page.enable');
    const loaded = once(wire, 'Page.loadEventFired');
    await page('Page.navigate', { url: site.shop + PAGE_PATH });
    await loaded;
    await settled(site, variant.name, variant.waitsFor);
    const lcpMs = await probe<number>(page, LOOK);
    await lookAround(page);
    await pause(SETTLE_MS);
    const requests = site.asked.length;
    await leave(page, variant);
    const cls = await probe<number>(page, SHIFTS);
    return { events: await stopTracing(), lcpMs, cls, requests };
  } finally {
    await wire.send('Target.disposeBrowserContext', { browserContextId });
  }
}

type Send = <T>(method: string, params?: object) => Promise<T>;

async function once(wire: Wire, method: string): Promise<void> {
  await new Promise<void>((resolve) => {
    const stop = wire.on(method, () => {
      stop();
      resolve();
    });
  });
}

async function traced(wire: Wire): Promise<() => Promise<TraceEvent[]>> {
  const events: TraceEvent[] = [];
  const stop = wire.on('Tracing.dataCollected', ({ value }: { value: TraceEvent[] }) => void events.push(...value));
  await wire.send('Tracing.start', { traceConfig: { includedCategories: CATEGORIES, excludedCategories: ['*'] } });
  return async () => {
    const complete = once(wire, 'Tracing.tracingComplete');
    await wire.send('Tracing.end');
    await complete;
    stop();
    return events;
  };
}

async function settled(site: Site, name: string, waitsFor: readonly RegExp[]): Promise<void> {
  const until = performance.now() + LONGEST_MS;
  while (!waitsFor.every((path) => site.asked.some((asked) => path.test(asked)))) {
    if (performance.now() > until) throw new Error(`${name} did not settle; it asked for ${site.asked.join(' ')}`);
    await pause(20);
  }
  await pause(SETTLE_MS);
}

/** As people do: the pointer wanders, the page is scrolled a little, and the menu at the top is looked at. */
async function lookAround(page: Send): Promise<void> {
  await probe(page, `performance.mark('bench:landed')`);
  for (const y of [300, 500, 420]) await move(page, y);
  for (const deltaY of [240, 240, -120])
    await page('Input.dispatchMouseEvent', { type: 'mouseWheel', x: 700, y: 400, deltaX: 0, deltaY });
  for (const y of [240, 120, 60]) await move(page, y);
}

async function leave(page: Send, { shows }: Variant): Promise<void> {
  await move(page, 400);
  await probe(page, watchFor(shows));
  await move(page, -5);
  await pause(LEAVING_MS);
}

const move = (page: Send, y: number): Promise<unknown> =>
  page('Input.dispatchMouseEvent', { type: 'mouseMoved', x: 700, y });

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function probe<T>(page: Send, expression: string): Promise<T> {
  const { result, exceptionDetails } = await page<Evaluated>('Runtime.evaluate', {
    expression: `${expression}\n//# sourceURL=${PROBE}`,
    awaitPromise: true,
    returnByValue: true,
  });
  if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
  return result.value as T;
}

interface Evaluated {
  result: { value?: unknown };
  exceptionDetails?: { text: string; exception?: { description?: string } };
}

const observed = (type: string, first: string, fold: string): string => `new Promise((done) => {
  let value = ${first};
  new PerformanceObserver((list) => { for (const entry of list.getEntries()) { ${fold} } })
    .observe({ type: '${type}', buffered: true });
  setTimeout(() => done(value), 50);
})`;

const LOOK = observed('largest-contentful-paint', '0', 'value = entry.startTime;');
const SHIFTS = observed('layout-shift', '0', 'if (!entry.hadRecentInput) value += entry.value;');

/** Marks in the trace: the looking is over; the pointer left; the dialog can be seen in the page. */
const watchFor = (shows: string | null): string => `{
  document.documentElement.addEventListener('mouseleave', () => performance.mark('bench:left'), { capture: true, once: true });
  new MutationObserver((records, observer) => {
    // One that is hidden is laid out, and nobody sees it yet.
    if (!document.querySelector(':root > ${shows}:not([hidden])')) return;
    observer.disconnect();
    performance.mark('bench:shown');
  }).observe(document.documentElement, { childList: true, subtree: true, attributeFilter: ['hidden'] });
  performance.mark('bench:looked');
}`;
