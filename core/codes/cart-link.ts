/** Addresses that put things, and a code, into a shop's cart. Made for letters by the server, and for the popup by the page. */

import type { CartLine } from '../catalogue/item.ts';

/** What a letter's cart is once it is wanted again. */
export interface RestoredCart {
  lines: CartLine[];
  /** A code of the reader's that is good now. */
  code: string | null;
  /** What is sold out meanwhile. */
  gone: { id: string; title: string }[];
}

/** Letters whose things lead into the cart. */
export const CART_LETTERS: readonly string[] = ['cart-1', 'cart-2', 'cart-3', 'replenish'];

/** `?linger=restore:TOKEN`: the page's script asks for the cart and fills it. */
export const RESTORE = 'restore:';

const MOST_LINES = 20;

/** Shopify's: the cookie of the code is set, then `back` is shown. https://help.shopify.com/en/manual/discounts/managing-discount-codes */
export const discountUrl = (root: string, code: string, back: string): string =>
  `${root}discount/${encodeURIComponent(code)}?redirect=${encodeURIComponent(back)}`;

/**
 * Shopify's cart permalink, which shows the cart and not the checkout; null where a line does not say which variant it is.
 * https://shopify.dev/docs/apps/build/checkout/create-cart-permalinks
 */
export function permalink(lines: readonly CartLine[], code: string | null): string | null {
  const [first] = lines;
  const root = first && /^https?:\/\/[^/?#]+/.exec(first.url)?.[0];
  if (!root) return null;
  const parts: string[] = [];
  for (const { url, quantity } of lines.slice(0, MOST_LINES)) {
    const variant = variantOf(url);
    if (!variant || !url.startsWith(`${root}/`)) return null;
    parts.push(`${variant}:${Math.max(1, Math.round(quantity))}`);
  }
  return `${root}/cart/${parts.join(',')}?${code ? `discount=${encodeURIComponent(code)}&` : ''}storefront=true`;
}

/** Which variant a product's address on Shopify names, or null. */
export const variantOf = (url: string): string | null => /[?&]variant=(\d{1,20})(?:[&#]|$)/.exec(url)?.[1] ?? null;
