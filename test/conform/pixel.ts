/** Shopify's customer events through our snippet, run in a browser under the names that Shopify's sandbox gives it. */

import { readFileSync } from 'node:fs';
import type { VisitEvent } from '../../core/visits/event.ts';
import { differ, type Sample, type Verdict } from './sample.ts';
import { openSite, type Site } from './site.ts';

interface Line {
  id: string;
  variant_id?: string;
  title?: string;
  price?: number;
  currency?: string;
  url?: string;
}

export interface PixelExpected {
  viewed?: Line[];
  cart_add?: Line;
  order?: { id?: string; total?: number; currency?: string; coupons?: string[] };
}

const HOST = 'pixel.example';
const SNIPPET = new URL('../../snippets/shopify-customer-events.js', import.meta.url);

export async function conformPixel(samples: Sample<PixelExpected>[]): Promise<Verdict[]> {
  const site = await openSite([HOST]);
  try {
    const verdicts: Verdict[] = [];
    for (const { name, text, expected } of samples) {
      verdicts.push({ name, problems: problemsOf(expected, await run(site, JSON.parse(text))) });
    }
    return verdicts;
  } finally {
    await site.close();
  }
}

async function run(site: Site, event: { name: string }): Promise<VisitEvent[]> {
  const opened = await site.open('<title>Shop</title>', `http://${HOST}/`);
  const { page, events } = opened;
  events.length = 0;
  const snippet = readFileSync(SNIPPET, 'utf8')
    .replace('https://linger.example', site.origin)
    .replace('pk_…', 'pk_test');
  await page.evaluate(() => {
    const listeners: Record<string, (event: unknown) => unknown> = {};
    Object.assign(window, {
      listeners,
      analytics: {
        subscribe: (name: string, listener: (event: unknown) => unknown) =>
          Object.assign(listeners, { [name]: listener }),
      },
      browser: { localStorage: { getItem: async (key: string) => localStorage.getItem(key) } },
      init: { context: { document: { location } } },
    });
  });
  await page.addScriptTag({ content: snippet });
  await page.evaluate((told) => {
    const listeners = Reflect.get(window, 'listeners') as Record<string, (event: unknown) => unknown>;
    return listeners[told.name]?.(told);
  }, event);
  await opened.close();
  return events;
}

function problemsOf({ viewed = [], cart_add: added, order }: PixelExpected, events: VisitEvent[]): string[] {
  const views = events.flatMap((event) => (event.type === 'view_item' ? [event.item] : []));
  const add = events.find((event) => event.type === 'add_to_cart');
  const bought = events.find((event) => event.type === 'purchase');
  const lines: [string, Line, Record<string, unknown> | undefined][] = viewed.map((line, index) => [
    'viewed',
    line,
    views[index] && { ...views[index] },
  ]);
  if (added) lines.push(['added', added, add?.type === 'add_to_cart' ? { ...add.item } : undefined]);
  return [
    ...lines.flatMap(([what, line, got]) => [
      ...([line.id, line.variant_id].includes(String(got?.id)) ? [] : differ(`${what} id`, line.id, got?.id)),
      ...(['title', 'price', 'currency'] as const).flatMap((key) =>
        line[key] === undefined ? [] : differ(`${what} ${key}`, line[key], got?.[key]),
      ),
      ...(line.url && !new URL(String(got?.url)).pathname.startsWith(line.url)
        ? differ(`${what} url`, line.url, got?.url)
        : []),
    ]),
    ...(order
      ? differ('order', [order.id, order.total], bought?.type === 'purchase' ? [bought.orderId, bought.value] : null)
      : []),
  ];
}
