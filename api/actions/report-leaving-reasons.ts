/** Tells why visitors said they were leaving, by the rule that asked. */

import { countLeavingReasons, type LeavingReasonCount } from '../../db/leaving-reasons.ts';
import type { Deps } from '../deps.ts';

export interface LeavingReasonReport {
  from: number;
  to: number;
  /** `share`: of all answers that the rule got, 0 to 1. */
  rules: { rule: string; answers: number; reasons: (Omit<LeavingReasonCount, 'rule'> & { share: number })[] }[];
}

const DEFAULT_DAYS = 30;

/** The last 30 days where no time is given; every rule where none is named. */
export async function reportLeavingReasons(
  deps: Deps,
  shopId: string,
  { from, to, rule }: { from?: number; to?: number; rule?: string },
): Promise<LeavingReasonReport> {
  return deps.db.shop(shopId, async (tx) => {
    const until = to ?? tx.now;
    const since = from ?? until - DEFAULT_DAYS * 86_400_000;
    const counts = await countLeavingReasons(tx, { shopId, from: since, to: until, rule: rule ?? null });
    return {
      from: since,
      to: until,
      rules: [...Map.groupBy(counts, (one) => one.rule)].map(([id, own]) => {
        const answers = own.reduce((sum, { count }) => sum + count, 0);
        return {
          rule: id,
          answers,
          reasons: own.map(({ reason, count }) => ({ reason, count, share: count / answers })),
        };
      }),
    };
  });
}
