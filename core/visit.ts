/** A visit as a fold over its events. The same fold runs in the page, for speed, and on the server, for truth. */

import type { EventType, PageKind, VisitEvent } from './event.ts';
import type { CartLine, Item } from './item.ts';
import { fromMinor, toMinor } from './money.ts';
import { queryValue } from './query.ts';

/** A visit ends after this long without activity. */
export const VISIT_GAP_MS = 30 * 60_000;

const MOST_VIEWED = 30;
const MOST_CARTED = 50;
const LONGEST_TRAIL = 60;

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
      return withCart(visit, added(visit.cart, event.item, -event.quantity), null);
    case 'cart':
      return withCart(visit, event.items, event.value);
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
  return { ...visit, viewed: [...others, item].slice(-MOST_VIEWED) };
}

function added(cart: CartLine[], item: Item, quantity: number): CartLine[] {
  const before = cart.find((line) => line.id === item.id);
  const left = (before?.quantity ?? 0) + quantity;
  const others = cart.filter((line) => line.id !== item.id);
  return left > 0 ? [...others, { ...before, ...item, quantity: left }] : others;
}

/** Cart pushes often carry neither picture nor address: both are known from when the item was looked at. */
function withCart(visit: VisitState, lines: CartLine[], told: number | null): VisitState {
  const cart = lines.slice(-MOST_CARTED).map((line) => {
    const known = visit.viewed.find((item) => item.id === line.id) ?? visit.cart.find((item) => item.id === line.id);
    if (!known) return line;
    return {
      ...line,
      url: known.url,
      price: line.price ?? known.price,
      currency: line.currency ?? known.currency,
      image: line.image ?? known.image ?? null,
      category: line.category ?? known.category ?? null,
    };
  });
  return { ...visit, cart, cartTold: told };
}

/** What the cart is worth in `currency`, or null where a price is missing and the page never told the sum. */
export function cartValue(visit: VisitState, currency: string): number | null {
  if (visit.cartTold !== null) return visit.cartTold;
  let minor = 0;
  for (const line of visit.cart) {
    if (line.price === null) return null;
    minor += Math.round(toMinor(line.price, currency) * line.quantity);
  }
  return fromMinor(minor, currency);
}

/** What to offer: carted items first, then viewed ones, the latest first, each once; nothing that is out of stock. */
export function offeredItems(visit: VisitState, limit: number): Item[] {
  const carted = visit.cart.map(({ quantity, ...item }): Item => item).reverse();
  const ids = new Set(carted.map((item) => item.id));
  const viewed = [...visit.viewed].reverse().filter((item) => !ids.has(item.id));
  return [...carted, ...viewed].filter((item) => item.available !== false).slice(0, limit);
}
