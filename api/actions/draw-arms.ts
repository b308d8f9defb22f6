/** Draws what each rule's experiment gives a visitor: once, on the server, stored with the chance it had. */

import { drawArm, sharesOf } from '../../core/arm.ts';
import type { Tx } from '../../db/connect.ts';
import { rulesInForce, type StoredRule } from '../../db/rules.ts';
import { armsOf, armsOfContact, type FreshArm, insertArms, type VisitorRow } from '../../db/visits.ts';

export interface Drawn {
  rules: StoredRule[];
  /** Every rule's arm for this visitor; those not drawn before are drawn now. */
  arms: Record<string, string | null>;
}

export async function drawArms(tx: Tx, random: () => number, { shopId, id, contactId }: VisitorRow): Promise<Drawn> {
  const [rules, arms] = await Promise.all([rulesInForce(tx, shopId), armsOf(tx, shopId, id)]);
  const missing = rules.filter((rule) => rule.enabled && !(rule.id in arms));
  if (missing.length === 0) return { rules, arms };
  // A person who is known keeps the arm of their other browsers.
  const earlier = contactId ? await armsOfContact(tx, shopId, contactId) : {};
  const fresh = missing.map((rule) =>
    rule.id in earlier
      ? { ruleId: rule.id, arm: earlier[rule.id] ?? null, ruleVersion: null, probability: null }
      : drawn(rule, random),
  );
  await insertArms(tx, shopId, id, fresh);
  // Nobody else can have drawn meanwhile: the caller holds the visitor's lock.
  return { rules, arms: { ...arms, ...Object.fromEntries(fresh.map(({ ruleId, arm }) => [ruleId, arm])) } };
}

function drawn(rule: StoredRule, random: () => number): FreshArm {
  const [arm, probability] = drawArm(sharesOf(rule), random);
  return { ruleId: rule.id, arm, ruleVersion: rule.version, probability };
}
