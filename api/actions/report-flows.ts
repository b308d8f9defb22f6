/** Tells what came of a shop's flows: letter by letter, and, where some people are held out, what the whole flow brings. */

import { type Comparison, compareArms } from '../../core/experiment.ts';
import { type GroupRow, groupRows, type LetterRow, letterRows } from '../../db/flow-report.ts';
import type { ShopRow } from '../../db/shops.ts';
import type { Deps } from '../deps.ts';
import { type Period, reportPeriod } from './report-period.ts';

export interface HoldoutReport {
  flow: string;
  groups: GroupRow[];
  /** Of those who were let in with those who weren't; null where one of the two is missing. */
  comparison: Comparison | null;
}

export interface FlowReport extends Period {
  letters: LetterRow[];
  holdouts: HoldoutReport[];
}

export interface FlowReportInput {
  flow?: string;
  /** Days after a letter left, or after somebody entered, in which an order counts. */
  window: number;
  by?: 'day';
  from?: number;
  to?: number;
}

const HELD = 'holdout';

export async function reportFlows(
  deps: Deps,
  shop: ShopRow,
  { flow, window, by, ...period }: FlowReportInput,
): Promise<FlowReport> {
  return deps.db.shop(shop.id, async (tx) => {
    const { from, to } = reportPeriod(period, tx.now);
    const query = {
      shopId: shop.id,
      flow: flow ?? null,
      from,
      to,
      dayZone: by === 'day' ? shop.timezone : null,
      windowDays: window,
      currency: shop.currency,
      margin: shop.settings.margin ?? 1,
    };
    const [letters, groups] = await Promise.all([letterRows(tx, query), groupRows(tx, query)]);
    const flows = [...new Set(groups.map((group) => group.flow))];
    return { from, to, letters, holdouts: flows.map((one) => compared(one, groups)) };
  });
}

function compared(flow: string, all: readonly GroupRow[]): HoldoutReport {
  const groups = all.filter((group) => group.flow === flow);
  return { flow, groups, comparison: compareArms(groups, HELD)[0] ?? null };
}
