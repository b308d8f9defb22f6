/** Tells what a rule's experiment has shown: each arm's net revenue per eligible visitor, and which differences are more than chance. */

import { HOLDOUT, type Share, sharesOf } from '../../../core/experiments/arm.ts';
import {
  type ArmSample,
  type Comparison,
  checkRatio,
  compareArms,
  type RatioCheck,
  usualBase,
} from '../../../core/experiments/experiment.ts';
import type { Rule } from '../../../core/rules/rule.ts';
import {
  type ArmResult,
  armResults,
  type Cohort,
  drawnByVersion,
  tiedOrders,
  type VersionCount,
} from '../../../db/experiments.ts';
import { keptRule } from '../../../db/rules.ts';
import type { ShopRow } from '../../../db/shops.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../problem.ts';
import { type AskedPeriod, type Period, reportPeriod } from './report-period.ts';

export interface ExperimentReport extends Period {
  rule: Rule;
  margin: number | null;
  arms: ArmResult[];
  comparisons: Comparison[];
  /** Null where there is too little to tell. */
  ratio: RatioCheck | null;
  orders: { placed: number; tied: number };
}

export interface ExperimentQuery extends AskedPeriod {
  rule: string;
  against?: string;
  /** Days after becoming eligible in which an order counts. */
  window: number;
}

/** What all arms of an adaptive rule are together: their shares follow their outcomes, so that only the whole is drawn by chance alone. */
const ALL = 'all';

/** Null when there never was such a rule. */
export async function reportExperiment(
  deps: Deps,
  shop: ShopRow,
  { rule: id, against, window, ...period }: ExperimentQuery,
): Promise<ExperimentReport | null> {
  return deps.db.shop(shop.id, async (tx) => {
    const rule = await keptRule(tx, shop.id, id);
    if (!rule) return null;
    const { from, to } = reportPeriod(period, shop, tx.now);
    const margin = rule.adaptive?.margin ?? shop.settings.margin;
    const cohort: Cohort = {
      shopId: shop.id,
      ruleId: id,
      from,
      to,
      windowDays: window,
      currency: shop.currency,
      margin: margin ?? 1,
    };
    const [arms, drawn, orders] = await Promise.all([
      armResults(tx, cohort),
      drawnByVersion(tx, cohort),
      tiedOrders(tx, cohort),
    ]);
    const samples = rule.adaptive ? together(arms) : arms;
    const base = against ?? usualBase(samples);
    if (against !== undefined && !samples.some(({ arm }) => arm === against)) throw unknownArm(samples);
    return {
      rule,
      margin,
      from,
      to,
      arms,
      comparisons: compareArms(samples, base),
      ratio: checkRatio(groupsOf(drawn)),
      orders,
    };
  });
}

function unknownArm(samples: readonly ArmSample[]): Problem {
  const known = samples.flatMap(({ arm }) => arm ?? []).join(', ');
  const message = known ? `must be one of ${known}` : 'names an arm that nobody has drawn';
  return new Problem('invalid', { errors: [{ path: 'against', message }] });
}

function together(arms: readonly ArmResult[]): ArmSample[] {
  const shown = arms.filter(({ arm }) => arm !== HOLDOUT);
  const sum = (key: 'count' | 'buyers' | 'sum' | 'squares'): number =>
    shown.reduce((total, one) => total + one[key], 0);
  return [
    ...arms.filter(({ arm }) => arm === HOLDOUT),
    { arm: ALL, count: sum('count'), buyers: sum('buyers'), sum: sum('sum'), squares: sum('squares') },
  ];
}

interface Group {
  shares: readonly Share[];
  counts: Map<string | null, number>;
}

/** One group a version; of an adaptive one only who was held out and who wasn't. */
function groupsOf(drawn: readonly VersionCount[]): Group[] {
  const groups = new Map<number, Group>();
  for (const { version, definition, arm, count } of drawn) {
    const { holdout, adaptive, variants } = definition;
    const shares = sharesOf({ holdout, variants: adaptive ? [{ key: ALL, weight: 1 }] : variants });
    const group = groups.get(version) ?? { shares, counts: new Map() };
    const cell = adaptive && arm !== HOLDOUT ? ALL : arm;
    group.counts.set(cell, (group.counts.get(cell) ?? 0) + count);
    groups.set(version, group);
  }
  return [...groups.values()];
}
