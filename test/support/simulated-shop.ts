/** A shop whose truth is known: who buys under which discount, after how long, for how much. For tests of what we learn from outcomes. */

import { adaptiveVariants, chancesOf, keyOf, type Outcome } from '../../core/experiments/adaptive-offer.ts';
import { drawArm, sharesOf } from '../../core/experiments/arm.ts';
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
const worthOf = ({ rates, order, spread, margin }: Truth, value: number): number =>
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

function openLedger(truth: Truth, windowDays: number): Ledger {
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

const WINDOW = 7;
const VALUES = [0, 5, 10, 15];
const usual = { order: 60, spread: 0.6, margin: 0.45, delays: [0.62, 0.12, 0.08, 0.06, 0.05, 0.04, 0.03] };

/** The best of them is 10, by 6 % before 15. */
export const tempted: Truth = { ...usual, rates: { 0: 0.02, 5: 0.026, 10: 0.042, 15: 0.046 } };
/** Nobody buys more for a discount. */
export const unmoved: Truth = { ...usual, rates: { 0: 0.03, 5: 0.03, 10: 0.03, 15: 0.03 } };
/** The largest is the best. */
export const eager: Truth = { ...usual, margin: 0.6, rates: { 0: 0.02, 5: 0.024, 10: 0.03, 15: 0.045 } };

export interface Lived {
  /** What not having known the best from the start has cost, as a share of what an even split costs. */
  regret: number;
  /** The chance of the best at the end. */
  best: number;
  /** What a visitor then leaves the shop, as a share of what the best would. */
  worth: number;
}

/** Lets the size of the discount find itself, day by day. */
export function live(
  truth: Truth,
  { days, perDay, random }: { days: number; perDay: number; random: () => number },
): Lived {
  const ledger = openLedger(truth, WINDOW);
  const plan = { values: VALUES };
  const most = Math.max(...VALUES.map((value) => worthOf(truth, value)));
  const best = VALUES.find((value) => worthOf(truth, value) === most) ?? -1;
  let chances: Map<string, number> | null = null;
  let lost = 0;
  for (let day = 0; day < days; day += 1) {
    const shares = sharesOf({ holdout: 0, variants: adaptiveVariants(plan, chances) });
    for (let visitor = 0; visitor < perDay; visitor += 1) {
      const value = Number(drawArm(shares, random)[0]);
      ledger.expose(value, day, random);
      lost += most - worthOf(truth, value);
    }
    const known = { outcomes: ledger.outcomes(day + 1), delays: ledger.delays(day + 1) };
    chances = chancesOf({ plan, kind: 'percent', margin: truth.margin, spent: false, random, ...known });
  }
  const even = VALUES.reduce((sum, value) => sum + most - worthOf(truth, value), 0) / VALUES.length;
  const worth = [...(chances ?? [])].reduce((sum, [key, chance]) => sum + chance * worthOf(truth, Number(key)), 0);
  return { regret: lost / (even * days * perDay), best: chances?.get(keyOf(best)) ?? 0, worth: worth / most };
}
