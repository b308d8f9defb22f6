/** Counts anew what goes with what, what sells and how soon it is bought again, a shop at a time: the longer it takes, the more rarely. */

import { countTallies, lockTallyDue, putTallyOff } from '../../../db/tallies.ts';
import type { Deps } from '../../deps.ts';
import { describeError } from '../../log.ts';

const HOUR_MS = 3_600_000;
/** Counting takes at most this share of the time: 1 in 200. */
const REST = 200;
const LONGEST_REST_MS = 24 * HOUR_MS;
/** Shops in one turn: other work waits meanwhile. */
const MOST_SHOPS = 5;

/** Letters don't wait for it: what can't be counted now is counted later, and until then the last count holds. */
export async function countTalliesDue(deps: Deps, deadline: number): Promise<void> {
  for (let done = 0; done < MOST_SHOPS && deps.now() < deadline; done += 1) if (!(await countOne(deps))) return;
}

async function countOne(deps: Deps): Promise<boolean> {
  const began = deps.now();
  let counting: string | null = null;
  try {
    return await deps.db.engine(async (tx) => {
      const shopId = await lockTallyDue(tx);
      if (!shopId) return false;
      counting = shopId;
      await countTallies(tx, shopId);
      const rest = Math.min(LONGEST_REST_MS, Math.max(HOUR_MS, (deps.now() - began) * REST));
      await putTallyOff(tx, shopId, tx.now + rest, true);
      return true;
    });
  } catch (error) {
    const shopId = counting;
    deps.log('error', 'not counted', { shop: shopId ?? '', error: describeError(error) });
    if (shopId) await deps.db.engine((tx) => putTallyOff(tx, shopId, tx.now + LONGEST_REST_MS / 4, false));
    return false;
  }
}
