/** Decides a claim on facts and guards alone, by the functions that the page decides with, and keeps the decision. */

import { needsStock, poolOf } from '../../../core/codes/code-plan.ts';
import { claimedOffer } from '../../../core/rules/claimed-offer.ts';
import { closedGate, type Gate } from '../../../core/rules/decide.ts';
import type { ClaimedOffer } from '../../../core/rules/offer.ts';
import { type Rule, ruleForArm } from '../../../core/rules/rule.ts';
import { closedStanding, type StandingGate } from '../../../core/rules/standing.ts';
import type { Tx } from '../../../db/connect.ts';
import { flowByKey, type StoredFlow } from '../../../db/flows.ts';
import type { StoredRule } from '../../../db/rules.ts';
import type { ShopRow } from '../../../db/shops.ts';
import { lockNextInStock } from '../../../db/stock.ts';
import { insertDecision } from '../../../db/visits.ts';
import type { Deps } from '../../deps.ts';
import type { Network } from '../../network.ts';
import { capCodes } from '../codes/cap-codes.ts';
import { drawArms } from '../visits/draw-arms.ts';
import type { FoldedBatch } from '../visits/fold-batch.ts';
import { knowVisitor } from '../visits/know-visitor.ts';
import { decidable, weighClaim } from './weigh-standing.ts';

/** Why a claim is refused: all from the visit and the visitor, nothing from the address. */
export type Refusal = 'not_eligible' | 'refused' | 'purchased' | 'holdout' | 'capped';

export interface Granted {
  /** As the visitor's arm sees it, with the offer as this visit claims it. */
  rule: Rule & { offer: ClaimedOffer };
  arm: string | null;
  flow: StoredFlow;
  /** Whom the cap on codes counts a new one for. */
  rangeHash: string | null;
}

/** What is claimed: one of the rules in force, by its id. */
export interface Claimed {
  rules: readonly StoredRule[];
  ruleId: string;
  network: Network;
}

export async function judgeClaim(
  tx: Tx,
  deps: Deps,
  shop: ShopRow,
  folded: FoldedBatch,
  { rules, ruleId, network }: Claimed,
): Promise<Granted | { refusal: Refusal }> {
  const arms = await drawArms(tx, deps.random, folded, rules);
  const rule = rules.find((candidate) => candidate.id === ruleId);
  if (!rule) return { refusal: 'not_eligible' };
  // Asked together, in the order in which everything locks: a rule's queue before a cap's.
  const [flow, known, weighed, capped] = await Promise.all([
    flowByKey(tx, shop.id, rule.flow),
    knowVisitor(tx, shop, folded, arms),
    weighClaim(tx, shop, rule, folded),
    capCodes(tx, deps, shop, { visitorId: folded.visitor.id, network }),
  ]);
  if (!flow) return { refusal: 'not_eligible' };

  const arm = arms[rule.id] ?? null;
  const standing = closedStanding(rule, weighed);
  const gate = closedGate(decidable(rule), { ...known.input, ...known, moment: null, arms, now: tx.now });
  const drawn = ruleForArm(rule, arm);
  const seen = { ...drawn, offer: claimedOffer(drawn.offer, folded.visit.state, shop.currency) };
  const refusal = standing
    ? shutOut(standing)
    : ((gate && refusalOf(gate)) ?? (await withheld(tx, seen, capped.capped, shop)));
  const decision = {
    shopId: shop.id,
    id: deps.newId(),
    visitId: folded.visit.id,
    ruleId: rule.id,
    ruleVersion: rule.version,
    arm,
    outcome: refusal ?? 'accepted',
  };
  tx.meanwhile(insertDecision(tx, decision));
  return refusal ? { refusal } : { rule: seen, arm, flow, rangeHash: capped.rangeHash };
}

/** Why no code can be given: enough were, there is none, or nothing that it would be for. An offer without a code needs neither. What is left in stock is held until it is given. */
async function withheld(
  tx: Tx,
  { id, code, offer }: Granted['rule'],
  capped: boolean,
  shop: ShopRow,
): Promise<Refusal | null> {
  if (offer.kind === 'none') return null;
  if (capped) return 'capped';
  if (offer.claimed?.items?.length === 0) return 'not_eligible';
  const pool = needsStock(code) ? poolOf(id, code, offer) : null;
  return pool !== null && (await lockNextInStock(tx, shop.id, pool)) === null ? 'not_eligible' : null;
}

/** Enough visits have taken it: the rule's own cap is told like the shop's. */
const shutOut = (gate: StandingGate): Refusal => (gate === 'caps' ? 'capped' : 'not_eligible');

function refusalOf(gate: Gate): Refusal {
  return gate === 'refused' || gate === 'purchased' || gate === 'holdout' ? gate : 'not_eligible';
}
