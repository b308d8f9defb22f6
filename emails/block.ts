/** The parts that a letter is put together from, before anything decides how they look. */

import type { Html } from './html.ts';
import type { Goal } from './story.ts';

export type Block =
  | { kind: 'headline'; text: string }
  | { kind: 'paragraph'; text: string }
  /** Nothing is shown where there is nowhere to go. */
  | { kind: 'button'; label: string; goal: Goal }
  /** The items with their prices under a title. */
  | { kind: 'items'; title: string }
  /** An order's number, its lines, and these of its sums and dates. */
  | { kind: 'order'; rows: readonly OrderRow[] }
  /** The shop's own markup, cleaned, and the same as text. */
  | { kind: 'own'; html: Html; text: string }
  | { kind: Part };

export type OrderRow = 'total' | 'due' | 'payBefore' | 'refunded' | 'delivery' | 'delayed' | 'tracking';

/** What is drawn from the letter's props. Each is absent where they have nothing for it. */
export type Part =
  /** The offer, the code and its terms. */
  | 'coupon'
  /** Other things, and why these. */
  | 'recommended'
  /** What buyers wrote. */
  | 'reviews'
  /** Delivery, returns and how to choose, in the shop's words. */
  | 'facts'
  /** An address that people read. */
  | 'help'
  /** The shop's answer to what was sent. */
  | 'answer'
  /** The numbers from 0 to 10, the stars, the reasons: each a link. */
  | 'scale'
  | 'stars'
  | 'reasons'
  /** The reader's link to pass on. */
  | 'referral'
  /** The way to letters, for who only left a cart. */
  | 'subscribe';

/** What a draft is written in: a sentence of the letter's words, a button's goal, or a part. */
export type Piece = 'headline' | 'greeting' | 'body' | 'after' | 'items' | 'order' | Goal | Part;
