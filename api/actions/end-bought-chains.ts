/** Ends the chains that led to a purchase, or were overtaken by it. */

import type { Tx } from '../../db/connect.ts';
import { stopEnrollment } from '../../db/enrollments.ts';
import { type Buyer, lockChainsOfBuyer } from '../../db/orders.ts';

/** A shop's clock may run behind ours by this much; nobody accepts an offer sooner after buying. */
const CLOCK_SLACK_MS = 5 * 60_000;

/** Only chains that began before the purchase: news of an older order (shipped, delivered) must not end a new chain. */
export async function endBoughtChains(tx: Tx, shopId: string, buyer: Buyer, boughtAt: number): Promise<void> {
  if (!buyer.contactId && !buyer.visitorId) return;
  const chains = await lockChainsOfBuyer(tx, shopId, buyer, boughtAt + CLOCK_SLACK_MS);
  for (const id of chains) await stopEnrollment(tx, id, 'purchased');
}
