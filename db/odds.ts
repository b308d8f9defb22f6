/** The chances of adaptive rules' discounts. Whoever sets them anew locks the rule; others pass it over. */

import type { AdaptivePlan } from '../core/experiments/adaptive-offer.ts';
import type { Share } from '../core/experiments/arm.ts';
import type { Rule } from '../core/rules/rule.ts';
import type { Tx } from './connect.ts';

export interface AdaptiveRule {
  shopId: string;
  id: string;
  version: number;
  definition: Omit<Rule, 'id'> & { adaptive: AdaptivePlan };
  currency: string;
  timeZone: string;
  /** The shop's, or null. */
  margin: number | null;
}

/** An adaptive rule that is on, whose chances are from before `since` or of another version; null when there is none. */
export async function lockAdaptiveDue({ sql }: Tx, since: number): Promise<AdaptiveRule | null> {
  const [row] = await sql<AdaptiveRule[]>`
    select rule.shop_id, rule.id, rule.version, rule.definition, shop.currency, shop.timezone as time_zone,
      (shop.settings->>'margin')::numeric as margin
    from rule join shop on shop.id = rule.shop_id
    where rule.definition->'adaptive' is not null and rule.deleted_at is null and (rule.definition->>'enabled')::boolean
      and not exists (
        select from odds where odds.shop_id = rule.shop_id and odds.rule_id = rule.id
          and odds.rule_version = rule.version and odds.at > ${since}
      )
    limit 1 for update of rule skip locked`;
  return row ?? null;
}

export async function saveOdds({ sql, now }: Tx, rule: AdaptiveRule, shares: readonly Share[]): Promise<void> {
  await sql`
    insert into odds (shop_id, rule_id, rule_version, shares, at)
    values (${rule.shopId}, ${rule.id}, ${rule.version}, ${sql.json(shares as never)}, ${now})
    on conflict (shop_id, rule_id) do update set rule_version = excluded.rule_version, shares = excluded.shares, at = excluded.at`;
}

/** What an adaptive rule may cost while more than no discount is drawn; null where it has no budget, or nothing else is drawn any more. */
export async function budgetOf({ sql }: Tx, shopId: string, ruleId: string): Promise<AdaptivePlan['budget'] | null> {
  const [row] = await sql<{ budget: AdaptivePlan['budget'] }[]>`
    select rule.definition->'adaptive'->'budget' as budget from rule
    join odds on odds.shop_id = rule.shop_id and odds.rule_id = rule.id and jsonb_array_length(odds.shares) > 1
    where rule.shop_id = ${shopId} and rule.id = ${ruleId}`;
  return row?.budget ?? null;
}

/** Has the chances set anew with the next turn. */
export async function hastenOdds({ sql }: Tx, shopId: string, ruleId: string): Promise<void> {
  await sql`update odds set at = to_timestamp(0) where shop_id = ${shopId} and rule_id = ${ruleId}`;
}
