/** What kind of page an address speaks of. Only checkout, thanks, cart and home have addresses that say so. */

import type { PageKind } from '../../core/visits/event.ts';

/** Whole segments only: "/products/checkout-desk" is no checkout. OpenCart puts its path into `route`, single-page shops into the hash. */
const SEGMENTS: readonly [PageKind, RegExp][] = [
  [
    'thanks',
    /\/(thanks|thank[-_]?you|spasibo|order-received|order-confirmation|(checkout|order)(\/onepage)?\/success)(\/|$)/,
  ],
  ['cart', /\/(cart|basket|shopping-?bag|korzina)\/?$/],
  ['checkout', /\/(checkouts?|oformlenie|order\/make|one-?step-?checkout)(\/|$)/],
];

export function kindOfAddress(url: string): PageKind {
  const [, path = '', route = ''] = /^https?:\/\/[^/]+([^?#]*)(?:.*(?:[?&]route=|#!?\/)([\w%/-]+))?/i.exec(url) ?? [];
  const words = (route ? `/${route.replace(/%2F/gi, '/')}` : path.replace(/\.\w{2,5}$/, '')).toLowerCase();
  if (words === '/' || words === '') return 'other';
  return SEGMENTS.find(([, pattern]) => pattern.test(words))?.[0] ?? 'unknown';
}

/** From the weakest to the strongest: a cart drawer opens on product pages, and nothing outweighs an order. */
const RANKS: readonly PageKind[] = ['unknown', 'other', 'category', 'cart', 'product', 'checkout', 'thanks'];

export const strongerKind = (one: PageKind, other: PageKind): PageKind =>
  RANKS.indexOf(other) > RANKS.indexOf(one) ? other : one;
