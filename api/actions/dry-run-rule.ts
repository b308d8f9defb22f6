/** Runs a rule over a shop's past visits: what it would have shown, to whom, beside which rules, at what price. Changes nothing. */

import { type ReplayCounts, type ReplayRule, startReplay } from '../../core/replay.ts';
import { VISIT_GAP_MS } from '../../core/visit.ts';
import { countPastVisits } from '../../db/past-visits.ts';
import { rulesInForce } from '../../db/rules.ts';
import type { ShopRow } from '../../db/shops.ts';
import type { Deps } from '../deps.ts';
import { readPastVisits } from './read-past-visits.ts';

export interface DryRunProgress {
  visits: number;
  of: number;
}

export interface DryRun extends ReplayCounts {
  from: number;
  to: number;
  currency: string;
}

const DEFAULT_DAYS = 30;

/** Yields how far it is, and returns what it found. The last 30 days where no time is given. */
export async function* dryRunRule(
  deps: Deps,
  shop: ShopRow,
  rule: ReplayRule,
  asked: { from?: number; to?: number },
): AsyncGenerator<DryRunProgress, DryRun> {
  const { others, period, of } = await deps.db.shop(shop.id, async (tx) => {
    const to = asked.to ?? tx.now;
    const from = asked.from ?? to - DEFAULT_DAYS * 86_400_000;
    const between = { from, to, quietSince: tx.now - VISIT_GAP_MS };
    return {
      others: await rulesInForce(tx, shop.id),
      period: between,
      of: await countPastVisits(tx, shop.id, between),
    };
  });
  const { currency, timezone, settings } = shop;
  const replay = startReplay(rule, others, { currency, timezone, limit: settings.limits.offersPerVisitor });
  let visits = 0;
  yield { visits, of };
  for await (const page of readPastVisits(deps, shop, period, rule.moment)) {
    for (const visit of page) replay.add(visit);
    visits += page.length;
    yield { visits, of };
  }
  return { from: period.from, to: period.to, currency, ...replay.counts() };
}
