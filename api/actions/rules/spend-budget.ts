/** The budget of an adaptive rule: what its codes may cost in a day or a month of the shop. */

import type { AdaptivePlan } from '../../../core/experiments/adaptive-offer.ts';
import { localDay, wallTime } from '../../../core/values/calendar.ts';
import type { Tx } from '../../../db/connect.ts';
import { discountSince } from '../../../db/experiments.ts';
import { budgetOf, hastenOdds } from '../../../db/odds.ts';
import type { ShopRow } from '../../../db/shops.ts';

export interface BudgetedRule {
  shopId: string;
  id: string;
  /** IANA. */
  timeZone: string;
}

/** Whether the codes that were used in the period have cost the budget. */
export async function isSpent(
  tx: Tx,
  { shopId, id, timeZone }: BudgetedRule,
  { budget }: Pick<AdaptivePlan, 'budget'>,
): Promise<boolean> {
  if (!budget) return false;
  const today = localDay(tx.now, timeZone);
  const first = budget.per === 'day' ? today : `${today.slice(0, -2)}01`;
  return (await discountSince(tx, shopId, id, wallTime(first, timeZone))) >= budget.amount;
}

/** After a use of one of its codes: where that has spent the budget, the chances are set anew with the next turn, not within the hour. */
export async function spendBudget(tx: Tx, { id: shopId, timezone }: ShopRow, ruleId: string): Promise<void> {
  const budget = await budgetOf(tx, shopId, ruleId);
  if (budget && (await isSpent(tx, { shopId, id: ruleId, timeZone: timezone }, { budget })))
    await hastenOdds(tx, shopId, ruleId);
}
