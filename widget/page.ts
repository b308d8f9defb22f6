/** Reads what the page says of itself: its kind, its product (told once for each variant), what is put into the cart. */

import type { Item } from '../core/catalogue/item.ts';
import type { EventBody, PageKind } from '../core/visits/event.ts';
import type { Page, Reader } from './bridge.ts';
import { cartChanges } from './collect/cart-changes.ts';
import { type Believe, createClaims } from './collect/claims.ts';
import { type LayerReading, readEntry, type Snapshot } from './collect/ga4.ts';
import { readCall, snapshotOf } from './collect/manual.ts';
import { documentTags, headingOf, readOpenGraph } from './collect/open-graph.ts';
import { readAddresses } from './collect/page-address.ts';
import { kindOfAddress, strongerKind } from './collect/page-kind.ts';
import { alike, listOf, merged, quantityOf, type Raw, type Reading, readingOf } from './collect/reading.ts';
import { productsOf } from './collect/sources.ts';
import { eventsOf, kindTold } from './collect/told.ts';
import { pageUrl, sameSite } from './collect/url.ts';
import { warn } from './debug.ts';
import type { Dialect, Said, SeenRequest } from './dialects/dialect.ts';
import { createDialects } from './dialects/seen.ts';
import { createHearing, type Hearing } from './ears.ts';
import { guarded, ignore } from './guard.ts';
import { toJson } from './json.ts';

/** Additions and removals go by their events' names. */
const typeOf = ({ kind }: LayerReading): string =>
  kind === 'add' ? 'add_to_cart' : kind === 'remove' ? 'remove_from_cart' : kind;

/** Several sources tell of one adding, a little before or after each other. */
const TOGETHER_MS = 3_000;
/** A page that says nothing of a product yet may still be fetching it. */
const LATE_MS = 2_500;

/** What outlives a page of the document. */
interface Book {
  hearing: Hearing;
  believe: Believe;
  /** The platform of the shop first. */
  dialects: readonly Dialect[];
  /** The cart as it was last told; undefined before it was. */
  cart?: Snapshot | undefined;
  /** Fetches the dialects that the document speaks now. */
  prepare(): Promise<void>;
  /** Sees additions that nobody else tells of. */
  wantRequests(): void;
}

const urlsOf = (all: readonly { told: Said }[]): string[] =>
  all.flatMap(({ told: { product } }) => listOf(product?.urls).map(String));

const near = (times: Partial<Record<string, number>>, what: string, at: number): boolean =>
  (times[what] ?? 0) > at - TOGETHER_MS;

export function createReader(): Reader {
  const { seen, named, load } = createDialects();
  const book: Book = {
    hearing: createHearing(),
    believe: createClaims(),
    dialects: [],
    async prepare() {
      book.dialects = await seen();
    },
    async wantRequests() {
      const requests = !book.dialects.some(({ tellsCart }) => tellsCart) && (await named('requests'));
      if (requests) book.hearing.attend([requests]);
    },
  };
  return {
    prepare: book.prepare,
    read: (record, lookAtLayer) => readPage(record, lookAtLayer, book),
    load,
  };
}

