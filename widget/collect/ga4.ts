/** One entry of a GA4 `dataLayer`, read: plain pushes, flat pushes and `gtag()`'s arguments. Touches no page. */

import type { CartLine } from '../../core/item.ts';
import { amountOf, currencyOf, priceOf } from './price.ts';
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
  const readings = items.map((item) => itemReading(item, data, pageUrl));
  const one = (kind: 'view' | 'wish'): LayerReading[] => readings.map((reading) => ({ kind, reading }));
  switch (event) {
    case 'view_item':
      // Several at once are a bundle or a list: none of them is what the page is about.
      return readings.length === 1 ? one('view') : [];
    case 'view_item_list':
      return [{ kind: 'list' }];
    case 'add_to_wishlist':
      return one('wish');
    case 'add_to_cart':
    case 'remove_from_cart':
      return readings.map((reading, index) =>
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
      const orderId = plainText(data.transaction_id);
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

/** The event's name and where its fields are. `gtag('event', name, fields)` pushes its Arguments object. */
function named(entry: unknown): [string, Raw] {
  if (!isRaw(entry)) return ['', {}];
  if (entry[0] === 'event') return [String(entry[1]), isRaw(entry[2]) ? entry[2] : {}];
  const { event, ecommerce } = entry;
  return [typeof event === 'string' ? event : '', isRaw(ecommerce) ? { ...entry, ...ecommerce } : entry];
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
      category: categories.join('/'),
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
