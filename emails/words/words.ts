/** What a language must be able to say for our letters to be written in it. One file per language says it. */

import type { RecommendationReason } from '../../core/catalogue/recommend.ts';
import type { LetterKey } from '../../core/flows/flow.ts';
import type { AwayReason } from '../../core/letters/letter-wishes.ts';
import type { OfferKind } from '../../core/rules/offer.ts';
import type { NameStyle } from '../../core/values/person-name.ts';
import type { OrderRow } from '../block.ts';

/** What the sentences of a letter may speak of: clean, formatted, short. */
export interface Told {
  shop: string;
  /** `none` also when there is no code to speak of. */
  kind: OfferKind;
  /** "10%", "$15", or the gift's name (may be empty); empty for the other kinds. */
  amount: string;
  /** How many items the letter shows, and the first one's title (empty when none). */
  count: number;
  first: string;
  /** Whether at least one item shows its price under the offer. */
  priced: boolean;
  /** The day on which the code expires, or null. */
  day: string | null;
  /** What is promised for what the letter asks for, or null. */
  promised: Pick<Told, 'kind' | 'amount'> | null;
  order: ToldOrder | null;
  /** How many recommendations the letter shows, and the category they are from (empty where they are from none). */
  recommended: number;
  category: string;
  /** Why these; null where there are none. */
  because: RecommendationReason | null;
  reviews: number;
  /** Whether there is a page to review on, a link to pass on, an address that people read, an answer to what was sent. */
  stars: boolean;
  referral: boolean;
  replyTo: boolean;
  answered: boolean;
  holiday: { name: string; lastDay: string | null; sale: boolean; apart: boolean } | null;
  ends: { what: string; day: string; daysLeft: number } | null;
  points: { amount: string; count: number; day: string } | null;
  /** What is to be downloaded, or empty. */
  download: string;
  /** Until when the shop keeps the items. */
  keptDay: string | null;
}

/** Days and sums as they are read; null for what the shop has not told. */
export interface ToldOrder {
  number: string;
  due: string | null;
  refunded: string | null;
  payDay: string | null;
  /** A day, or from one day to another; the new one where it was put off. */
  delivery: string | null;
  delayedDay: string | null;
}

/** A sentence, or how it is made from what it speaks of; empty where there is nothing to say. */
export type Say = string | ((told: Told) => string);

export interface LetterWords {
  subject: Say;
  /** The line that mailboxes show after the subject. */
  preheader: Say;
  headline: Say;
  body: Say;
  /** What is said further down, where there is more to say. */
  after?: Say;
  button?: Say;
  /** What stands over the items, where it isn't what was looked at. */
  items?: Say;
  /** Why this person gets it, where it is for another reason than the others. */
  why?: Say;
}

export interface Words {
  letters: Record<LetterKey, LetterWords>;
  greeting(name: string | null, style: NameStyle): string;
  /** The offer as the large line of the coupon. */
  benefit(told: Told): string;
  yourCode: string;
  /** A date with its year, a time of day and the zone's name, each in the language's own form. */
  moment(date: string, time: string, zone: string): string;
  validUntil(moment: string): string;
  /** The condition that follows the benefit, such as "on orders from $50". */
  minOrder(amount: string): string;
  /** What the offer is for, where not for whole orders. */
  target: Record<'items' | 'cart', string>;
  /** What it is not for: categories, and what is reduced already. */
  except(categories: readonly string[], reduced: boolean): string;
  /** What a larger order gets, such as "15% off on orders from $100"; free shipping where the amount is empty. */
  tier(amount: string, from: string): string;
  /** What stands over the items. */
  items(told: Told): string;
  /** Under the items, when their prices hold only from a smallest order on. */
  pricesFrom(minOrder: string): string;
  /** The old price in a text without strikethrough. */
  insteadOf(price: string): string;
  /** Why this person gets the letter. */
  why: Say;
  unsubscribe: string;
  preferences: string;
  /** What the two ends of the scale mean. */
  scale: { least: string; most: string };
  stars: { least: string; most: string; label(stars: number): string };
  quantity(count: number): string;
  stockLeft(count: number): string;
  /** What buyers give a thing: "4.7" of five, and how many they are. */
  rating(average: string, count: number): string;
  recommended(reason: RecommendationReason, category: string): string;
  order: Record<OrderRow, string> & {
    number(number: string): string;
  };
  reviews: string;
  facts: Record<'delivery' | 'returns' | 'choosing' | 'replyTo', string>;
  reasons: Record<AwayReason, string>;
  referral: string;
  subscribe: string;
  /** Non-breaking spaces and the like, for our own sentences. */
  typeset(text: string): string;
}
