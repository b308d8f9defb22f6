/** A thing in the shop's catalogue, and what each new word of the feed makes of it. */

import { idOfUrl } from '../values/page-key.ts';
import type { Item } from './item.ts';

/** What a feed says of it now. */
export interface Offered {
  id: string;
  /** What its variants have in common. */
  groupId: string | null;
  title: string;
  /** Above zero. */
  price: number;
  /** What it cost before the shop itself lowered the price: above `price`. */
  oldPrice: number | null;
  currency: string;
  url: string;
  image: string | null;
  /** From the root to the leaf. */
  categories: string[];
  brand: string | null;
  /** Its first sentences, as plain text. */
  description: string | null;
  /** Null where the feed doesn't say. */
  available: boolean | null;
  stock: number | null;
}

/** ms since the epoch, and what it cost from then on. */
export type PriceMark = [at: number, price: number];

export interface Product extends Offered {
  /** The latest last. */
  prices: PriceMark[];
  firstSeenAt: number;
  lastSeenAt: number;
  /** When it came new into a catalogue that was known. */
  arrivedAt: number | null;
  /** When it last could be bought again. */
  backAt: number | null;
  /** When it last cost less than at any time in the 30 days before, and the lowest of those. */
  droppedAt: number | null;
  lowest: number | null;
  /** Since when it stands in no feed any more. */
  goneAt: number | null;
}

/** How far back a price has to have been higher (Directive 98/6/EC, article 6a: the lowest of the 30 days before). */
const LOOKED_BACK_MS = 30 * 86_400_000;
/** Prices that change by the hour: what is older than so many changes is forgotten. */
const MOST_MARKS = 100;

/** `known`: the catalogue had been read before, so that what stands in it for the first time is new in the shop too. */
export function followOffer(
  before: Product | null,
  offer: Offered,
  { at, known }: { at: number; known: boolean },
): Product {
  if (!before) {
    const fresh = { firstSeenAt: at, lastSeenAt: at, arrivedAt: known ? at : null, backAt: null, droppedAt: null };
    return { ...offer, ...fresh, prices: [[at, offer.price]], lowest: null, goneAt: null };
  }
  const sameMoney = before.currency === offer.currency;
  const back = isAway(before) && offer.available !== false;
  // Prices of another currency tell nothing about this one.
  const lowest = sameMoney ? lowestSince(before.prices, at - LOOKED_BACK_MS) : null;
  const dropped = lowest !== null && offer.price < lowest;
  const marks = sameMoney ? before.prices : [];
  const prices: PriceMark[] = marks.at(-1)?.[1] === offer.price ? marks : [...recent(marks, at), [at, offer.price]];
  return {
    ...offer,
    prices,
    firstSeenAt: before.firstSeenAt,
    lastSeenAt: at,
    arrivedAt: before.arrivedAt,
    backAt: back ? at : before.backAt,
    droppedAt: dropped ? at : before.droppedAt,
    lowest: dropped ? lowest : before.lowest,
    goneAt: null,
  };
}

/** It was known to be sold out, or stood in no feed. */
const isAway = ({ available, goneAt }: Product): boolean => available === false || goneAt !== null;

export interface PriceDrop {
  /** ms since the epoch. */
  at: number;
  price: number;
  /** The lowest of the 30 days before, as far as they are remembered. */
  lowest: number;
}

/** Every time that it became cheaper by so many percent than at any time in the 30 days before, as far as prices are remembered. */
export const dropsOf = ({ prices }: Pick<Product, 'prices'>, percent: number): PriceDrop[] =>
  prices.flatMap(([at, price], index) => {
    const lowest = lowestSince(prices.slice(0, index), at - LOOKED_BACK_MS);
    return lowest !== null && price < lowest && isLower(price, lowest, percent) ? [{ at, price, lowest }] : [];
  });

/** The lowest price that held at any time from `since` on; null where none is known of then. */
function lowestSince(prices: readonly PriceMark[], since: number): number | null {
  const first = Math.max(
    0,
    prices.findLastIndex(([at]) => at <= since),
  );
  return prices.slice(first).reduce<number | null>((least, [, price]) => Math.min(least ?? price, price), null);
}

function recent(prices: readonly PriceMark[], at: number): PriceMark[] {
  const first = prices.findLastIndex(([from]) => from <= at - LOOKED_BACK_MS);
  return prices.slice(Math.max(first, prices.length - MOST_MARKS, 0));
}

/** As letters and pages speak of it. */
export const itemOf = (product: Offered): Item => ({
  id: product.id,
  title: product.title,
  price: product.price,
  was: product.oldPrice,
  currency: product.currency,
  url: product.url,
  image: product.image,
  category: product.categories.at(-1) ?? null,
  available: product.available,
});

/** What pages may call it: by its own id, by what its variants have in common, or, where they know no id, by their address. */
export function namesOf({ id, groupId, url }: Pick<Offered, 'id' | 'groupId' | 'url'>): string[] {
  const page = idOfUrl(url.replace(/#.*$/, ''));
  return [id, ...(groupId === null ? [] : [groupId]), page, page.replace(/^https:/, 'http:')];
}

/** Whether the price that holds now is lower by so many percent than any of the 30 days before it fell. */
export const hasDropped = ({ price, lowest, droppedAt }: Product, percent: number): boolean =>
  droppedAt !== null && lowest !== null && isLower(price, lowest, percent);

const isLower = (price: number, lowest: number, percent: number): boolean => price <= lowest * (1 - percent / 100);
