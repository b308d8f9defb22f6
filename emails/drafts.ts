/** Which parts each letter is put together from, in order: data, so that what a letter is can be seen at a glance. */

import type { LetterKey } from '../core/flows/flow.ts';
import type { OrderRow, Piece } from './block.ts';

const OPENING = ['headline', 'greeting', 'body'] as const;
/** No advertising: what happened, and whom to ask. */
const ORDER = [...OPENING, 'order'] as const;

export const DRAFTS: Record<LetterKey, readonly Piece[]> = {
  // The code at the top, and the things it was asked for.
  offer: [...OPENING, 'coupon', 'to-shop', 'items'],
  // The things come first, the code is where it was.
  'reminder-1': [...OPENING, 'items', 'to-shop', 'coupon'],
  // What one would pay, and the code that makes it so.
  'reminder-2': [...OPENING, 'items', 'coupon', 'to-shop'],
  'last-chance': [...OPENING, 'coupon', 'to-shop', 'items'],
  // No advertising, no code, nothing of the shop's to look at.
  confirm: [...OPENING, 'to-shop', 'after'],

  'welcome-1': [...OPENING, 'coupon', 'to-shop'],
  'welcome-2': [...OPENING, 'recommended', 'items', 'to-shop', 'coupon'],
  'welcome-3': [...OPENING, 'facts', 'coupon', 'to-shop', 'help'],

  'cart-1': [...OPENING, 'items', 'to-shop', 'recommended', 'help'],
  'cart-2': [...OPENING, 'coupon', 'to-shop', 'items'],
  'cart-3': [...OPENING, 'items', 'coupon', 'to-shop', 'subscribe'],

  // Answers, and no discount.
  'browse-1': [...OPENING, 'items', 'to-shop', 'reviews', 'facts', 'help'],
  'browse-2': [...OPENING, 'items', 'coupon', 'to-shop', 'recommended'],
  'long-time': [...OPENING, 'items', 'to-shop', 'coupon'],

  'order-placed': [...ORDER, 'help'],
  'order-awaiting-payment': [...ORDER, 'to-pay', 'after', 'help'],
  'order-paid': [...ORDER, 'help'],
  'order-shipped': [...ORDER, 'to-parcel', 'help'],
  'order-delayed': [...ORDER, 'to-parcel', 'after', 'help'],
  'order-delivered': [...ORDER, 'help'],
  'order-cancelled': [...ORDER, 'after', 'help'],
  'order-refunded': [...ORDER, 'help'],

  thanks: [...OPENING, 'order', 'coupon', 'recommended', 'to-shop'],
  'review-request': [...OPENING, 'items', 'stars', 'after'],
  'review-thanks': [...OPENING, 'coupon', 'to-shop'],
  replenish: [...OPENING, 'items', 'coupon', 'to-shop'],
  'cross-sell-1': [...OPENING, 'items', 'recommended', 'after', 'coupon', 'to-shop', 'order'],
  'cross-sell-2': [...OPENING, 'items', 'recommended', 'after', 'coupon', 'to-shop', 'order'],

  nps: [...OPENING, 'scale'],
  'nps-promoter': [...OPENING, 'stars', 'referral'],
  'nps-passive': [...OPENING],
  // An apology and a person; nothing to buy.
  'nps-critic': [...OPENING, 'after'],

  'miss-you': [...OPENING, 'recommended', 'items', 'to-shop'],
  why: [...OPENING, 'reasons'],
  'win-back-1': [...OPENING, 'coupon', 'to-shop', 'recommended'],
  'win-back-2': [...OPENING, 'coupon', 'to-shop', 'recommended'],
  'last-letter': [...OPENING, 'to-shop', 'coupon'],

  birthday: [...OPENING, 'coupon', 'to-shop', 'recommended'],
  holiday: [...OPENING, 'coupon', 'recommended', 'to-shop', 'after'],
  'holiday-last-day': [...OPENING, 'recommended', 'to-shop', 'coupon'],
  'service-end': [...OPENING, 'coupon', 'to-shop', 'help'],
  'points-expiring': [...OPENING, 'to-shop', 'recommended'],
  'code-expiring': [...OPENING, 'coupon', 'to-shop', 'items'],

  'new-arrivals': [...OPENING, 'items', 'to-shop', 'recommended'],
  'back-in-stock': [...OPENING, 'items', 'to-shop'],
  'price-drop': [...OPENING, 'items', 'coupon', 'to-shop'],
  'form-answer': [...OPENING, 'answer', 'to-download', 'help'],
  'referral-friend': [...OPENING, 'coupon', 'to-shop', 'items'],
  'referral-reward': [...OPENING, 'coupon', 'to-shop', 'items', 'referral'],
  'social-thanks': [...OPENING, 'coupon', 'to-shop', 'referral'],
};

/** What of an order's sums and dates is news in each letter, in the order in which people look for it; elsewhere an order is its things. */
export const ORDER_ROWS: { [key in LetterKey]?: readonly OrderRow[] } = {
  'order-placed': ['total', 'due', 'payBefore', 'delivery'],
  'order-awaiting-payment': ['total', 'due', 'payBefore', 'delivery'],
  'order-paid': ['total', 'delivery'],
  'order-shipped': ['total', 'due', 'delivery', 'tracking'],
  'order-delayed': ['total', 'due', 'delayed', 'tracking'],
  'order-delivered': ['total'],
  'order-cancelled': ['total'],
  'order-refunded': ['total', 'refunded'],
};
