/** Reads what the page says of itself: its kind, its product (told once), what is put into the cart. A chunk of its own: dialects grow. */

import type { EventBody, PageKind } from '../core/event.ts';
import type { Item } from '../core/item.ts';
import type { Page } from './bridge.ts';
import { type LayerReading, readEntry } from './collect/ga4.ts';
import { mainProduct } from './collect/json-ld.ts';
import { readCall } from './collect/manual.ts';
import { readAddresses } from './collect/page-address.ts';
import { kindOfAddress, strongerKind } from './collect/page-kind.ts';
import { alike, merged, type Reading } from './collect/reading.ts';
import { onShare } from './collect/share.ts';
import { eventsOf, kindTold } from './collect/told.ts';
import { sameSite } from './collect/url.ts';
import { warn } from './debug.ts';

/** Reads the page once what came in before has been handed over, and listens on. */
export function readPage(record: (event: EventBody) => void): Page {
  const { canonical, openGraph, location: own } = readAddresses();
  let url = canonical ?? own;
  let kind: PageKind = 'unknown';
  let item: Item | null = null;
  let begun = false;
  let opened = false;
  /** Until the page is read, events wait behind its page view, and sources of one product wait for each other. */
  const early: EventBody[] = [];
  const sources: Reading[] = [];
  const viewed: Reading[] = [];

  const tell = (event: EventBody): void => void (opened ? record(event) : early.push(event));

  function open(tellView: (kind: PageKind) => void): void {
    const texts = Array.from(
      document.querySelectorAll('script[type="application/ld+json" i]'),
      (one) => one.textContent ?? '',
    );
    const product = mainProduct(texts, document.baseURI, canonical ? [canonical, own] : [own]);
    if (!canonical) url = product?.urls.find((one) => sameSite(one, own)) ?? openGraph ?? own;
    if (product) sources.push(product);
    if (kind === 'unknown') kind = product ? 'product' : kindOfAddress(own);
    opened = true;
    tellView(kind);
    // What the shop said itself comes first in each group, then what it tells its analytics, then the page's markup.
    let rest = [...sources].sort((one, other) => Number(other.sure) - Number(one.sure));
    for (let first = rest[0]; first; first = rest[0]) {
      const head = first;
      tellItem(rest.filter((one) => one === head || alike(head, one)));
      rest = rest.filter((one) => one !== head && !alike(head, one));
    }
    for (const event of early) record(event);
    onShare((network) => tell({ type: 'share', act: 'share', network, ...(item ? { item } : {}) }));
  }

  function tellItem(readings: Reading[]): void {
    const found = merged(readings, url);
    if (!found || JSON.stringify(found) === JSON.stringify(item)) return;
    viewed.push(...readings);
    item = found;
    record({ type: 'view_item', item });
  }

  function lookedAt(reading: Reading): void {
    const known = viewed.filter((one) => alike(one, reading));
    if (!opened) sources.push(reading);
    // Pages repeat themselves; only the shop's own word may correct what was told already.
    else if (reading.sure || !known.length) tellItem([reading, ...known.filter((one) => !one.sure)]);
  }

  function take(told: LayerReading): void {
    kind = strongerKind(kind, kindTold(told));
    if (told.kind === 'view') lookedAt(told.reading);
    for (const event of eventsOf(told, url)) {
      // Each step of a checkout says again that it has begun.
      if (event.type === 'begin_checkout' && begun) continue;
      begun ||= event.type === 'begin_checkout';
      tell(event);
    }
  }

  return {
    open,
    entry(entry) {
      for (const told of readEntry(entry, url)) take(told);
    },
    call(name, data) {
      const told = readCall(name, data, url);
      if (!told) warn(name, data);
      else if ('type' in told) tell(told);
      else take(told);
    },
    state: () => ({ kind, item }),
  };
}
