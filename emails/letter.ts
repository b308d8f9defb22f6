/** What a letter is made from and what comes out. A letter is a pure function of its props. */

import type { Item } from '../core/catalogue/item.ts';
import type { RecommendationReason } from '../core/catalogue/recommend.ts';
import type { Brand } from '../core/letters/brand.ts';
import type { ClaimedOffer, Offer } from '../core/rules/offer.ts';
import type { Locale } from '../core/values/locale.ts';
import type { NameStyle } from '../core/values/person-name.ts';
import type { NameParts } from './naming.ts';

export interface LetterProps {
  shop: { name: string; url: string; postalAddress: string; brand: Brand };
  locale: Locale;
  /** Instead of the letter's own: plain text. Empty lines part the body's paragraphs. */
  subject?: string;
  button?: string;
  body?: string;
  /** IANA zone in which times are written. */
  timeZone: string;
  /** ISO 4217 of the shop: what `offer.value` and `offer.minOrder` are counted in. */
  currency: string;
  /** A given name that passed the checks, or null: the letter must read well without one. */
  name: string | null;
  /** What more is known of the name, and how the shop wishes to use it (default `first`). */
  nameParts?: NameParts;
  nameStyle?: NameStyle;
  /** Carted first, then viewed; at most a handful. May be empty. */
  items: LetterItem[];
  offer: ClaimedOffer;
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
  /** The page on which they say why they stay away; `reason` is added to it. */
  reasonsUrl?: string;
  /** The page on which they write a review; `stars` is added to it. */
  starsUrl?: string;
  /** The reader's own link to pass on to friends. */
  referralUrl?: string;
  /** Where somebody who only left a cart may ask for letters. */
  subscribeUrl?: string;
  /** A picture of one dot, asked for when the letter is opened. */
  openedUrl?: string;
  order?: LetterOrder;
  recommendations?: { reason: RecommendationReason; category?: string; items: LetterItem[] };
  /** `stars` 1–5. Only reviews whose writers let them be shown. */
  reviews?: { author: string; stars: number; text: string }[];
  /** The shop's own terms, in its words; `replyTo` is an address read by people. */
  facts?: { delivery?: string; returns?: string; choosing?: string; replyTo?: string };
  /** `lastOrderDay`: order by then for delivery in time. `sale`: a day to buy something for oneself, not presents. `apart`:
   * what is looked at and bought by way of the letter counts for nobody's taste. */
  holiday?: { name: string; lastOrderDay?: number; sale?: true; apart?: true };
  /** A subscription or a warranty on its way out; `daysLeft` 0 is today. */
  ends?: { what: string; at: number; daysLeft: number };
  points?: { amount: number; expiresAt: number };
  download?: { title: string; url: string };
  /** What is given for what the letter asks for, such as a review; not yet a code. */
  promise?: Offer;
  /** What the shop answers to a form that was sent. */
  answer?: string;
  /** Until when the shop confirmed that it keeps the items. */
  keptUntil?: number;
}

/** An item with what only letters tell of it. */
export interface LetterItem extends Item {
  quantity?: number;
  /** Pieces left; told only from five down. */
  stockLeft?: number;
  /** A sentence or two from the catalogue. */
  description?: string;
  /** What published reviews give it, 1–5, and how many there are. */
  rating?: { average: number; count: number };
}

/** Money in the order's `currency`, times in ms since the epoch. */
export interface LetterOrder {
  number: string;
  items: { title: string; quantity: number; price: number | null; image?: string | null; url?: string | null }[];
  total: number;
  /** What is still to be paid; absent or 0: nothing. */
  due?: number;
  /** What was given back, for a refund. */
  refunded?: number;
  currency: string;
  payUrl?: string;
  payBefore?: number;
  deliveryFrom?: number;
  deliveryTo?: number;
  tracking?: string;
  trackingUrl?: string;
  delayedUntil?: number;
}

export interface Letter {
  subject: string;
  /** The line that mailboxes show after the subject; it stands hidden in the html. */
  preheader: string;
  html: string;
  text: string;
}
