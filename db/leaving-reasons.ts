/** Why visitors said they were leaving. */

import { LEAVING_REASON, LEAVING_REASONS, type LeavingReason } from '../core/rules/popup.ts';
import type { Tx } from './connect.ts';

export interface LeavingReasonCount {
  rule: string;
  reason: LeavingReason;
  /** Visits that gave it. */
  count: number;
}

export interface LeavingPeriod {
  shopId: string;
  from: number;
  to: number;
  /** One rule, or all of them. */
  rule: string | null;
}

/** Each visit counts once for a rule and a reason. The most frequent first. */
export async function countLeavingReasons(
  { sql }: Tx,
  { shopId, from, to, rule }: LeavingPeriod,
): Promise<LeavingReasonCount[]> {
  return sql<LeavingReasonCount[]>`
    select body->'data'->>'rule' as rule, body->'data'->>'reason' as reason, count(distinct visit_id) as count
    from event
    where shop_id = ${shopId} and type = 'custom' and at >= ${from} and at < ${to} and body->>'name' = ${LEAVING_REASON}
      and body->'data'->>'rule' is not null and body->'data'->>'reason' in ${sql([...LEAVING_REASONS])}
      and (${rule}::text is null or body->'data'->>'rule' = ${rule})
    group by 1, 2 order by 1, 3 desc, 2`;
}
