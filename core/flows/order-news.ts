/** Which letters about an order have nothing true to say any more once the order has gone on. */

import type { LetterKey } from './flow.ts';
import { UNDONE } from './order.ts';

const ARRIVED: readonly string[] = ['delivered', ...UNDONE];
const PAID: readonly string[] = ['paid', 'shipped', 'delayed', ...ARRIVED];

/** The states of an order in which the letter stays in the queue for good. */
const OUTDATED: { [key in LetterKey]?: readonly string[] } = {
  'order-placed': UNDONE,
  'order-awaiting-payment': PAID,
  'order-paid': UNDONE,
  'order-shipped': ARRIVED,
  'order-delayed': ARRIVED,
  // Nobody is asked how they like what they sent back.
  thanks: UNDONE,
  'review-request': UNDONE,
  replenish: UNDONE,
  'cross-sell-1': UNDONE,
  'cross-sell-2': UNDONE,
};

export const isOutdated = (letter: string, status: string): boolean =>
  OUTDATED[letter as LetterKey]?.includes(status) ?? false;
