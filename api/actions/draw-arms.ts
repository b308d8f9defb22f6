/** Draws what each rule's experiment gives a visitor: once, on the server, stored. */

import type { Rule } from '../../core/rule.ts';
import type { Tx } from '../../db/connect.ts';
import { rulesInForce, type StoredRule } from '../../db/rules.ts';
import { armsOf, armsOfContact, insertArms, type VisitorRow } from '../../db/visits.ts';

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
  const fresh = missing.map(
    (rule) => [rule.id, rule.id in earlier ? (earlier[rule.id] ?? null) : drawArm(rule, random)] as const,
  );
  await insertArms(tx, shopId, id, Object.fromEntries(fresh));
  // Nobody else can have drawn meanwhile: the caller holds the visitor's lock.
  return { rules, arms: { ...arms, ...Object.fromEntries(fresh) } };
}

/** "holdout" with the rule's probability, else a variant by weight, else null. */
function drawArm(rule: Pick<Rule, 'holdout' | 'variants'>, random: () => number): string | null {
  if (random() < rule.holdout) return 'holdout';
  const total = rule.variants.reduce((sum, variant) => sum + variant.weight, 0);
  let left = random() * total;
  for (const variant of rule.variants) {
    left -= variant.weight;
    if (left < 0) return variant.key;
  }
  return null;
}
