/** A shop whose truth is known: who buys under which discount, after how long, for how much. For tests of what we learn from outcomes. */

import type { Outcome } from '../../core/adaptive-offer.ts';
import { normalDraw } from '../../core/stats/draws.ts';

export interface Truth {
  /** Chance that an eligible visitor buys under each discount, by its size in percent. */
  rates: Readonly<Record<number, number>>;
  /** Median order before discount, and how unequal orders are (sigma of the logarithm). */
  order: number;
  spread: number;
  margin: number;
  /** Share of the buyers who come on the first day, the second … */
  delays: readonly number[];
}

/** What an eligible visitor leaves the shop on the average. */
export const worthOf = ({ rates, order, spread, margin }: Truth, value: number): number =>
  (rates[value] ?? 0) * order * Math.exp(spread ** 2 / 2) * (margin - value / 100);

/** Null for a visitor who buys nothing. */
function visit(
  truth: Truth,
  value: number,
  random: () => number,
): { delay: number; gross: number; net: number } | null {
  if (random() >= (truth.rates[value] ?? 0)) return null;
  let delay = 0;
  for (let left = random(); delay < truth.delays.length - 1; delay += 1) {
    left -= truth.delays[delay] ?? 0;
    if (left < 0) break;
  }
  const gross = truth.order * Math.exp(truth.spread * normalDraw(random));
  return { delay, gross, net: gross * (truth.margin - value / 100) };
}

export interface Ledger {
  /** A visitor becomes eligible under this discount on this day. */
  expose(value: number, day: number, random: () => number): void;
  /** What a report at the beginning of `day` knows: no order that has not been placed yet. */
  outcomes(day: number): Map<string, Outcome>;
  /** Buyers by delay among those whose window is over. */
  delays(day: number): number[];
}

export function openLedger(truth: Truth, windowDays: number): Ledger {
  const eligible = new Map<number, number[]>();
  const bought: { value: number; day: number; delay: number; gross: number; net: number }[] = [];
  return {
    expose(value, day, random) {
      const days = eligible.get(value) ?? [];
      days[day] = (days[day] ?? 0) + 1;
      eligible.set(value, days);
      const order = visit(truth, value, random);
      if (order && order.delay < windowDays) bought.push({ value, day, ...order });
    },
    outcomes(today) {
      return new Map(
        [...eligible].map(([value, days]) => {
          const ages = Array.from({ length: windowDays + 1 }, () => 0);
          for (const [day, count = 0] of days.entries()) {
            const age = Math.min(windowDays, today - day - 1);
            ages[age] = (ages[age] ?? 0) + count;
          }
          const known = bought.filter((one) => one.value === value && one.day + one.delay < today);
          return [
            String(value),
            {
              eligible: ages,
              buyers: known.length,
              gross: known.reduce((sum, { gross }) => sum + gross, 0),
              grossSquares: known.reduce((sum, { gross }) => sum + gross ** 2, 0),
              discount: known.reduce((sum, { gross }) => sum + (gross * value) / 100, 0),
            },
          ];
        }),
      );
    },
    delays(today) {
      const counts = Array.from({ length: windowDays }, () => 0);
      for (const { day, delay } of bought) if (today - day > windowDays) counts[delay] = (counts[delay] ?? 0) + 1;
      return counts;
    },
  };
}
