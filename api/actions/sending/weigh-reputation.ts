/** Halts what sells when too many complain or too many addresses are none: whoever goes on then loses the mailbox providers for all letters. */

import { COUNTED_LETTERS, type Reputation, reputationOf } from '../../../core/letters/reputation.ts';
import type { Tx } from '../../../db/connect.ts';
import { latestFates } from '../../../db/delivery.ts';
import { haltMarketing } from '../../../db/shops.ts';
import type { Deps } from '../../deps.ts';

export async function weighReputation(tx: Tx, deps: Deps, shopId: string): Promise<Reputation> {
  const reputation = reputationOf(await latestFates(tx, shopId, COUNTED_LETTERS));
  if (reputation.state === 'halt') await haltMarketing(tx, shopId, reputation.reason);
  if (reputation.state !== 'good') {
    deps.log('warn', 'reputation at risk', { shop: shopId, reason: reputation.reason });
  }
  return reputation;
}
