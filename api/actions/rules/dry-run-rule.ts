/** Runs a rule over a shop's past visits: what it would have shown, to whom, beside which rules, at what price. Changes nothing. */

import { segmentsIn } from '../../../core/contacts/segment.ts';
import { type Moment, type Rule, ruleForArm } from '../../../core/rules/rule.ts';
import {
  type Replay,
  type ReplayCounts,
  type ReplayReader,
  type ReplayRule,
  startReplay,
} from '../../../core/visits/replay.ts';
import { VISIT_GAP_MS } from '../../../core/visits/visit.ts';
import { countPastVisits } from '../../../db/past-visits.ts';
import { rulesInForce } from '../../../db/rules.ts';
import type { ShopRow } from '../../../db/shops.ts';
import type { Deps } from '../../deps.ts';
import { type AskedPeriod, reportPeriod } from '../reports/report-period.ts';
import { readPastVisits } from '../visits/read-past-visits.ts';

export interface DryRunProgress {
  visits: number;
  of: number;
}

/** What one arm would have shown, and when, had everybody drawn it. */
export interface ArmRun extends Pick<ReplayCounts, 'reached' | 'eligible' | 'shown' | 'boughtAnyway' | 'discount'> {
  arm: string;
  moment: Moment;
}

export interface DryRun extends ReplayCounts {
  from: number;
  to: number;
  currency: string;
  /** Visits that may go on: judged by what they were so far. */
  ongoing: number;
  /** Empty where all arms speak at the rule's own moment. */
  arms: ArmRun[];
}

type TriedRule = ReplayRule & Pick<Rule, 'popup' | 'variants'>;

/** A rule under one moment, and what comes of it. */
interface Trial {
  moment: Moment;
  replay: Replay;
}

/** Enough to keep two cores busy, and few beside the connections that visitors need. */
const LANES = 2;

/** Yields how far it is, and returns what it found. The last 30 days where no time is given. */
export async function* dryRunRule(
  deps: Deps,
  shop: ShopRow,
  rule: TriedRule,
  asked: AskedPeriod,
): AsyncGenerator<DryRunProgress, DryRun> {
  const { others, period, count, ongoing } = await deps.db.shop(shop.id, async (tx) => {
    const between = { ...reportPeriod(asked, shop, tx.now), quietSince: null };
    const [inForce, all, over] = await Promise.all([
      rulesInForce(tx, shop.id),
      countPastVisits(tx, shop.id, between),
      countPastVisits(tx, shop.id, { ...between, quietSince: tx.now - VISIT_GAP_MS }),
    ]);
    return { others: inForce, period: between, count: all, ongoing: all - over };
  });
  const { currency, timezone, settings } = shop;
  const about = { currency, timezone, limit: settings.limits.offersPerVisitor };
  const trialOf = (one: ReplayRule): Trial => ({ moment: one.moment, replay: startReplay(one, others, about) });
  const own = trialOf(rule);
  const arms = rulesOfArms(rule).map(({ arm, rule: its }) => ({ arm, ...trialOf(its) }));
  const readings = byReading([own, ...arms]);
  const segments = [
    ...new Set([rule, ...others].flatMap(({ when }) => segmentsIn(when).map(({ segment }) => segment))),
  ];
  const of = count * readings.length;
  let visits = 0;
  yield { visits, of };
  for (const trials of readings) {
    const readers = new Map<number, ReplayReader[]>();
    for await (const page of readPastVisits(deps, shop, { period, moment: trials[0].moment, lanes: LANES, segments })) {
      const own = readers.get(page.lane) ?? trials.map(({ replay }) => replay.reader());
      readers.set(page.lane, own);
      for (const visit of page.visits) for (const read of own) read(visit);
      visits += page.visits.length;
      yield { visits, of };
    }
  }
  return { from: period.from, to: period.to, currency, ongoing, ...own.replay.counts(), arms: arms.map(runOfArm) };
}

/** The rule as each arm has it, where they speak at different moments. */
function rulesOfArms(rule: TriedRule): { arm: string; rule: TriedRule }[] {
  if (rule.variants.every(({ moment }) => moment === undefined || moment === rule.moment)) return [];
  return rule.variants.map(({ key, moment = rule.moment }) => ({
    arm: key,
    rule: { ...ruleForArm(rule, key), moment, variants: [] },
  }));
}

/** Only of leaving the moment itself is kept: all other moments are judged by the same scenes, and one reading serves them. */
function byReading(trials: readonly Trial[]): [Trial, ...Trial[]][] {
  const kinds = [trials.filter(({ moment }) => moment === 'exit'), trials.filter(({ moment }) => moment !== 'exit')];
  return kinds.filter((kind): kind is [Trial, ...Trial[]] => kind.length > 0);
}

function runOfArm({ arm, moment, replay }: Trial & { arm: string }): ArmRun {
  const { reached, eligible, shown, boughtAnyway, discount } = replay.counts();
  return { arm, moment, reached, eligible, shown, boughtAnyway, discount };
}
