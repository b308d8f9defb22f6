/** Reads what the page says of itself: its kind, its product (told once), what is put into the cart. A chunk of its own: dialects grow. */

import type { EventBody, PageKind } from '../core/event.ts';
import type { Item } from '../core/item.ts';
import type { Page } from './bridge.ts';
import { readAttributes } from './collect/attributes.ts';
import { type LayerReading, readEntry } from './collect/ga4.ts';
import { mainProduct } from './collect/json-ld.ts';
import { readCall, snapshotOf } from './collect/manual.ts';
import { headingOf, readOpenGraph } from './collect/open-graph.ts';
import { readAddresses } from './collect/page-address.ts';
import { kindOfAddress, strongerKind } from './collect/page-kind.ts';
import { alike, merged, quantityOf, type Raw, type Reading, readingOf } from './collect/reading.ts';
import { productsOf } from './collect/sources.ts';
import { eventsOf, kindTold } from './collect/told.ts';
import { sameSite } from './collect/url.ts';
import { warn } from './debug.ts';
import type { Said, SeenRequest } from './dialects/dialect.ts';
import { loadDialects } from './dialects/seen.ts';
import { listen } from './ears.ts';
import { guarded } from './guard.ts';

/** Here before the page is read: its own platform knows best what it is. */
const dialects = await loadDialects();

/** Analytics tell of the same adding a little before or after; their word is fuller. */
const ADDING_TAKES_MS = 3_000;

/** Reads the page once what came in before has been handed over, and listens on. */
export function readPage(record: (event: EventBody) => void): Page {
  const base = document.baseURI;
  const { canonical, openGraph, location: own } = readAddresses();
  let url = canonical ?? own;
  let kind: PageKind = 'unknown';
  /** The platform's or the shop's own word: a list with a quick view stays a list. */
  let surely = false;
  let item: Item | null = null;
  let cart = '';
  let addedAt = 0;
  let begun = false;
  let opened = false;
  /** Until the page is read, events wait behind its page view, and sources of one product wait for each other. */
  const early: EventBody[] = [];
  const sources: Reading[] = [];
  const viewed: Reading[] = [];

  const tell = (event: EventBody): void => void (opened ? record(event) : early.push(event));
  const reading = (raw: Raw | null | undefined, sure = false): Reading[] =>
    raw ? [{ ...readingOf(raw, base), sure }] : [];

  function open(tellView: (kind: PageKind) => void): void {
    // First of all: other data layers have their say before the page is judged.
    guarded(listen)(dialects, { said: hear, added, entry, shared });
    const attributes = readAttributes();
    const platform = dialects.filter(({ markup }) => !markup).map(({ read }) => read());
    const weak = dialects.filter(({ markup }) => markup).flatMap(({ read }) => reading(read().product));
    const graph = readOpenGraph();
    const structured = readJsonLd();

    const stated = [attributes, ...platform].find((said) => said.kind && said.kind !== 'unknown')?.kind;
    surely = stated !== undefined;
    // Checkouts show what is being bought, often with its markup.
    const hinted = strongerKind(structured ? 'product' : 'unknown', kindOfAddress(own));
    kind = stated ?? (kind === 'unknown' ? hinted : kind);
    if (kind === 'unknown' && (weak.length || graph.product)) kind = 'product';

    const ours =
      kind === 'product'
        ? [...reading(attributes.product, true), ...platform.flatMap(({ product }) => reading(product))]
        : [];
    const markup =
      stated && kind !== 'product' ? [] : [...(structured ? [structured] : []), ...(kind === 'product' ? weak : [])];
    const title = graph.product || ours.length ? headingOf() : null;
    const products = productsOf(
      {
        told: sources,
        page: [...ours, ...markup],
        graph: kind === 'product' ? (reading({ ...graph.fields, title })[0] ?? null) : null,
      },
      ours.length,
    );
    opened = true;
    tellView(kind);
    for (const readings of products) tellItem(readings);
    for (const event of early) record(event);
    if (typeof attributes.cart === 'string') guarded((text: string) => call('cart', JSON.parse(text)))(attributes.cart);
    for (const said of platform) tellCart(said);
  }

  function readJsonLd(): Reading | null {
    const texts = Array.from(
      document.querySelectorAll('script[type="application/ld+json" i]'),
      (one) => one.textContent ?? '',
    );
    const product = mainProduct(texts, base, canonical ? [canonical, own] : [own]);
    if (!canonical) url = product?.urls.find((one) => sameSite(one, own)) ?? openGraph ?? own;
    return product;
  }

  function tellItem(readings: Reading[]): void {
    const found = merged(readings, url);
    if (!found || JSON.stringify(found) === JSON.stringify(item)) return;
    viewed.push(...readings);
    item = found;
    record({ type: 'view_item', item });
  }

  function tellCart({ cart: raw }: Said): void {
    if (!raw) return;
    const snapshot = snapshotOf({ ...raw }, base, false);
    const now = JSON.stringify(snapshot.items);
    // Nothing in it is news only where something was, and where the page shows it.
    if (now === cart || (!snapshot.items.length && !cart && kind !== 'cart')) return;
    cart = now;
    tell({ type: 'cart', ...snapshot });
  }

  /** What a dialect says while the page lives. */
  function hear(said: Said): void {
    if (said.kind) kind = strongerKind(kind, said.kind);
    for (const one of reading(said.product)) lookedAt(one);
    tellCart(said);
  }

  /** A request has put something into the cart: what, only the page's own product tells. */
  function added({ url: address, fields }: SeenRequest): void {
    const product = item;
    const id = fields.product_id ?? fields.id ?? /[?&](?:product_)?id=(\w+)/.exec(address)?.[1];
    if (!product || (id !== undefined && String(id) !== product.id)) return;
    const quantity = quantityOf(fields.quantity ?? fields.qty, 1);
    setTimeout(
      guarded(() => {
        if (Date.now() - addedAt > 2 * ADDING_TAKES_MS) tell({ type: 'add_to_cart', item: product, quantity });
      }),
      ADDING_TAKES_MS,
    );
  }

  function shared(network: string): void {
    tell({ type: 'share', act: 'share', network, ...(item ? { item } : {}) });
  }

  function lookedAt(reading: Reading): void {
    const known = viewed.filter((one) => alike(one, reading));
    if (!opened) sources.push(reading);
    // Pages repeat themselves; only the shop's own word may correct what was told already.
    else if (reading.sure || !known.length) tellItem([reading, ...known.filter((one) => !one.sure)]);
  }

  function take(told: LayerReading): void {
    const spoken = kindTold(told);
    if (!surely || spoken === 'checkout' || spoken === 'thanks') kind = strongerKind(kind, spoken);
    if (told.kind === 'view') lookedAt(told.reading);
    if (told.kind === 'add') addedAt = Date.now();
    for (const event of eventsOf(told, url)) {
      // Each step of a checkout says again that it has begun.
      if (event.type === 'begin_checkout' && begun) continue;
      begun ||= event.type === 'begin_checkout';
      tell(event);
    }
  }

  function entry(pushed: unknown): void {
    for (const told of readEntry(pushed, url)) take(told);
  }

  function call(name: unknown, data: unknown): void {
    const told = readCall(name, data, url);
    if (!told) warn(name, data);
    else if ('type' in told) tell(told);
    else take(told);
  }

  return { open, entry, call, state: () => ({ kind, item }) };
}
