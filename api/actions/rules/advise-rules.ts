/** Advises how deep a visit should be before it is offered anything: from the shop's own visits, with what each step costs. */

import type { Offer } from '../../../core/rules/offer.ts';
import { type Advice, advise, type Depth, depthOf, stepsAround } from '../../../core/visits/advice.ts';
import { type ReplayCounts, type ReplayRule, startReplay } from '../../../core/visits/replay.ts';
import { VISIT_GAP_MS } from '../../../core/visits/visit.ts';
import type { PastPeriod } from '../../../db/past-visits.ts';
import type { ShopRow } from '../../../db/shops.ts';
import type { Deps } from '../../deps.ts';
import { type AskedPeriod, reportPeriod } from '../reports/report-period.ts';
import { readPastVisits } from '../visits/read-past-visits.ts';

export interface AdvisedStep extends Pick<ReplayCounts, 'shown' | 'boughtAnyway' | 'discount'> {
  pages: number;
  seconds: number;
}

export interface RuleAdvice extends Advice {
  from: number;
  to: number;
  currency: string;
  /** What an offer on leaving would have done at each step; empty without a proposal. */
  steps: AdvisedStep[];
}

/** Visits are read by visitor, whose ids are random: the first of them are a fair sample. */
const SAMPLE = 20_000;
const DEFAULT_DAYS = 90;

export async function adviseRules(
  deps: Deps,
  shop: ShopRow,
  { percent, ...asked }: AskedPeriod & { percent: number },
): Promise<RuleAdvice> {
  const now = await deps.db.shop(shop.id, async (tx) => tx.now);
  const { from, to } = reportPeriod(asked, shop, now, DEFAULT_DAYS);
  const period = { from, to, quietSince: now - VISIT_GAP_MS };
  const advice = advise(await readDepths(deps, shop, period));
  const { currency } = shop;
  const pages = advice.pages.atLeast;
  const seconds = advice.seconds.atLeast;
  const wanted = pages === null && seconds === null ? [] : stepsAround(pages ?? 1, seconds ?? 0);
  const offer: Offer = { kind: 'percent', value: percent };
  return { from, to, currency, ...advice, steps: await runSteps(deps, shop, period, { wanted, offer }) };
}

async function readDepths(deps: Deps, shop: ShopRow, period: PastPeriod): Promise<Depth[]> {
  const depths: Depth[] = [];
  // What comes in time and not on leaving is judged at the visit's end, or just before its purchase.
  for await (const page of readPastVisits(deps, shop, { period, moment: 'time', lanes: 1 })) {
    for (const { scenes, startedAt, bought } of page.visits) {
      const [scene] = scenes;
      if (scene) depths.push(depthOf(scene, startedAt, bought.length > 0));
    }
    if (depths.length >= SAMPLE) break;
  }
  return depths.slice(0, SAMPLE);
}

async function runSteps(
  deps: Deps,
  shop: ShopRow,
  period: PastPeriod,
  { wanted, offer }: { wanted: readonly { pages: number; seconds: number }[]; offer: Offer },
): Promise<AdvisedStep[]> {
  if (wanted.length === 0) return [];
  const { currency, timezone, settings } = shop;
  const about = { currency, timezone, limit: settings.limits.offersPerVisitor };
  const runs = wanted.map((step) => ({ step, replay: startReplay(stepRule(step, offer), [], about) }));
  const readers = runs.map(({ replay }) => replay.reader());
  let read = 0;
  for await (const { visits } of readPastVisits(deps, shop, { period, moment: 'exit', lanes: 1 })) {
    for (const visit of visits) for (const take of readers) take(visit);
    read += visits.length;
    if (read >= SAMPLE) break;
  }
  return runs.map(({ step, replay }) => {
    const { shown, boughtAnyway, discount } = replay.counts();
    return { ...step, shown, boughtAnyway, discount };
  });
}

const stepRule = ({ pages, seconds }: { pages: number; seconds: number }, offer: Offer): ReplayRule => ({
  id: '',
  name: '',
  enabled: true,
  priority: 0,
  moment: 'exit',
  when: {
    all: [
      ['pages', '>=', pages],
      ['seconds', '>=', seconds],
    ],
  },
  quietFor: { refused: '30d', shown: '1d' },
  offer,
});
