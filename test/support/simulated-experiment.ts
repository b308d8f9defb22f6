/** Shops whose experiments are looked at daily, and whose truth is known. */

import { type ArmSample, compareArms } from '../../core/experiments/experiment.ts';
import { normalDraw } from '../../core/stats/draws.ts';

export const arm = (name: string | null, count: number, buyers: number, each = 50, off = 20): ArmSample => ({
  arm: name,
  count,
  buyers,
  sum: buyers * each,
  squares: buyers * (each ** 2 + off ** 2),
});

export interface TestedShop {
  /** Eligible visitors a day, and the share of them held out. */
  perDay: number;
  holdout: number;
  /** Chance to buy, held out and shown. */
  rates: readonly [number, number];
  spread: number;
}

/** Looks at the report each morning of the experiment; what it says first, and on which day. */
export function firstVerdict(
  shop: TestedShop,
  days: number,
  random: () => number,
): { verdict: string; day: number } | null {
  const arms = [arm('holdout', 0, 0), arm(null, 0, 0)];
  for (let day = 1; day <= days; day += 1) {
    for (let visitor = 0; visitor < shop.perDay; visitor += 1) {
      const shown = random() < shop.holdout ? 0 : 1;
      const own = arms[shown] as ArmSample;
      own.count += 1;
      if (random() >= (shop.rates[shown] ?? 0)) continue;
      const net = 40 * Math.exp(shop.spread * normalDraw(random));
      own.buyers += 1;
      own.sum += net;
      own.squares += net ** 2;
    }
    const [found] = compareArms(arms, 'holdout');
    if (found && (found.verdict === 'more' || found.verdict === 'less')) return { verdict: found.verdict, day };
  }
  return null;
}

/** Shops whose offer does nothing. */
export const ALIKE = [
  ['half held out, orders alike', { perDay: 150, holdout: 0.5, rates: [0.05, 0.05], spread: 0.4 }],
  ['a tenth held out, orders very unlike', { perDay: 400, holdout: 0.1, rates: [0.04, 0.04], spread: 1 }],
] satisfies [string, TestedShop][];
