/** Sets the chances of adaptive rules' discounts anew, from what came of them: hourly, and at once when a rule is new or changed, or its budget is spent. */

import { chancesOf } from '../../../core/experiments/adaptive-offer.ts';
import { adaptiveOutcomes } from '../../../db/experiments.ts';
import { lockAdaptiveDue, saveOdds } from '../../../db/odds.ts';
import type { Deps } from '../../deps.ts';
import { describeError } from '../../log.ts';
import { isSpent } from './spend-budget.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Older outcomes are of another season. */
const MEMORY_DAYS = 90;
/** An order within so many days is the offer's; reports count by the same unless asked otherwise. */
const WINDOW_DAYS = 7;

/** As many rules as are due, at most `limit`. Chances may be an hour older for once: letters don't wait for them. */
export async function refreshOdds(deps: Deps, limit: number): Promise<void> {
  try {
    // A transaction each: a rule with a long history keeps no other waiting.
    for (let done = 0; done < limit && (await refreshOne(deps)); done += 1);
  } catch (error) {
    deps.log('error', 'chances not set', { error: describeError(error) });
  }
}

async function refreshOne(deps: Deps): Promise<boolean> {
  return deps.db.engine(async (tx) => {
    const rule = await lockAdaptiveDue(tx, tx.now - HOUR_MS);
    if (!rule) return false;
    const { adaptive: plan, offer } = rule.definition;
    const margin = plan.margin ?? rule.margin ?? 1;
    const { outcomes, delays } = await adaptiveOutcomes(tx, {
      shopId: rule.shopId,
      ruleId: rule.id,
      from: tx.now - MEMORY_DAYS * DAY_MS,
      to: tx.now,
      windowDays: WINDOW_DAYS,
      currency: rule.currency,
      margin,
    });
    const chances = chancesOf({
      plan,
      kind: offer.kind === 'fixed' ? 'fixed' : 'percent',
      margin,
      outcomes,
      delays,
      spent: await isSpent(tx, rule, plan),
      random: deps.random,
    });
    await saveOdds(tx, rule, [...chances]);
    return true;
  });
}
