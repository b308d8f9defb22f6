/** A visit as a fold over its events. The same fold runs in the page, for speed, and on the server, for truth. */

import type { CartLine, Item } from '../catalogue/item.ts';
import { queryValue } from '../values/query.ts';
import type { EventType, PageKind, VisitEvent } from './event.ts';

/** A visit ends after this long without activity. */
export const VISIT_GAP_MS = 30 * 60_000;

/** How many things an offer is for that is made on what was looked at: a popup shows fewer of them, a letter as many. */
export const MOST_OFFERED = 4;

const MOST_VIEWED = 30;
const MOST_CARTED = 50;
/** A trail that is this long may have lost its beginning. */
export const LONGEST_TRAIL = 60;

export interface VisitState {
  /** ms since the epoch of the first and the latest event. */
  startedAt: number;
  lastAt: number;
  pages: number;
  /** Active time: the tab visible and touched. */
  activeMs: number;
  path: string;
  kind: PageKind;
  /** Where the visit came from: the first page's referrer and utm. */
  referrer: string;
  utm: { source: string; medium: string; campaign: string };
  /** Latest last, each id once. */
  viewed: Item[];
  /** As the shop counts it; latest added last. */
  cart: CartLine[];
  /** The cart's value as the page told it in a snapshot, until a line changes. */
  cartTold: number | null;
  searches: number;
  reviews: number;
  social: number;
  purchased: boolean;
  /** What happened when, latest last: what a `sequence` is matched against. */
  trail: [EventType, number][];
}

export const newVisit = (at: number): VisitState => ({
  startedAt: at,
  lastAt: at,
  pages: 0,
  activeMs: 0,
  path: '',
  kind: 'unknown',
  referrer: '',
  utm: { source: '', medium: '', campaign: '' },
  viewed: [],
  cart: [],
  cartTold: null,
  searches: 0,
  reviews: 0,
  social: 0,
  purchased: false,
  trail: [],
});

/** The visit after one more event. Never changes `visit`. */
export function foldVisit(visit: VisitState, event: VisitEvent): VisitState {
  const next = applied(visit, event);
  const trail: VisitState['trail'] =
    event.type === 'engagement'
      ? next.trail
      : [...next.trail, [event.type, event.at] as [EventType, number]].slice(-LONGEST_TRAIL);
  return { ...next, trail, lastAt: Math.max(visit.lastAt, event.at), startedAt: Math.min(visit.startedAt, event.at) };
}

function applied(visit: VisitState, event: VisitEvent): VisitState {
  switch (event.type) {
    case 'page_view':
      return {
        ...visit,
        ...(visit.pages === 0 ? arrival(event.url, event.referrer) : {}),
        pages: visit.pages + 1,
        path: event.path,
        kind: event.kind,
      };
    case 'view_item':
      return seen(visit, event.item);
    case 'view_reviews':
      return { ...seen(visit, event.item), reviews: visit.reviews + 1 };
    case 'search':
      return { ...visit, searches: visit.searches + 1 };
    case 'add_to_cart':
      return withCart(visit, added(visit.cart, event.item, event.quantity), null);
    case 'remove_from_cart':
      return withCart(visit, removed(visit.cart, event.item.id, event.quantity), null);
    case 'cart':
      return withCart(
        visit,
        event.items.map((line) => ({ ...line, currency: line.currency ?? event.currency })),
        event.value,
      );
    case 'purchase':
      return { ...visit, purchased: true, cart: [], cartTold: null };
    case 'add_to_wishlist':
    case 'share':
      return { ...visit, social: visit.social + 1 };
    case 'engagement':
      return { ...visit, activeMs: visit.activeMs + event.ms };
    case 'begin_checkout':
    case 'form':
    case 'exit_intent':
    case 'offer_shown':
    case 'offer_withheld':
    case 'offer_accepted':
    case 'offer_declined':
    case 'identify':
    case 'custom':
      return visit;
  }
}

const arrival = (url: string, referrer: string): Pick<VisitState, 'referrer' | 'utm'> => ({
  referrer,
  utm: {
    source: queryValue(url, 'utm_source'),
    medium: queryValue(url, 'utm_medium'),
    campaign: queryValue(url, 'utm_campaign'),
  },
});

