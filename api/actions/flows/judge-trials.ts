/** Looks who leads in what flows try, and keeps who has won: from then on everybody gets that one. */

import { judgeTrial } from '../../../core/experiments/trial.ts';
import { decideTrial, isTried, lockTrialDue, postponeTrial, trialArms } from '../../../db/trials.ts';
import type { Deps } from '../../deps.ts';
import { describeError } from '../../log.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** As many trials as are due, at most `limit`. Letters don't wait for it: they are tried on meanwhile. */
export async function judgeTrials(deps: Deps, limit: number): Promise<void> {
  try {
    for (let done = 0; done < limit && (await judgeOne(deps)); done += 1);
  } catch (error) {
    deps.log('error', 'trial not judged', { error: describeError(error) });
  }
}

/** May be looked at as often as one likes: the verdict's error is the same. */
async function judgeOne(deps: Deps): Promise<boolean> {
  return deps.db.engine(async (tx) => {
    const trial = await lockTrialDue(tx);
    if (!trial) return false;
    const arms = await trialArms(tx, trial);
    const { verdict, leader } = judgeTrial(arms);
    if (verdict === 'winner' && leader !== null) {
      await decideTrial(tx, trial, { winner: leader, arms });
      deps.log('info', 'a variant has won', { shop: trial.shopId, count: arms.length });
    } else {
      const tried = await isTried(tx, trial, tx.now - trial.plan.windowMs - DAY_MS);
      await postponeTrial(tx, trial, tx.now + (tried ? HOUR_MS : DAY_MS));
    }
    return true;
  });
}
