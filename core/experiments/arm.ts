/** What an experiment may give a visitor for a rule, and the chance of each. Chance itself is the caller's. */

import type { Rule } from '../rules/rule.ts';

/** `arm`: a variant's key, "holdout", or null where the rule has no variants. */
export type Share = readonly [arm: string | null, chance: number];

export const HOLDOUT = 'holdout';

/** The holdout with its share, the variants by weight in what is left. They sum to 1; what can't be drawn is not among them. */
export function sharesOf({ holdout, variants }: Pick<Rule, 'holdout' | 'variants'>): Share[] {
  const total = variants.reduce((sum, { weight }) => sum + weight, 0);
  const shown: Share[] =
    total > 0 ? variants.map(({ key, weight }) => [key, ((1 - holdout) * weight) / total]) : [[null, 1 - holdout]];
  return [[HOLDOUT, holdout] satisfies Share, ...shown].filter(([, chance]) => chance > 0);
}

/** One of the shares by its chance. `random` is uniform in [0, 1) and asked once. */
export function drawArm(shares: readonly Share[], random: () => number): Share {
  let left = random();
  for (const share of shares) {
    left -= share[1];
    if (left < 0) return share;
  }
  // Thirds and tenths don't sum to 1 to the last bit: what falls beside goes to the last.
  return shares.at(-1) ?? [null, 1];
}
