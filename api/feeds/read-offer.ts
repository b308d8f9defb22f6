/** One offer of a feed, whatever the feed's format: its fields by name in, a product or the reason against it out. Knows no XML and no addresses. */

import type { Offered } from '../../core/catalogue/product.ts';
import { fromMinor, minorDigits, toMinor } from '../../core/values/money.ts';
import { currencyOf, priceOf } from '../../core/values/price.ts';
import { briefText } from './brief-text.ts';

/** What a feed says of one offer: names in lower case without a prefix, attributes with `@`, the first value counts. */
export interface RawOffer {
  /** Where it begins in the file, from 1. */
  line: number;
  fields: ReadonlyMap<string, readonly string[]>;
  /** The file was no good XML here. */
  broken: boolean;
}

/** Why an offer is not taken. */
export const REJECTIONS = ['no_id', 'no_title', 'no_price', 'no_url', 'repeated'] as const;
export type Rejection = (typeof REJECTIONS)[number];

/** What was put right in one that is. */
export const MENDINGS = ['bad_xml', 'bad_image', 'old_price_not_above', 'bad_availability', 'bad_old_price'] as const;
export type Mending = (typeof MENDINGS)[number];

export type ReadOffer =
  | { offer: Offered; mended: Mending[] }
  /** The id where it has one. */
  | { rejected: Exclude<Rejection, 'repeated'>; id: string | null };

export interface FeedContext {
  /** The shop's, where the offer names none. */
  currency: string;
  /** Names from the root to the category of this id. */
  category: (id: string) => string[];
  /** The address made absolute, or null where it is none. */
  url: (text: string) => string | null;
  image: (text: string) => string | null;
  /** ms since the epoch, for prices that hold for a time. */
  now: number;
}

const LONGEST = { id: 200, title: 500, category: 200 };
const MOST_CATEGORIES = 10;
const MOST_STOCK = 1_000_000_000;

const IDS = ['@id', 'id', 'sku', 'offer_id'];
const GROUPS = ['@group_id', 'item_group_id', 'group_id'];
const URLS = ['link', 'url', '@href'];
const IMAGES = ['image_link', 'picture', 'image', 'image_url'];
const BRANDS = ['brand', 'vendor'];
const DESCRIPTIONS = ['description', 'short_description', 'body_html'];
const OLD_PRICES = ['oldprice', 'old_price', 'compare_at_price'];
const STOCKS = ['count', 'stock', 'quantity', 'stock_quantity', 'quantity_in_stock', 'inventory'];

export function readOffer({ fields, broken }: RawOffer, context: FeedContext): ReadOffer {
  const all = (names: readonly string[]): string[] => names.flatMap((name) => fields.get(name) ?? []).filter(Boolean);
  const first: First = (names) => {
    for (const name of names) for (const value of fields.get(name) ?? []) if (value !== '') return value;
    return null;
  };
  const id = first(IDS)?.slice(0, LONGEST.id) ?? null;
  if (id === null) return { rejected: 'no_id', id };
  const title = titleOf(first)?.slice(0, LONGEST.title).toWellFormed() ?? null;
  if (title === null) return { rejected: 'no_title', id };
  const url = all(URLS).map(context.url).find(isKnown) ?? null;
  if (url === null) return { rejected: 'no_url', id };
  const cost = pricesOf(first, context);
  if (!cost) return { rejected: 'no_price', id };
  const mended: Mending[] = broken ? ['bad_xml', ...cost.mended] : [...cost.mended];
  const pictures = all(IMAGES);
  const image = pictures.map(context.image).find(isKnown) ?? null;
  if (pictures.length > 0 && image === null) mended.push('bad_image');
  const supply = supplyOf(fields, first);
  if (supply.odd) mended.push('bad_availability');
  const { available, stock } = supply;
  const offer: Offered = {
    id,
    groupId: first(GROUPS)?.slice(0, LONGEST.id) ?? null,
    title,
    price: cost.price,
    oldPrice: cost.oldPrice,
    currency: cost.currency,
    url,
    image,
    categories: categoriesOf(fields, context),
    brand: first(BRANDS)?.slice(0, LONGEST.category).toWellFormed() ?? null,
    description: briefText(first(DESCRIPTIONS)),
    available,
    stock,
  };
  return { offer, mended };
}

type First = (names: readonly string[]) => string | null;

const isKnown = <T>(value: T | null): value is T => value !== null;

/** A name, or what YML's `vendor.model` offers make of three fields. */
function titleOf(first: First): string | null {
  const model = ['typeprefix', 'vendor', 'model'].map((name) => first([name])).filter(isKnown);
  // Models often begin with the vendor already.
  const [last, before] = [model.at(-1), model.at(-2)];
  if (last && before && last.toLowerCase().startsWith(before.toLowerCase())) model.splice(-2, 1);
  return first(['name', 'title']) ?? (first(['model']) === null ? null : model.join(' '));
}

