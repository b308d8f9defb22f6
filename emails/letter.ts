/** What a letter is made from and what comes out. A letter is a pure function of its props. */

import type { Item } from '../core/item.ts';
import type { Locale } from '../core/locale.ts';
import type { Offer } from '../core/offer.ts';

export interface Brand {
  /** `#rrggbb`; a dark green of our own where the shop set none. */
  accent?: string;
  logo?: string;
}

export interface LetterProps {
  shop: { name: string; url: string; postalAddress: string; brand: Brand };
  locale: Locale;
  /** IANA zone in which times are written. */
  timeZone: string;
  /** ISO 4217 of the shop: what `offer.value` and `offer.minOrder` are counted in. */
  currency: string;
  /** A given name that passed the checks, or null: the letter must read well without one. */
  name: string | null;
  /** Carted first, then viewed; at most a handful. May be empty. */
  items: Item[];
  offer: Offer;
  /** Null for an offer of kind `none`: the letter then only keeps the items. */
  code: string | null;
  /** The true expiry of the code in ms since the epoch, or null. */
  expiresAt: number | null;
  unsubscribeUrl: string;
  /** Where the button leads; absent: to the first item, else to the shop. */
  buttonUrl?: string;
  /** The page on which readers say what they want to hear of. */
  preferencesUrl?: string;
  /** The page on which they answer with a number; `score` is added to it. */
  scoreUrl?: string;
  /** A picture of one dot, asked for when the letter is opened. */
  openedUrl?: string;
}

export interface Letter {
  subject: string;
  html: string;
  text: string;
}
