/** Tells why visitors said they were leaving, by the rule that asked. */

import { countLeavingReasons, type LeavingReasonCount } from '../../../db/leaving-reasons.ts';
import type { ShopRow } from '../../../db/shops.ts';
import type { Deps } from '../../deps.ts';
import { type AskedPeriod, reportPeriod } from './report-period.ts';

export interface LeavingReasonReport {
  from: number;
  to: number;
  /** `share`: of all answers that the rule got, 0 to 1. */
  rules: { rule: string; answers: number; reasons: (Omit<LeavingReasonCount, 'rule'> & { share: number })[] }[];
}

/** The last 30 days where no time is given; every rule where none is named. */
export async function reportLeavingReasons(
  deps: Deps,
  shop: ShopRow,
  { rule, ...asked }: AskedPeriod & { rule?: string },
): Promise<LeavingReasonReport> {
  return deps.db.shop(shop.id, async (tx) => {
    const { from, to } = reportPeriod(asked, shop, tx.now);
    const counts = await countLeavingReasons(tx, { shopId: shop.id, from, to, rule: rule ?? null });
    return {
      from,
      to,
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
