/** Draws what each rule's experiment gives a visitor: once, on the server, stored with the chance it had. */

import { drawArm, sharesOf } from '../../../core/experiments/arm.ts';
import type { Tx } from '../../../db/connect.ts';
import type { StoredRule } from '../../../db/rules.ts';
import { armsOfContact, type FreshArm, insertArms } from '../../../db/visits.ts';
import type { FoldedBatch } from './fold-batch.ts';

/** Every rule's arm for this visitor; those not drawn before are drawn now. */
export async function drawArms(
  tx: Tx,
  random: () => number,
  { visitor: { shopId, id, contactId }, arms }: Pick<FoldedBatch, 'visitor' | 'arms'>,
  rules: readonly StoredRule[],
): Promise<FoldedBatch['arms']> {
  const missing = rules.filter((rule) => rule.enabled && !(rule.id in arms));
  if (missing.length === 0) return arms;
  // A person who is known keeps the arm of their other browsers.
  const earlier = contactId ? await armsOfContact(tx, shopId, contactId) : {};
  const fresh = missing.map((rule) =>
    rule.id in earlier
      ? { ruleId: rule.id, arm: earlier[rule.id] ?? null, ruleVersion: null, probability: null }
      : drawn(rule, random),
  );
  tx.meanwhile(insertArms(tx, shopId, id, fresh));
  // Nobody else can have drawn meanwhile: the caller holds the visitor's lock.
  return { ...arms, ...Object.fromEntries(fresh.map(({ ruleId, arm }) => [ruleId, arm])) };
}

function drawn(rule: StoredRule, random: () => number): FreshArm {
  const [arm, probability] = drawArm(sharesOf(rule), random);
  return { ruleId: rule.id, arm, ruleVersion: rule.version, probability };
}