function seen(visit: VisitState, item: Item): VisitState {
  const others = visit.viewed.filter((known) => known.id !== item.id);
  // What was in stock when it was put into the cart may be sold out by now.
  const current = (line: CartLine): CartLine => ({ ...line, available: item.available ?? line.available ?? null });
  const cart = visit.cart.map((line) => (line.id === item.id ? joined(current(line), [item], []) : line));
  return { ...visit, viewed: [...others, item].slice(-MOST_VIEWED), cart };
}

/** Two lines may be of one item (its sizes, say): the first is the one that changes. */
function added(cart: CartLine[], item: Item, quantity: number): CartLine[] {
  const at = cart.findIndex((line) => line.id === item.id);
  const others = cart.filter((_line, index) => index !== at);
  return [...others, { ...item, quantity: thousandths((cart[at]?.quantity ?? 0) + quantity) }];
}

function removed(cart: CartLine[], id: string, quantity: number): CartLine[] {
  const at = cart.findIndex((line) => line.id === id);
  return cart.map((line, index) =>
    index === at ? { ...line, quantity: thousandths(line.quantity - quantity) } : line,
  );
}

/** Things are sold by weight too: 0.1 + 0.2 - 0.3 of a kilo must leave nothing. */
const thousandths = (quantity: number): number => Math.round(quantity * 1_000) / 1_000;

function withCart(visit: VisitState, lines: CartLine[], told: number | null): VisitState {
  const cart = lines
    .filter((line) => line.quantity > 0)
    .slice(-MOST_CARTED)
    .map((line) => {
      const same = (item: Item): boolean => item.id === line.id;
      return joined(line, visit.viewed.filter(same), visit.cart.filter(same));
    });
  return { ...visit, cart, cartTold: told };
}

/** Cart pushes often carry neither picture nor address: both are known from when the item was looked at, or from the line before. */
function joined(line: CartLine, viewed: Item[], before: Item[]): CartLine {
  const all = [line, ...viewed, ...before];
  if (all.length === 1) return line;
  // A price goes with its own currency.
  const priced = all.find((item) => item.price !== null) ?? line;
  return {
    ...line,
    title: told(all, 'title') ?? '',
    // The page where the item was looked at is surely its own; a push may name the page it came from.
    url: told([...viewed, line, ...before], 'url') ?? '',
    price: priced.price,
    was: told(
      all.filter(({ price }) => price === priced.price),
      'was',
    ),
    currency: priced.currency ?? told(all, 'currency'),
    image: told(all, 'image'),
    category: told(all, 'category'),
    available: told(all, 'available'),
  };
}

/** The first of the readings that says something, or null. */
function told<K extends keyof Item>(items: readonly Item[], key: K): NonNullable<Item[K]> | null {
  for (const item of items) {
    const value = item[key];
    if (value !== undefined && value !== null && value !== '') return value;
  }
  return null;
}

/** What the cart is worth in `currency`, or null where the page told neither the sum nor every price, or told another currency. */
export function cartValue(visit: VisitState, currency: string): number | null {
  if (visit.cart.some((line) => line.currency !== null && line.currency !== currency)) return null;
  if (visit.cartTold !== null) return visit.cartTold;
  // No currency has smaller units than thousandths, and whole ones add up exactly.
  let thousandths = 0;
  for (const line of visit.cart) {
    if (line.price === null) return null;
    thousandths += Math.round(Math.round(line.price * 1_000) * line.quantity);
  }
  return thousandths / 1_000;
}

/** What to offer: carted items first, then viewed ones, the latest first, each once; nothing that is out of stock. */
export function offeredItems(visit: VisitState, limit: number): Item[] {
  const carted = visit.cart.map(({ quantity, ...item }): Item => item);
  const latestFirst = [...visit.viewed, ...carted].reverse();
  // A map keeps the first place of each id, so a carted item is not named again among the viewed.
  const once = new Map<string, Item>();
  for (const item of latestFirst) if (!once.has(item.id)) once.set(item.id, item);
  return [...once.values()].filter((item) => item.available !== false).slice(0, limit);
}

/** The same of what was left, all of it; what the cart held says how many. */
export function leftItems(visit: VisitState): (Item | CartLine)[] {
  const carted = new Map(visit.cart.map(({ id, quantity }) => [id, quantity]));
  return offeredItems(visit, Number.POSITIVE_INFINITY).map((item) => {
    const quantity = carted.get(item.id);
    return quantity === undefined ? item : { ...item, quantity };
  });
}
