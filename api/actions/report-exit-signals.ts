/** Tells how often each signal of leaving really meant leaving: judged where no offer interfered. */

import { VISIT_GAP_MS } from '../../core/visit.ts';
import { countExitSignals, type ExitSignalCount } from '../../db/exit-signals.ts';
import type { Deps } from '../deps.ts';

export interface ExitSignalReport {
  from: number;
  to: number;
  /** `leftShare`: `left / ghost`, or null where no ghost came. */
  signals: (ExitSignalCount & { leftShare: number | null })[];
}

const DEFAULT_DAYS = 30;

/** The last 30 days where no time is given. Visits that may still go on are left out. */
export async function reportExitSignals(
  deps: Deps,
  shopId: string,
  { from, to }: { from?: number; to?: number },
): Promise<ExitSignalReport> {
  return deps.db.shop(shopId, async (tx) => {
    const until = to ?? tx.now;
    const since = from ?? until - DEFAULT_DAYS * 86_400_000;
    const counts = await countExitSignals(tx, { shopId, from: since, to: until, quietSince: tx.now - VISIT_GAP_MS });
    return {
      from: since,
      to: until,
      signals: counts.map((count) => ({ ...count, leftShare: count.ghost > 0 ? count.left / count.ghost : null })),
    };
  });
}
