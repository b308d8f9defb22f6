/** Tells what came of a shop's flows: letter by letter, and, where some people are held out, what the whole flow brings. */

import { type Comparison, compareArms } from '../../../core/experiments/experiment.ts';
import {
  judgeTrial,
  type PlacedTrial,
  type TrialArm,
  type TrialJudgement,
  trialsOf,
} from '../../../core/experiments/trial.ts';
import type { Tx } from '../../../db/connect.ts';
import { type GroupRow, groupRows, type LetterRow, letterRows } from '../../../db/flow-report.ts';
import { listFlows } from '../../../db/flows.ts';
import type { ShopRow } from '../../../db/shops.ts';
import { trialArms, trialsByKey } from '../../../db/trials.ts';
import type { Deps } from '../../deps.ts';
import { type AskedPeriod, type Period, reportPeriod } from './report-period.ts';

export interface HoldoutReport {
  flow: string;
  groups: GroupRow[];
  /** Of those who were let in with those who weren't; null where one of the two is missing. */
  comparison: Comparison | null;
}

/** What a step of a flow as it is now tries, and what its people did. */
export interface TrialReport extends PlacedTrial {
  flow: string;
  startedAt: number | null;
  /** As they were when the winner was found, else as they are. */
  arms: TrialArm[];
  judgement: TrialJudgement;
  winner: number | null;
  decidedAt: number | null;
}

export interface FlowReport extends Period {
  letters: LetterRow[];
  trials: TrialReport[];
  holdouts: HoldoutReport[];
}

export interface FlowReportInput extends AskedPeriod {
  flow?: string;
  /** Days after a letter left, or after somebody entered, in which an order counts. */
  window: number;
  by?: 'day';
}

const HELD = 'holdout';

export async function reportFlows(
  deps: Deps,
  shop: ShopRow,
  { flow, window, by, ...period }: FlowReportInput,
): Promise<FlowReport> {
  return deps.db.shop(shop.id, async (tx) => {
    const { from, to } = reportPeriod(period, shop, tx.now);
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
    const trials = await trialReports(tx, shop.id, flow);
    return { from, to, letters, trials, holdouts: flows.map((one) => compared(one, groups)) };
  });
}

/** Over all the time that these very variants have been tried: a winner isn't one of a period. */
async function trialReports(tx: Tx, shopId: string, flow: string | undefined): Promise<TrialReport[]> {
  const flows = (await listFlows(tx, shopId)).filter(({ key }) => flow === undefined || key === flow);
  const placed = flows.flatMap((one) => trialsOf(one).map((trial) => ({ ...trial, flow: one.key })));
  const known = await trialsByKey(
    tx,
    shopId,
    placed.map(({ key }) => key),
  );
  return Promise.all(
    placed.map(async (trial) => {
      const {
        startedAt = null,
        winner = null,
        decidedAt = null,
        arms: kept,
      } = known.find(({ key }) => key === trial.key) ?? {};
      const arms = kept ?? (await trialArms(tx, { shopId, key: trial.key, plan: trial.plan }));
      return { ...trial, startedAt, winner, decidedAt, arms, judgement: judgeTrial(arms) };
    }),
  );
}

function compared(flow: string, all: readonly GroupRow[]): HoldoutReport {
  const groups = all.filter((group) => group.flow === flow);
  return { flow, groups, comparison: compareArms(groups, HELD)[0] ?? null };
}
