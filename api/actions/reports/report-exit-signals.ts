/** Tells how often each signal of leaving really meant leaving: judged where no offer interfered. */

import { VISIT_GAP_MS } from '../../../core/visits/visit.ts';
import { countExitSignals, type ExitSignalCount } from '../../../db/exit-signals.ts';
import type { ShopRow } from '../../../db/shops.ts';
import type { Deps } from '../../deps.ts';
import { type AskedPeriod, reportPeriod } from './report-period.ts';

export interface ExitSignalReport {
  from: number;
  to: number;
  /** `leftShare`: `left / ghost`, or null where no ghost came. */
  signals: (ExitSignalCount & { leftShare: number | null })[];
}

/** The last 30 days where no time is given. Visits that may still go on are left out. */
export async function reportExitSignals(deps: Deps, shop: ShopRow, asked: AskedPeriod): Promise<ExitSignalReport> {
  return deps.db.shop(shop.id, async (tx) => {
    const { from, to } = reportPeriod(asked, shop, tx.now);
    const counts = await countExitSignals(tx, { shopId: shop.id, from, to, quietSince: tx.now - VISIT_GAP_MS });
    return {
      from,
      to,
      signals: counts.map((count) => ({ ...count, leftShare: count.ghost > 0 ? count.left / count.ghost : null })),
    };
  });
}
