/** One turn of the engine: advance, send, reconcile, until nothing is due or time is up. Any number may overlap. */

import type { Deps } from '../deps.ts';
import { advanceDue } from './advance-due.ts';
import { reconcile } from './reconcile.ts';
import { sendDue } from './send-due.ts';

export interface TickOptions {
  /** Rows per turn. */
  limit: number;
  /** ms since the epoch by `deps.now`: nothing new begins after it. Calls that are under way end within their timeout. */
  deadline: number;
}

export interface TickReport {
  advanced: number;
  claimed: number;
  reconciled: number;
}

export async function tick(deps: Deps, { limit, deadline }: TickOptions): Promise<TickReport> {
  const report: TickReport = { advanced: 0, claimed: 0, reconciled: 0 };
  for (;;) {
    const advanced = await advanceDue(deps, limit);
    const claimed = await sendDue(deps, limit, deadline);
    const reconciled = await reconcile(deps, limit, deadline);
    report.advanced += advanced;
    report.claimed += claimed;
    report.reconciled += reconciled;
    if (advanced + claimed + reconciled === 0 || deps.now() >= deadline) return report;
  }
}
