/** Reads what core/rules/standing asks of: the rules' caps and the shop's limit, counted for one visitor or for nobody in particular. */

import { needsStock } from '../../../core/codes/code-plan.ts';
import type { ExplainedGate } from '../../../core/rules/explain.ts';
import {
  STANDING,
  STANDING_GATES,
  type Standing,
  type StandingGate,
  seenStanding,
  whenOnPages,
} from '../../../core/rules/standing.ts';
import { localDay, wallTime } from '../../../core/values/calendar.ts';
import type { Tx } from '../../../db/connect.ts';
import { shutFlows } from '../../../db/flows.ts';
import type { StoredRule } from '../../../db/rules.ts';
import type { ShopRow } from '../../../db/shops.ts';
import { queueForRule, showingsTo, takenOf } from '../../../db/showings.ts';
import { poolsWithStock } from '../../../db/stock.ts';
import { poolsOf } from '../codes/list-pools.ts';
import type { Folded } from '../visits/fold-batch.ts';

export interface Weighing {
  rules: readonly StoredRule[];
  /** Null: as every visitor finds it. */
  who: Folded | null;
  claim?: boolean;
  /** Leave out what others took and which flows are shut: the config has told pages of it. */
  personal?: boolean;
}

export async function weighStanding(
  tx: Tx,
  shop: ShopRow,
  { rules, who, claim = false, personal = false }: Weighing,
): Promise<Standing> {
  const on = rules.filter((rule) => rule.enabled);
  const limit = shop.settings.limits.offersPerVisitor;
  // Whoever was never shown anything has nothing to count, and showings are asked about before they are answered.
  const counted =
    !claim &&
    who !== null &&
    Object.keys(who.visitor.shown).length > 0 &&
    (limit !== null || on.some(({ caps }) => caps?.perVisit !== undefined || caps?.perVisitor !== undefined));
  const [showings, taken, outOfCodes, outOfFlow] = await Promise.all([
    counted ? showingsTo(tx, shop.id, who.visitor.id) : {},
    personal ? {} : takenBy(tx, shop, on, claim && who ? who.visit.id : null),
    claim ? [] : outOfCodesOf(tx, shop.id, on),
    personal ? [] : outOfFlowOf(tx, shop.id, on),
  ]);
  return {
    now: tx.now,
    timeZone: shop.timezone,
    claim,
    showings,
    // Pages' times may lie a little before the visit's first receipt.
    visitAt: who === null ? tx.now : Math.min(who.visit.startedAt, who.visit.state.startedAt),
    taken,
    outOfFlow,
    outOfCodes,
    limit,
  };
}

async function takenBy(
  tx: Tx,
  { id, timezone }: ShopRow,
  rules: readonly StoredRule[],
  exceptVisit: string | null,
): Promise<Standing['taken']> {
  const ever = rules.filter(({ caps }) => caps?.total !== undefined);
  const daily = rules.filter(({ caps }) => caps?.perDay !== undefined && caps.total === undefined);
  if (ever.length + daily.length === 0) return {};
  return takenOf(tx, id, {
    ever: ever.map((rule) => rule.id),
    daily: daily.map((rule) => rule.id),
    today: wallTime(localDay(tx.now, timezone), timezone),
    exceptVisit,
  });
}

async function outOfCodesOf(tx: Tx, shopId: string, rules: readonly StoredRule[]): Promise<string[]> {
  const needy = rules.filter(({ code, offer }) => needsStock(code) && offer.kind !== 'none');
  const filled = await poolsWithStock(tx, shopId, needy.flatMap(poolsOf));
  return needy.filter((rule) => !poolsOf(rule).some((pool) => filled.has(pool))).map(({ id }) => id);
}

async function outOfFlowOf(tx: Tx, shopId: string, rules: readonly StoredRule[]): Promise<string[]> {
  const shut = await shutFlows(tx, shopId, [...new Set(rules.map(({ flow }) => flow))]);
  return rules.filter(({ flow }) => shut.includes(flow)).map(({ id }) => id);
}

/** The same for a claim on one rule, exact also where many claim at once. */
export async function weighClaim(tx: Tx, shop: ShopRow, rule: StoredRule, who: Folded): Promise<Standing> {
  if (rule.caps?.perDay !== undefined || rule.caps?.total !== undefined) await queueForRule(tx, shop.id, rule.id);
  return weighStanding(tx, shop, { rules: [rule], who, claim: true });
}

/** The arms that a page may know: without its arm a rule keeps quiet there. Its schedule the page has with the rule. */
export function armsInReach(
  arms: Record<string, string | null>,
  rules: readonly StoredRule[],
  standing: Standing,
): Record<string, string | null> {
  const shut = new Set(
    rules
      .filter(
        (rule) => !STANDING.caps(rule, standing) || !STANDING.codes(rule, standing) || !STANDING.limit(rule, standing),
      )
      .map(({ id }) => id),
  );
  return Object.fromEntries(Object.entries(arms).filter(([id]) => !shut.has(id)));
}

/** The rule as core's decisions take it. */
export const decidable = (rule: StoredRule): StoredRule => ({ ...rule, when: whenOnPages(rule) });

export const explainStanding =
  (standing: Standing) =>
  (rule: StoredRule): ExplainedGate<StandingGate>[] =>
    STANDING_GATES.map((gate) => ({
      gate,
      open: STANDING[gate](rule, standing),
      value: seenStanding(gate, rule, standing),
    }));
