/** What a visitor is offered, on which things, and what it does to a price. Money is exact: all arithmetic is in the currency's minor units. */

import type { Item } from '../catalogue/item.ts';
import type { Duration } from '../values/duration.ts';
import { fromMinor, toMinor } from '../values/money.ts';

export const OFFER_KINDS = ['percent', 'fixed', 'shipping', 'gift', 'none'] as const;
export type OfferKind = (typeof OFFER_KINDS)[number];

/** `items`: the things that were shown with the offer; `cart`: what the cart held when it was claimed; `order`: whatever is ordered. */
export const OFFER_TARGETS = ['items', 'cart', 'order'] as const;
export type OfferTarget = (typeof OFFER_TARGETS)[number];

/** `none`: no other code or discount beside it on an order; `any`: whatever the shop gives besides. */
export const OFFER_STACKINGS = ['none', 'any'] as const;
export type OfferStacking = (typeof OFFER_STACKINGS)[number];

/** What an order from `from` on may get: the most that the offer and the tiers it reaches take off, and free shipping where one of them says so. */
export interface OfferTier {
  /** The order's total before the discount, in the shop's currency. */
  from: number;
  kind: 'percent' | 'fixed' | 'shipping';
  /** As an offer's own; absent for `shipping`. */
  value?: number;
}

export interface OfferExclusions {
  /** Compared without regard to case. */
  categories?: string[];
  /** What tells an old price above its price. */
  reduced?: boolean;
}

export interface Offer {
  kind: OfferKind;
  /** Percent 1–100 for `percent`, an amount of money for `fixed`; absent for the other kinds. */
  value?: number;
  /** What the money is taken off; absent: `order`. */
  on?: OfferTarget;
  /** What it is not taken off. */
  exclude?: OfferExclusions;
  /** Smallest order total, in the shop's currency, that the code is good for. */
  minOrder?: number;
  /** Ascending by `from`; below the first one the offer itself holds. */
  tiers?: OfferTier[];
  /** What an order may have beside it; absent: `none`. */
  stacking?: OfferStacking;
  /** How long the code lives from the moment it is issued. */
  expiresIn?: Duration;
  /** What the gift is, for `gift`. */
  gift?: string;
}

/** An offer as somebody has claimed it, or would now: codes keep it so. */
export interface ClaimedOffer extends Offer {
  claimed?: {
    /** Ids of the things that it is for, unless it is for whole orders. */
    items?: string[];
    /** What the cart came to, where tiers ask for it. */
    cart?: number;
  };
}

/** Something to be bought, as far as offers ask. */
export interface Thing extends Pick<Item, 'id' | 'price'> {
  was?: number | null | undefined;
  category?: string | null | undefined;
}

export interface Order {
  /** Before any discount; absent: what the items come to; null: nobody knows. */
  total?: number | null | undefined;
  /** Priced for one. Absent: nobody has told. */
  items?: readonly (Thing & { quantity: number })[] | undefined;
}

/** The offer with a variant's change laid over it. Another kind keeps nothing of what only the first kind had. */
export function changedOffer(offer: Offer, change: Partial<Offer>): Offer {
  const { value: _value, gift: _gift, tiers: _tiers, ...rest } = offer;
  if ((change.kind ?? offer.kind) === offer.kind) return { ...offer, ...change };
  const { on: _on, exclude: _exclude, ...free } = rest;
  const asked: Offer = { ...free, ...change, kind: change.kind ?? offer.kind };
  return takesMoney(asked) ? { ...rest, ...change } : asked;
}

const isMoney = ({ kind }: Pick<Offer, 'kind'>): boolean => kind === 'percent' || kind === 'fixed';

/** Whether it takes money off any order at all. */
export const takesMoney = (offer: Offer): boolean => isMoney(offer) || (offer.tiers?.some(isMoney) ?? false);

/** Whether it takes its money off some things alone. */
export const isForSome = ({ on = 'order', exclude }: Offer): boolean =>
  on !== 'order' || exclude?.reduced === true || (exclude?.categories?.length ?? 0) > 0;

/** Whether the offer takes anything off this thing; null where categories are excluded and nobody knows which it is of. */
function isMeant(
  { id, price, was, category }: Thing,
  { on = 'order', claimed, exclude }: ClaimedOffer,
): boolean | null {
  if (on !== 'order' && !claimed?.items?.includes(id)) return false;
  if (exclude?.reduced && price !== null && (was ?? 0) > price) return false;
  const others = exclude?.categories ?? [];
  if (others.length === 0) return true;
  return category ? !others.some((one) => folded(one) === folded(category)) : null;
}

