/** What a page had to say that was left before it could be read, read later from what was kept of its markup. */

import type { EventBody } from '../../core/visits/event.ts';
import { VISIT_GAP_MS } from '../../core/visits/visit.ts';
import type { EarlyWord, UnreadChunk } from '../bridge.ts';
import { guarded } from '../guard.ts';
import { fromJson } from '../json.ts';
import { readEntry } from './ga4.ts';
import { mainProduct } from './json-ld.ts';
import { readCall } from './manual.ts';
import { readOpenGraph } from './open-graph.ts';
import { kindOfAddress } from './page-kind.ts';
import { merged, readingOf } from './reading.ts';
import { plainText } from './text.ts';
import { eventsOf } from './told.ts';
import type { UnreadPage } from './unread.ts';
import { pageUrl, sameSite } from './url.ts';

/** Each once, unless it is this one, which is about to be read, or one of a visit that is over. */
export function tellUnread({ store, record }: Parameters<UnreadChunk['tellUnread']>[0]): void {
  const unread = store.read().unread ?? [];
  store.update((memory) => {
    delete memory.unread;
  });
  const told = new Set([location.href]);
  for (const page of unread) {
    if (told.has(page.url)) continue;
    told.add(page.url);
    // What was bought is to be known however late.
    for (const event of guarded(readOrders)(page) ?? []) record(event);
    if (Date.now() - page.at > VISIT_GAP_MS) continue;
    for (const event of guarded(readUnread)(page) ?? []) record(event);
  }
}

function readOrders({ url, words = [] }: UnreadPage): EventBody[] {
  const own = pageUrl(url, url) ?? url;
  const all = words.flatMap((text) => {
    const { name, data }: EarlyWord = fromJson(text);
    return name === undefined ? readEntry(data, own) : (readCall(name, data, own) ?? []);
  });
  return all.flatMap((told) => ('kind' in told && told.kind === 'purchase' ? eventsOf(told, own) : []));
}

function readUnread({ url, markup }: UnreadPage): EventBody[] {
  const own = pageUrl(url, url) ?? url;
  // Checkouts show what is being bought, often with its markup.
  if (kindOfAddress(own) !== 'unknown') return [];
  const texts = markup.flatMap((one) => /^<script[^>]*>([\s\S]*)<\/script>$/i.exec(one)?.[1] ?? []);
  const headings = markup.filter((one) => one.startsWith('<h1')).map((one) => one.replace(/<[^>]*>/g, ''));
  const product = mainProduct(texts, own, [own]);
  const graph = readOpenGraph((name) => contentOf(markup, name));
  if (!product && !graph.product) return [];
  const title = headings.length === 1 ? headings[0] : contentOf(markup, 'og:title');
  const tags = readingOf({ ...graph.fields, title: product ? null : title }, own);
  const address = product?.urls.find((one) => sameSite(one, own)) ?? own;
  const item = merged(product ? [product, tags] : [tags], address);
  return item ? [{ type: 'view_item', item }] : [];
}

/** The tags as the browser writes them: double quotes, entities. */
function contentOf(markup: readonly string[], name: string): string | null {
  const tag = markup.find((one) => one.startsWith('<meta') && one.includes(`property="${name}"`));
  return plainText(/ content="([^"]*)"/.exec(tag ?? '')?.[1], 2_000);
}