/** Reads the page once what came in before has been handed over, and listens on. */
function readPage(record: (event: EventBody) => void, lookAtLayer: () => void, book: Book): Page {
  const base = document.baseURI;
  const { canonical, openGraph, location: own } = readAddresses(book.believe);
  /** A filter or a tab in the query makes no other product. */
  const place = own.replace(/\?[^#]*/, '');
  let url = canonical ?? own;
  let kind: PageKind = 'unknown';
  /** The platform's or the shop's own word: a list with a quick view stays a list. */
  let surely = false;
  let item: Item | null = null;
  let begun = false;
  let opened = false;
  /** Until the page is read, events wait behind its page view, and sources of one product wait for each other. */
  const early: (() => void)[] = [];
  const sources: Reading[] = [];
  const viewed: Reading[] = [];
  /** When each kind of thing was last told by somebody, and when by nothing but a cart that had changed, in ms since the epoch. */
  const toldAt: Partial<Record<string, number>> = {};
  const derivedAt: Partial<Record<string, number>> = {};
  /** What is told unless somebody says it better in time. */
  let waiting: (() => void)[] = [];
  const timers: ReturnType<typeof setTimeout>[] = [];
  let stopHearing = ignore;

  const tell = (event: EventBody): void => void (opened ? record(event) : early.push(() => record(event)));
  const believed = (raw: unknown): boolean => raw == null || book.believe(raw, place);
  const reading = (raw: Raw | null | undefined, sure = false): Reading[] =>
    raw && believed(raw) ? [{ ...readingOf(raw, base), sure }] : [];
  const later = (act: () => void, ms: number): void => void timers.push(setTimeout(guarded(act), ms));

  function open(tellView: (kind: PageKind) => void): void {
    // First of all: other data layers have their say before the page is judged.
    guarded(listen)();
    const { said, products } = survey(sources, true);
    opened = true;
    tellView(kind);
    for (const readings of products) tellItem(readings);
    for (const act of early) act();
    for (const one of said) tellCart(one);
    if (!item && /unknown|product/.test(kind)) later(() => void book.prepare().then(look), LATE_MS);
  }

  function listen(): void {
    stopHearing = book.hearing.listen({ said: hear, repeated, added, entry, shared, chosen });
    book.hearing.attend(book.dialects);
  }

  /** Everything that stands in the page now. Its prices in OpenGraph are those of the variant it came with. */
  function survey(told: readonly Reading[], first: boolean): { said: Said[]; products: Reading[][] } {
    const here = pageUrl(location.href, base) ?? own;
    const addresses = canonical ? [canonical, own, here] : [own, here];
    const all = book.dialects.map((dialect) => ({ dialect, told: dialect.read({ addresses, believed }) }));
    // A platform whose product is the last page's knows nothing of this page's kind either.
    const platform = all
      .filter(({ dialect }) => !dialect.markup)
      .map(({ dialect, told: one }) => ({ sure: dialect.sure, ...(believed(one.product) ? one : { cart: one.cart }) }));
    const marked = (structured: boolean): Reading[] =>
      all
        .filter(({ dialect }) => dialect.markup && Boolean(dialect.structured) === structured)
        .flatMap(({ told: { product } }) => reading(product));
    const weak = marked(false);
    const structured = marked(true);
    const graph = readOpenGraph(documentTags());
    const isGraph = believed(graph.fields) && graph.product;
    if (!canonical) url = urlsOf(all).find((one) => sameSite(one, own)) ?? openGraph ?? own;

    const stated = platform.find((one) => one.kind && one.kind !== 'unknown')?.kind;
    surely = stated !== undefined;
    // Checkouts show what is being bought, often with its markup.
    const hinted = strongerKind(structured.length ? 'product' : 'unknown', kindOfAddress(own));
    if (!opened) kind = stated ?? kind;
    if (kind === 'unknown') kind = hinted;
    if (kind === 'unknown' && (weak.length || isGraph)) kind = 'product';
    // Products beside each other are a list, where nothing says more.
    if (kind === 'unknown' && all.some(({ dialect, told: one }) => dialect.markup && one.kind === 'category'))
      kind = 'category';

    const isProduct = kind === 'product';
    const ours = isProduct ? platform.flatMap(({ product, sure }) => reading(product, sure)) : [];
    const markup = stated && !isProduct ? [] : [...structured, ...(isProduct ? weak : [])];
    const { fields } = graph;
    const drawn = {
      ...(believed(fields) && (first ? fields : { image: fields.image })),
      title: isGraph || ours.length || told.length ? headingOf() : null,
    };
    const page = [...ours, ...markup];
    return {
      said: platform,
      products: productsOf({ told, page, graph: isProduct ? readingOf(drawn, base) : null }, ours.length),
    };
  }

  function tellItem(readings: Reading[]): void {
    const found = merged(readings, url);
    if (!found || toJson(found) === toJson(item)) return;
    viewed.push(...readings);
    item = found;
    record({ type: 'view_item', item });
    book.wantRequests();
  }

  /** The chosen variant may be another one now, or the product may be there at last. */
  function look(): void {
    if (!opened) return;
    book.hearing.attend(book.dialects);
    const { said, products } = survey(
      sources.filter(({ sure }) => sure),
      !item,
    );
    for (const readings of products) {
      if (!item || readings.some((one) => viewed.some((known) => alike(one, known)))) tellItem(readings);
    }
    for (const one of said) tellCart(one);
  }

  /** In a list it is a filter that was chosen. */
  function chosen(): void {
    if (/unknown|product/.test(kind)) look();
  }

  function tellCart({ cart: raw }: Said): void {
    if (raw) tellSnapshot(snapshotOf({ ...raw }, base, false));
  }

  /** A whole cart: what has changed in it since the last one, and then the cart itself, which is right in any case. */
  function tellSnapshot(cart: Snapshot): void {
    const before = book.cart;
    book.cart = cart;
    // Nothing in it is news only where something was, and where the page shows it.
    if (before ? toJson(before) === toJson(cart) : !cart.items.length && kind !== 'cart') return;
    // What an order has emptied nobody has taken out.
    const changes = before && kind !== 'thanks' ? cartChanges(before.items, cart.items) : [];
    const now = Date.now();
    for (const event of changes.filter(({ type }) => !near(toldAt, type, now))) {
      derivedAt[event.type] = now;
      tell(event);
    }
    tell({ type: 'cart', ...cart });
  }

  /** What a dialect says while the page lives. */
  function hear(said: Said): void {
    if (said.kind) kind = strongerKind(kind, said.kind);
    if (said.product) lookedAt(readingOf(said.product, base));
    tellCart(said);
  }

  /** Told once it is clear that nobody says it better. */
  function weakly(all: readonly LayerReading[]): void {
    const at = Date.now();
    const act = guarded(() => {
      waiting = waiting.filter((one) => one !== act);
      lookAtLayer();
      for (const told of all.filter((one) => !near(toldAt, typeOf(one), at))) take(told, at);
    });
    waiting.push(act);
    later(act, TOGETHER_MS);
  }

  function settle(): void {
    for (const act of waiting) act();
  }

  /** A pixel hears what the data layer and the platform hear too. */
  function repeated(pushed: unknown): void {
    weakly(readEntry(pushed, url));
  }

  /** A request has put something into the cart: what, only the page's own product tells. */
  function added({ url: address, fields }: SeenRequest): void {
    const id = fields.product_id ?? fields.id ?? /[?&](?:product_)?id=(\w+)/.exec(address)?.[1];
    if (!item || (id !== undefined && String(id) !== item.id)) return;
    const quantity = quantityOf(fields.quantity ?? fields.qty, 1);
    weakly([{ kind: 'add', reading: readingOf({ ...item }, base), quantity }]);
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

  function take(told: LayerReading, at = Date.now()): void {
    const spoken = kindTold(told);
    if (!surely || spoken === 'checkout' || spoken === 'thanks') kind = strongerKind(kind, spoken);
    if (told.kind === 'view') lookedAt(told.reading);
    else if (told.kind === 'cart' && told.said) tellSnapshot(told.cart);
    else tellEvents(told, at);
  }

  function tellEvents(told: LayerReading, at: number): void {
    if (!opened) {
      early.push(() => tellEvents(told, at));
      return;
    }
    // The cart has told of it already.
    if (near(derivedAt, typeOf(told), at)) return;
    toldAt[typeOf(told)] = at;
    for (const event of eventsOf(told, url, item)) {
      // Each step of a checkout says again that it has begun.
      if (event.type === 'begin_checkout' && begun) continue;
      begun ||= event.type === 'begin_checkout';
      if (event.type === 'purchase') book.cart = undefined;
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

  function stop(): void {
    settle();
    stopHearing();
    for (const timer of timers) clearTimeout(timer);
  }

  const applyUrl = (): ((code: string) => string) | undefined =>
    book.dialects.find((dialect) => dialect.applyUrl)?.applyUrl;

  return { open, entry, call, look, settle, stop, state: () => ({ kind, item, applyUrl: applyUrl() }) };
}
