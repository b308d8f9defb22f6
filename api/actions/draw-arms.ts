/** Draws what each rule's experiment gives a visitor: once, on the server, stored. */

import type { Rule } from '../../core/rule.ts';
import type { Tx } from '../../db/connect.ts';
import { armsOf, insertArms } from '../../db/visits.ts';

/** Every rule's arm for this visitor; those not drawn before are drawn now. */
export async function drawArms(tx: Tx, random: () => number, shopId: string, visitorId: string, rules: readonly Rule[]): Promise<Record<string, string | null>> {
  const drawn = await armsOf(tx, shopId, visitorId);
  const missing = rules.filter((rule) => rule.enabled && !(rule.id in drawn));
  if (missing.length === 0) return drawn;
  await insertArms(tx, shopId, visitorId, Object.fromEntries(missing.map((rule) => [rule.id, drawArm(rule, random)])));
  // Read again: another tab's request may have drawn first, and the stored arm is the true one.
  return armsOf(tx, shopId, visitorId);
}

/** "holdout" with the rule's probability, else a variant by weight, else null. */
export function drawArm(rule: Pick<Rule, 'holdout' | 'variants'>, random: () => number): string | null {
  if (random() < rule.holdout) return 'holdout';
  const total = rule.variants.reduce((sum, variant) => sum + variant.weight, 0);
  let left = random() * total;
  for (const variant of rule.variants) {
    left -= variant.weight;
    if (left < 0) return variant.key;
  }
  return null;
}
