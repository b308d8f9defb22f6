/** A thing that a page or a server told of, as the catalogue has it now. What the catalogue doesn't know, or has not heard of lately, stays as it was told. */

import type { Item } from './item.ts';
import type { Product } from './product.ts';

export type Confirmed = Pick<
  Product,
  'price' | 'oldPrice' | 'currency' | 'available' | 'stock' | 'goneAt' | 'image' | 'categories' | 'description'
> & {
  /** When its feed last said so. */
  confirmedAt: number;
};

/** A price that was so for longer may be another by now; what is left of it changes sooner. */
const PRICE_MS = 3 * 86_400_000;
const STOCK_MS = 86_400_000;

/** An item with what is left of it, where a feed of today counts it, and what the catalogue says of it. */
export type CurrentItem = Item & { stockLeft?: number; description?: string };

/**
 * `variants`: what it may be in the catalogue, one or several that pages don't tell apart. Null where it can't be bought: none of them is
 * in stock, or it stands in no feed any more.
 */
export function currentItem(item: Item, variants: readonly Confirmed[], now: number): CurrentItem | null {
  const known = variants.filter(({ confirmedAt, goneAt }) => confirmedAt > now - PRICE_MS || goneAt !== null);
  if (known.length === 0) return item;
  const [first, ...others] = known.filter(({ goneAt, available }) => goneAt === null && available !== false);
  if (!first) return null;
  const image = item.image ?? first.image;
  const category = item.category ?? first.categories.at(-1) ?? null;
  const said = first.description === null ? {} : { description: first.description };
  const told = { ...item, ...said, image, category, available: first.available ?? item.available ?? null };
  const one = others.every(({ price, currency }) => price === first.price && currency === first.currency);
  if (!one) {
    // It is one of them, and nobody knows which: its price holds if one of them still costs it.
    const holds = [first, ...others].some(({ price }) => price === item.price);
    return { ...told, ...(holds ? {} : { price: null, was: null }) };
  }
  const same = item.price === first.price;
  const { was = null } = item;
  const counted = others.length === 0 && first.confirmedAt > now - STOCK_MS && first.stock !== null && first.stock > 0;
  return {
    ...told,
    price: first.price,
    currency: first.currency,
    was: (same ? was : null) ?? first.oldPrice,
    ...(counted ? { stockLeft: first.stock ?? 0 } : {}),
  };
}
