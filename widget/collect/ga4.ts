/** One entry of a `dataLayer`, read: GA4's pushes, flat ones, `gtag()`'s arguments, Universal Analytics' and Yandex Metrica's. */

import type { CartLine } from '../../core/catalogue/item.ts';
import { amountOf, currencyOf, priceOf } from '../../core/values/price.ts';
import { isRaw, lineOf, listOf, MOST_LINES, quantityOf, type Raw, type Reading, readingOf } from './reading.ts';
import { plainText } from './text.ts';

export type LayerReading =
  | { kind: 'view'; reading: Reading }
  | { kind: 'list' }
  | { kind: 'wish'; reading: Reading }
  | { kind: 'add' | 'remove'; reading: Reading; quantity: number }
  | { kind: 'cart'; cart: Snapshot; said?: boolean }
  | { kind: 'checkout'; cart: Snapshot | null }
  | { kind: 'purchase'; orderId: string; cart: Snapshot }
  | { kind: 'search'; term: string };

export interface Snapshot {
  items: CartLine[];
  value: number | null;
  currency: string | null;
  codes: string[];
}

const MOST_CODES = 20;

/** More than any line holds: a removal that names no quantity takes the whole line. */
const WHOLE_LINE = 10_000;

export function readEntry(entry: unknown, pageUrl: string): LayerReading[] {
  const [event, data] = named(entry);
  const items = listOf(data.items).filter(isRaw);
  /** Only where they count: lists name a hundred. */
  const readings = (): Reading[] => items.map((item) => itemReading(item, data, pageUrl));
  const all = (kind: 'view' | 'wish'): LayerReading[] => readings().map((reading) => ({ kind, reading }));
  switch (event) {
    case 'view_item':
      // Several at once are a bundle or a list: none of them is what the page is about.
      return items.length === 1 ? all('view') : [];
    case 'view_item_list':
      return [{ kind: 'list' }];
    case 'add_to_wishlist':
      return all('wish');
    case 'add_to_cart':
    case 'remove_from_cart':
      return readings().map((reading, index) =>
        event === 'add_to_cart'
          ? { kind: 'add', reading, quantity: quantityOf(items[index]?.quantity, 1) }
          : { kind: 'remove', reading, quantity: quantityOf(items[index]?.quantity, WHOLE_LINE) },
      );
    case 'view_cart': {
      const cart = snapshot(data, pageUrl);
      return cart ? [{ kind: 'cart', cart }] : [];
    }
    case 'begin_checkout':
    case 'add_shipping_info':
    case 'add_payment_info':
      return [{ kind: 'checkout', cart: snapshot(data, pageUrl) }];
    case 'purchase': {
      const orderId = plainText(data.transaction_id ?? data.transactionId);
      const cart = snapshot(data, pageUrl) ?? { items: [], value: amountOf(data.value), currency: null, codes: [] };
      return orderId ? [{ kind: 'purchase', orderId, cart }] : [];
    }
    case 'search':
    case 'view_search_results': {
      const term = plainText(data.search_term);
      return term ? [{ kind: 'search', term }] : [];
    }
    default:
      return [];
  }
}

/** Universal Analytics' words for what GA4 calls otherwise; shops use them as event names and as keys. */
const ACTIONS: Record<string, string> = {
  detail: 'view_item',
  productdetail: 'view_item',
  viewitem: 'view_item',
  add: 'add_to_cart',
  addtocart: 'add_to_cart',
  remove: 'remove_from_cart',
  removefromcart: 'remove_from_cart',
  impressions: 'view_item_list',
  viewcart: 'view_cart',
  checkout: 'begin_checkout',
  begincheckout: 'begin_checkout',
  purchase: 'purchase',
  transaction: 'purchase',
};
const KEYS = ['purchase', 'checkout', 'add', 'remove', 'detail', 'impressions'];

/** The event's name and where its fields are. `gtag('event', name, fields)` pushes its Arguments object. */
function named(entry: unknown): [string, Raw] {
  if (!isRaw(entry)) return ['', {}];
  if (entry[0] === 'event') return [String(entry[1]), isRaw(entry[2]) ? entry[2] : {}];
  const written = typeof entry.event === 'string' ? entry.event : '';
  // Some shops put it under a key of their own.
  const holder = [entry, ...Object.values(entry)].find((one) => isRaw(one) && isRaw(one.ecommerce)) as Raw | undefined;
  const ecommerce = (holder?.ecommerce ?? entry) as Raw;
  // The name that a shop gave its event beats the key: "addToCart" with a `detail` is no view.
  const event = ACTIONS[written.toLowerCase().replace(/_/g, '')];
  const key = KEYS.find((one) => isRaw(ecommerce[one]));
  if (key && holder) return [event ?? ACTIONS[key] ?? '', universal(ecommerce, ecommerce[key])];
  const data: Raw = { ...entry, ...ecommerce };
  return [event ?? written, event && !data.items ? { ...data, ...listed(data) } : data];
}

function universal(ecommerce: Raw, action: unknown): Raw {
  const { actionField, products } = action as Raw;
  const field = isRaw(actionField) ? actionField : {};
  const items = listOf(products).filter(isRaw);
  let sum = 0;
  for (const { price, quantity } of items) sum += (priceOf(price) ?? Number.NaN) * quantityOf(quantity, 1);
  return {
    items,
    currency: ecommerce.currencyCode ?? ecommerce.currency,
    transaction_id: field.id,
    value: field.revenue ?? (sum ? Math.round(sum * 100) / 100 : null),
    coupon: field.coupon,
  };
}

/** The nearest object that lists products, where a shop has hidden it under a key of its own. */
function listed(data: Raw, depth = 0): Raw {
  const items = data.items ?? data.products;
  if (Array.isArray(items)) return { ...data, items };
  if (depth === 3) return {};
  for (const inner of Object.values(data)) {
    const found = isRaw(inner) && !Array.isArray(inner) && !('nodeType' in inner) ? listed(inner, depth + 1) : {};
    if (found.items) return found;
  }
  return {};
}

function itemReading(item: Raw, data: Raw, base: string): Reading {
  const categories = ['', 2, 3, 4, 5].map((level) => plainText(item[`item_category${level}`])).filter(Boolean);
  const price = priceOf(item.price);
  const discount = priceOf(item.discount);
  return readingOf(
    {
      id: item.item_id ?? item.id,
      title: item.item_name ?? item.name,
      price,
      // Cents, so that 10.01 + 2.22 is what a page would print.
      regular: price && discount ? Math.round((price + discount) * 100) / 100 : null,
      currency: item.currency ?? data.currency,
      category: categories.join('/') || item.category,
    },
    base,
  );
}

/** The cart as a whole, or null where the entry lists no items. */
function snapshot(data: Raw, base: string): Snapshot | null {
  if (!Array.isArray(data.items)) return null;
  const items = data.items.filter(isRaw).slice(-MOST_LINES);
  return {
    items: items.flatMap((item) => lineOf(itemReading(item, data, base), item.quantity, base) ?? []),
    value: amountOf(data.value),
    currency: currencyOf(data.currency),
    codes: codesOf([data.coupon, ...items.map((item) => item.coupon)]),
  };
}

export const codesOf = (values: readonly unknown[]): string[] =>
  [...new Set(values.flatMap((value) => plainText(value, 64) ?? []))].slice(0, MOST_CODES);
