/** What one source says of a product, before sources are laid over each other. */

import type { CartLine, Item } from '../../core/catalogue/item.ts';
import { idOfUrl } from '../../core/values/page-key.ts';
import { currencyOf, priceOf } from '../../core/values/price.ts';
import { plainText } from './text.ts';
import { imageUrl, pageUrl } from './url.ts';

export interface Reading {
  id: string | null;
  title: string | null;
  price: number | null;
  /** The price that the source calls the regular one, before a sale. */
  regular: number | null;
  /** What the source says other variants of it cost. */
  variants: number[];
  currency: string | null;
  url: string | null;
  image: string | null;
  category: string | null;
  available: boolean | null;
  /** Said by the shop itself through `linger(…)`: its price needs nobody's consent. */
  sure: boolean;
}

/** An object of somebody else's, whose fields may hold anything. */
export type Raw = Record<string, unknown>;

export const isRaw = (value: unknown): value is Raw => typeof value === 'object' && value !== null;
export const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : value == null ? [] : [value]);

/** A reading of raw values, each cleaned or null. */
export function readingOf(raw: Raw, base: string): Reading {
  return {
    id: plainText(raw.id, 100),
    title: plainText(raw.title),
    price: priceOf(raw.price),
    regular: priceOf(raw.regular),
    variants: listOf(raw.variants).flatMap((price) => priceOf(price) ?? []),
    currency: currencyOf(raw.currency),
    url: pageUrl(raw.url, base),
    image: imageUrl(raw.image, base),
    category: plainText(raw.category),
    available: typeof raw.available === 'boolean' ? raw.available : null,
    sure: false,
  };
}

/** The product that readings agree on, the most trusted first, or null when none of them names it. `url` is where it was met. */
export function merged(readings: readonly Reading[], url: string): Item | null {
  const first = <Key extends keyof Reading>(
    key: Key,
    fits: (value: Reading[Key]) => boolean = (value) => value !== null,
  ): Reading[Key] | null => readings.find((reading) => fits(reading[key]))?.[key] ?? null;
  const title = first('title') ?? first('id');
  if (title === null) return null;
  const address = first('url') ?? url;
  const { price, currency } = trustedPrice(readings);
  const was = price && first('regular', (regular) => (regular ?? 0) > price);
  return {
    id: first('id') ?? idOfUrl(address),
    title,
    price,
    ...(was ? { was } : {}),
    currency: currency ?? first('currency'),
    url: address,
    image: first('image'),
    category: first('category'),
    available: first('available'),
  };
}

/** Sources that disagree may speak of other variants, or of the price before a sale. Where they don't, no price counts. */
function trustedPrice(readings: readonly Reading[]): Pick<Item, 'price' | 'currency'> {
  const priced = readings.filter(({ price }) => price !== null);
  const [first] = priced;
  const said = priced.find(({ sure }) => sure);
  if (said) return said;
  if (!first) return NONE;
  let lowest = first;
  for (const one of priced) if ((one.price ?? 0) < (lowest.price ?? 0)) lowest = one;
  const isRegular = (price: number | null): boolean => readings.some(({ regular }) => regular === price);
  const isVariant = (price: number | null): boolean =>
    readings.some(({ variants }) => variants.some((one) => one === price));
  const agrees = (one: Reading): boolean => priced.every(({ price }) => price === one.price || isRegular(price));
  if (agrees(lowest)) return lowest;
  // The most trusted one knows which variant is chosen; the others named another of the same list.
  const chosen = priced.every(({ price }) => price === first.price || isVariant(price) || isRegular(price));
  return chosen && isVariant(first.price) && !isRegular(first.price) ? first : NONE;
}

const NONE = { price: null, currency: null };

/** Whether two readings are of one product: by id, or by title, since ids differ from system to system. */
export function sameProduct(one: Reading, other: Reading): boolean {
  return (one.id !== null && one.id === other.id) || (one.title !== null && fold(one) === fold(other));
}

/** The same for two sources of one page, where one may name its product more fully, or not at all. */
export function alike(one: Reading, other: Reading): boolean {
  return sameProduct(one, other) || fold(one).includes(fold(other)) || fold(other).includes(fold(one));
}

const fold = ({ title }: Reading): string => (title ?? '').toLowerCase();

/** A cart's line: where the page gives no address of its own, the page is where it was met. */
export function lineOf(reading: Reading, quantity: unknown, url: string): CartLine | null {
  const item = merged([reading], url);
  return item && { ...item, quantity: quantityOf(quantity, 1) };
}

/** Pieces, or kilograms: up to 10,000; `absent` where nothing sensible is said. */
export function quantityOf(value: unknown, absent: number): number {
  const count = Number(value);
  return count > 0 ? Math.min(count, 10_000) : absent;
}

/** As many lines of a cart as the visit's fold keeps: more would outgrow a batch. */
export const MOST_LINES = 50;