const folded = (category: string): string => category.trim().toLowerCase();

/** What the order comes to before any discount, in minor units; null where nobody knows. */
function totalOf({ total, items }: Order, currency: string): number | null {
  if (total !== undefined) return total === null ? null : toMinor(total, currency);
  let minor: number | null = items ? 0 : null;
  for (const { price, quantity } of items ?? []) {
    if (minor === null || price === null) return null;
    minor += Math.round(toMinor(price, currency) * quantity);
  }
  return minor;
}

/** Whether an order is too small for the offer. What nobody knows is not. */
export function isBelowMinimum(order: Order, { minOrder = 0 }: Offer, currency: string): boolean {
  const total = totalOf(order, currency);
  return total !== null && total < toMinor(minOrder, currency);
}

/** The offer itself, and the tiers that an order of so much reaches. */
const reachedBy = (minor: number, offer: Offer, currency: string): Pick<Offer, 'kind' | 'value'>[] => [
  offer,
  ...(offer.tiers ?? []).filter(({ from }) => toMinor(from, currency) <= minor),
];

/**
 * The price of one thing under the offer, in the tier that the cart had reached when it was claimed; null where the price is unknown,
 * or nobody can say that the offer touches this thing by itself.
 */
export function priceUnderOffer(thing: Thing, offer: ClaimedOffer, currency: string): number | null {
  const reached = reachedBy(toMinor(offer.claimed?.cart ?? 0, currency), offer, currency);
  const percents = reached.flatMap(({ kind, value = 0 }) => (kind === 'percent' ? [value] : []));
  if (thing.price === null || percents.length === 0 || !isMeant(thing, offer)) return null;
  const minor = toMinor(thing.price, currency);
  return fromMinor(minor - percentOf(minor, Math.max(...percents)), currency);
}

/**
 * What the offer takes off an order, never more than its total; 0 for kinds that aren't money (shipping, gift, none). Null where nobody
 * knows: without a total, or where it is for some things alone and the order doesn't say which it holds, at what prices.
 */
export function discountOn(order: Order, offer: ClaimedOffer, currency: string): number | null {
  const total = totalOf(order, currency);
  if (total === null) return null;
  let most = 0;
  for (const worth of reachedBy(total, offer, currency).filter(isMoney)) {
    const off = worthOn(order.items, total, { ...offer, ...worth }, currency);
    if (off === null) return null;
    most = Math.max(most, off);
  }
  return fromMinor(Math.min(total, most), currency);
}

/** Of one percent or sum, in minor units. */
function worthOn(
  items: Order['items'],
  total: number,
  { kind, value = 0, ...offer }: ClaimedOffer,
  currency: string,
): number | null {
  const takes = kind === 'percent' ? (minor: number) => percentOf(minor, value) : (minor: number) => minor;
  const off = isForSome({ kind, ...offer }) ? sumOver(items, { kind, ...offer }, currency, takes) : takes(total);
  return off === null || kind === 'percent' ? off : Math.min(off, toMinor(value, currency));
}

/** Whether the order is delivered free under the offer; null where only its total, which nobody knows, says so. */
export function shipsFree(order: Order, offer: Offer, currency: string): boolean | null {
  const isShipping = ({ kind }: Pick<Offer, 'kind'>): boolean => kind === 'shipping';
  if (isShipping(offer) || !offer.tiers?.some(isShipping)) return isShipping(offer);
  const total = totalOf(order, currency);
  return total === null ? null : reachedBy(total, offer, currency).some(isShipping);
}

/** Over the things that the offer is meant for: each is rounded by itself, so that the prices that were shown are those that are paid. */
function sumOver(
  items: Order['items'],
  offer: ClaimedOffer,
  currency: string,
  takes: (minor: number) => number,
): number | null {
  let sum: number | null = items ? 0 : null;
  for (const item of items ?? []) {
    if (isMeant(item, offer) === false) continue;
    if (sum === null || item.price === null) return null;
    const { quantity } = item;
    const minor = toMinor(item.price, currency);
    sum += Number.isInteger(quantity) ? takes(minor) * quantity : takes(Math.round(minor * quantity));
  }
  return sum;
}

/**
 * Basis points keep a percent with two decimals exact; halves round in the visitor's favour. The whole ten-thousands go
 * apart from the rest, because a large total times its basis points would leave the exact integers.
 */
function percentOf(minor: number, percent: number): number {
  const points = Math.min(10_000, Math.round(percent * 100));
  const rest = minor % 10_000;
  return ((minor - rest) / 10_000) * points + Math.round((rest * points) / 10_000);
}
