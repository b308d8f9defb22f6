/** How often rules have been shown and taken: what caps are counted by. */

import { arrayOf, type Tx } from './connect.ts';

/** When each rule was shown to a visitor, in ms, over all of their visits. */
export async function showingsTo({ sql }: Tx, shopId: string, visitorId: string): Promise<Record<string, number[]>> {
  const rows = await sql<{ rule: string; times: string }[]>`
    select event.body->>'rule' as rule, string_agg((extract(epoch from event.at) * 1000)::bigint::text, ',') as times
    from visit join event on event.shop_id = visit.shop_id and event.visit_id = visit.id and event.type = 'offer_shown'
    where visit.shop_id = ${shopId} and visit.visitor_id = ${visitorId}
    group by 1`;
  return Object.fromEntries(rows.map(({ rule, times }) => [rule, times.split(',').map(Number)]));
}

export interface Taken {
  today: number;
  ever: number;
}

export interface TakenQuery {
  /** Rules of which only today matters, and those that are counted since the beginning. */
  daily: readonly string[];
  ever: readonly string[];
  /** The shop's midnight. */
  today: number;
  exceptVisit: string | null;
}

/** Visits other than `exceptVisit` that took each of these rules' offers. */
export async function takenOf(
  { sql }: Tx,
  shopId: string,
  { daily, ever, today, exceptVisit }: TakenQuery,
): Promise<Record<string, Taken>> {
  const rows = await sql<(Taken & { ruleId: string })[]>`
    select rule_id, count(distinct visit_id) as ever, count(distinct visit_id) filter (where at >= ${today}) as today
    from decision
    where shop_id = ${shopId} and outcome = 'accepted' and visit_id is distinct from ${exceptVisit}::uuid
      and (rule_id = any(${arrayOf(ever)}::uuid[]) or (rule_id = any(${arrayOf(daily)}::uuid[]) and at >= ${today}))
    group by rule_id`;
  return Object.fromEntries(rows.map(({ ruleId, ...taken }) => [ruleId, taken]));
}

/** Claims on a rule that has a budget go one after the other, so that the last place is given once. Held until the transaction ends. */
export async function queueForRule({ sql }: Tx, shopId: string, ruleId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${shopId}/${ruleId}`}, 0))`;
}
