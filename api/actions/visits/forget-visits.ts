/** Removes visits once they have been kept as long as their shop keeps them: once a day for each shop, some at a time. */

import { durationMs } from '../../../core/values/duration.ts';
import { removeVisitsBefore, shopIsSwept, shopToSweep } from '../../../db/old-visits.ts';
import type { Deps } from '../../deps.ts';

/** Few enough that nobody waits for their rows. */
const PORTION = 500;

/** Until none is old, or time is up (`deadline`: ms since the epoch). Any number may overlap. */
export async function forgetVisits(deps: Deps, deadline: number): Promise<void> {
  while (deps.now() < deadline) {
    const more = await deps.db.engine(async (tx) => {
      const shop = await shopToSweep(tx);
      if (!shop) return false;
      const before = tx.now - durationMs(shop.keptFor);
      const removed = await removeVisitsBefore(tx, shop.id, { before, limit: PORTION });
      if (removed < PORTION) await shopIsSwept(tx, shop.id);
      return true;
    });
    if (!more) return;
  }
}
