/** Ends the chains that led to a purchase, or were overtaken by it, and notes which of them it was the goal of. */

import { CLOCK_SLACK_MS } from '../../../core/flows/order.ts';
import { after } from '../../../core/values/calendar.ts';
import type { Tx } from '../../../db/connect.ts';
import { noteGoal, stopEnrollment } from '../../../db/enrollments.ts';
import { type Buyer, lockChainsOfBuyer } from '../../../db/orders.ts';

export interface Purchase {
  /** ms since the epoch. */
  at: number;
  /** The shop's server says so. A page may only claim it: that ends chains, and reaches no goal. */
  proven: boolean;
}

/** Only chains that began before the purchase: news of an older order (shipped, delivered) must not end a new chain. */
export async function endBoughtChains(tx: Tx, shopId: string, buyer: Buyer, { at, proven }: Purchase): Promise<void> {
  if (!buyer.contactId && !buyer.visitorId) return;
  const chains = await lockChainsOfBuyer(tx, shopId, buyer, at + CLOCK_SLACK_MS);
  for (const { id, ends, enteredAt, goalWithin, zone } of chains) {
    if (proven && goalWithin && at <= after(enteredAt, goalWithin, zone)) {
      await noteGoal(tx, id, Math.max(at, enteredAt));
    }
    if (ends) await stopEnrollment(tx, id, 'purchased');
  }
}