interface Cost {
  price: number;
  oldPrice: number | null;
  currency: string;
  mended: Mending[];
}

/** Google: `price` with a `sale_price` below it. YML and tables: `price` with an old one above it. */
function pricesOf(first: First, { currency: usual, now }: FeedContext): Cost | null {
  const written = first(['price']);
  const currency = currencyIn(written) ?? currencyOf(first(['currencyid', 'currency'])) ?? currencyOf(usual) ?? usual;
  const price = amountIn(written, currency);
  if (price === null) return null;
  const sale = isOver(first(['sale_price_effective_date']), now) ? null : amountIn(first(['sale_price']), currency);
  if (sale !== null && sale < price) return { price: sale, oldPrice: price, currency, mended: [] };
  const old = first(OLD_PRICES);
  const oldPrice = amountIn(old, currency);
  if (oldPrice === null)
    return { price, oldPrice, currency, mended: old === null || /^[0.,]+$/.test(old) ? [] : ['bad_old_price'] };
  return oldPrice > price
    ? { price, oldPrice, currency, mended: [] }
    : { price, oldPrice: null, currency, mended: oldPrice < price ? ['old_price_not_above'] : [] };
}

/** "1100.00 TRY", "EUR 5" */
const currencyIn = (text: string | null): string | null =>
  currencyOf(/(?<![A-Za-z])[A-Za-z]{3}(?![A-Za-z])/.exec(text ?? '')?.[0]);

/** Above zero, in whole minor units. */
function amountIn(text: string | null, currency: string): number | null {
  if (text === null) return null;
  const digits = /\d+[.]\d{3}(?!\d)/.exec(text)?.[0];
  // A thousand to some and one to others, but for currencies that have three digits.
  const amount = priceOf(text) ?? (digits && minorDigits(currency) === 3 ? Number(digits) : null);
  return amount === null ? null : fromMinor(toMinor(amount, currency), currency) || null;
}

/** "2026-11-01T00:00+0300/2026-11-30T23:59+0300": whether now lies outside. */
function isOver(span: string | null, now: number): boolean {
  const [from = Number.NaN, to = Number.NaN] = (span ?? '').split('/').map(instantOf);
  return from > now || to < now;
}

/** ISO 8601, with Google's offsets without a colon too. */
const instantOf = (text: string): number => Date.parse(text.trim().replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));

const YES =
  /^(true|yes|y|да|in[ _-]?stock|в наличии|available|preorder|pre-order|backorder|available for order|limited_availability|instock)$/i;
const NO = /^(false|no|n|нет|out[ _-]?of[ _-]?stock|нет в наличии|discontinued|outofstock|sold_?out)$/i;

interface Supply {
  available: boolean | null;
  stock: number | null;
  odd: boolean;
}

/** Nothing in stock beats "available": the count is what the warehouse says. */
function supplyOf(fields: RawOffer['fields'], first: First): Supply {
  const counted = first(STOCKS);
  const outlets = (fields.get('outlet@instock') ?? []).map(stockOf).filter(isKnown);
  const stock = stockOf(counted ?? '') ?? (outlets.length > 0 ? outlets.reduce((sum, one) => sum + one, 0) : null);
  const said = first(['@available', 'availability', 'available', 'is_in_stock']);
  const [available, odd] = availableOf(said);
  if (stock === 0) return { available: false, stock, odd };
  return { available: available ?? (stock === null ? null : true), stock, odd };
}

/** Not said is unknown. A number where yes or no belongs (`available="12"`) says whether, and is not trusted to say how many. */
function availableOf(said: string | null): [available: boolean | null, odd: boolean] {
  if (said === null) return [null, false];
  const url = said.replace(/^https?:\/\/schema\.org\//i, '');
  if (YES.test(url)) return [true, false];
  if (NO.test(url)) return [false, false];
  return /^\d+$/.test(said) ? [Number(said) > 0, true] : [null, true];
}

function stockOf(text: string): number | null {
  const count = /^\s*-?\d+([.,]\d+)?\s*$/.test(text) ? Math.floor(Number(text.replace(',', '.'))) : null;
  return count === null ? null : Math.min(Math.max(count, 0), MOST_STOCK);
}

/** YML names a category by its id, Google by its path, tables by either. */
function categoriesOf(fields: RawOffer['fields'], { category }: FeedContext): string[] {
  const byId = (fields.get('categoryid') ?? []).map(category).find((path) => path.length > 0);
  const text = ['product_type', 'category', 'categories', 'google_product_category'].flatMap(
    (name) => fields.get(name) ?? [],
  );
  const path = byId ?? text.find((one) => one !== '' && !/^\d+$/.test(one))?.split(/\s*[>/|]\s*/) ?? [];
  const named = path.map((name) => name.trim().slice(0, LONGEST.category).toWellFormed()).filter(Boolean);
  return named.slice(-MOST_CATEGORIES);
}
