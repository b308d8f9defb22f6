/** Decides a claim on facts and guards alone, by the functions that the page decides with, and keeps the decision. */

import { closedGate, type Gate } from '../../core/decide.ts';
import { type Rule, ruleForArm } from '../../core/rule.ts';
import type { Tx } from '../../db/connect.ts';
import { flowByKey, type StoredFlow } from '../../db/flows.ts';
import type { ShopRow } from '../../db/shops.ts';
import { insertDecision } from '../../db/visits.ts';
import type { Deps } from '../deps.ts';
import { drawArms } from './draw-arms.ts';
import type { Folded } from './fold-batch.ts';
import { knowVisitor } from './know-visitor.ts';

/** Why a claim is refused: all from the visit and the visitor, nothing from the address. */
export type Refusal = 'not_eligible' | 'refused' | 'purchased' | 'holdout';

export interface Granted {
  /** As the visitor's arm sees it. */
  rule: Rule;
  arm: string | null;
  flow: StoredFlow;
}

export async function judgeClaim(
  tx: Tx,
  deps: Deps,
  shop: ShopRow,
  folded: Folded,
  ruleId: string,
): Promise<Granted | { refusal: Refusal }> {
  const { rules, arms } = await drawArms(tx, deps.random, folded.visitor);
  const rule = rules.find((candidate) => candidate.id === ruleId);
  const flow = rule && (await flowByKey(tx, shop.id, rule.flow));
  if (!rule || !flow) return { refusal: 'not_eligible' };

  const arm = arms[rule.id] ?? null;
  const known = await knowVisitor(tx, shop, folded, arms);
  const gate = closedGate(rule, { ...known.input, ...known, moment: null, arms, now: tx.now });
  const refusal = gate && refusalOf(gate);
  await insertDecision(tx, {
    shopId: shop.id,
    id: deps.newId(),
    visitId: folded.visit.id,
    ruleId: rule.id,
    arm,
    outcome: refusal ?? 'accepted',
  });
  return refusal ? { refusal } : { rule: ruleForArm(rule, arm), arm, flow };
}

function refusalOf(gate: Gate): Refusal {
  return gate === 'refused' || gate === 'purchased' || gate === 'holdout' ? gate : 'not_eligible';
}
