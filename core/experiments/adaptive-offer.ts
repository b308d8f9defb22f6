/**
 * How large a discount is worth giving: Thompson sampling over a rule's discounts, on what each leaves the shop per eligible visitor.
 * A hurdle model, since most buy nothing: whether they buy, times what a buyer leaves. Chance itself is the caller's.
 */

import type { Offer } from '../rules/offer.ts';
import type { Rule, Variant } from '../rules/rule.ts';
import { betaDraw, normalDraw, type Uniform } from '../stats/draws.ts';
import { rising } from '../stats/rising.ts';

export const BUDGET_PERIODS = ['day', 'month'] as const;

export interface AdaptivePlan {
  /** Sizes of the discount in the rule's own unit. 0, no discount, is always one of them. */
  values: number[];
  /** The smallest and the largest discount drawn from now on; 0 stays. Who drew another keeps it. */
  floor?: number;
  ceiling?: number;
  /** Once the discounts of this day or month, in the shop's zone, have cost so much, newcomers draw 0. */
  budget?: { amount: number; per: (typeof BUDGET_PERIODS)[number] };
  /** Share 0–1 of the undiscounted price that is left after the goods are paid for; absent: the shop's own. */
  margin?: number;
}

/** What came of one discount so far. */
export interface Outcome {
  /** Eligible visitors by whole days since they became so; the last counts all whose time to buy is over. */
  eligible: readonly number[];
  /** Those of them who bought. */
  buyers: number;
  /** What their orders would have cost without the discount: the sum over buyers, and the sum of squares. */
  gross: number;
  grossSquares: number;
  /** What was taken off them. */
  discount: number;
}

/** "10", "7-5": the key of the variant that a discount is. */
export const keyOf = (value: number): string => String(value).replace('.', '-');

/** A rule's variants; an adaptive one's are its discounts, by their chances where these are known. */
export const variantsOf = (
  { variants, adaptive }: Pick<Rule, 'variants' | 'adaptive'>,
  chances: ReadonlyMap<string, number> | null = null,
): Variant[] => (adaptive ? adaptiveVariants(adaptive, chances) : variants);

/** Each discount as a variant. What is not drawn any more stays among them, with weight 0. */
export function adaptiveVariants(plan: AdaptivePlan, chances: ReadonlyMap<string, number> | null): Variant[] {
  const drawn = new Set(drawnValues(plan));
  const weightOf = (value: number): number => (chances ? (chances.get(keyOf(value)) ?? 0) : drawn.has(value) ? 1 : 0);
  return allValues(plan).map((value) => {
    const offer: Partial<Offer> = value === 0 ? { kind: 'none' } : { value };
    return { key: keyOf(value), weight: weightOf(value), offer };
  });
}

const allValues = ({ values }: AdaptivePlan): number[] => [...new Set([0, ...values])].sort((a, b) => a - b);

/** The discounts that newcomers may draw. */
export const drawnValues = (plan: AdaptivePlan): number[] =>
  allValues(plan).filter(
    (value) => value === 0 || (value >= (plan.floor ?? 0) && value <= (plan.ceiling ?? Number.POSITIVE_INFINITY)),
  );

export interface ChancesInput {
  plan: AdaptivePlan;
  kind: 'percent' | 'fixed';
  /** Share 0–1 of the undiscounted price. */
  margin: number;
  /** By variant key; what is not there has no outcome yet. */
  outcomes: ReadonlyMap<string, Outcome>;
  /** How many buyers came how many whole days after they became eligible, among those whose time to buy is over. */
  delays: readonly number[];
  /** Whether the period's budget is used up. */
  spent: boolean;
  random: Uniform;
}

/** The chance of each discount to be drawn next: as often as it is the best of what the outcomes leave possible. They sum to 1. */
export function chancesOf(input: ChancesInput): Map<string, number> {
  const { plan, spent, random } = input;
  const values = spent ? [0] : drawnValues(plan);
  const all = pooled(input);
  const beliefs = values.map((value) => beliefIn(value, all, input));
  const wins = values.map(() => 0);
  for (let draw = 0; draw < DRAWS; draw += 1) {
    const best = bestOf(beliefs, random);
    wins[best] = (wins[best] ?? 0) + 1;
  }
  const rest = 1 - LEAST_CHANCE * values.length;
  return new Map(values.map((value, index) => [keyOf(value), LEAST_CHANCE + (rest * (wins[index] ?? 0)) / DRAWS]));
}

/** One world that the outcomes leave possible, and which discount is the best in it. */
function bestOf(beliefs: readonly Belief[], random: Uniform): number {
  const rates = beliefs.map(({ bought, left }) => betaDraw(bought, left, random));
  // That a larger discount drives buyers away is chance, not a possible world: it would take the most visitors to find out.
  const possible = rising(
    rates,
    beliefs.map(({ bought, left }) => bought + left),
  );
  let best = 0;
  let most = Number.NEGATIVE_INFINITY;
  for (const [index, { gross, error, kept }] of beliefs.entries()) {
    const worth = (possible[index] ?? 0) * (gross + error * normalDraw(random)) * kept;
    if (worth > most) [best, most] = [index, worth];
  }
  return best;
}

const DRAWS = 2_000;
/** Nothing is ever ruled out, so that tastes may change and each arm's outcomes can be weighed by its chance. */
const LEAST_CHANCE = 0.01;
/** What all the discounts have shown together counts for each alone as so many visitors, so many buyers. */
const PRIOR_VISITORS = 200;
const PRIOR_BUYERS = 300;

interface Belief {
  /** Pseudo-counts of visitors who buy and who don't. */
  bought: number;
  left: number;
  /** An order before discount, and how unsure that is. */
  gross: number;
  error: number;
  /** Share of it that is left after goods and discount. */
  kept: number;
}

function beliefIn(value: number, all: Pooled, { outcomes, delays, kind, margin }: ChancesInput): Belief {
  const own = outcomes.get(keyOf(value));
  const buyers = own?.buyers ?? 0;
  const weight = PRIOR_BUYERS + buyers;
  // As if all its buyers had used it, until they have shown how many do.
  const whole = kind === 'percent' ? value / 100 : Math.min(1, value / all.gross);
  const off =
    (PRIOR_BUYERS * all.gross * whole + (own?.discount ?? 0)) / (PRIOR_BUYERS * all.gross + (own?.gross ?? 0));
  return {
    bought: PRIOR_VISITORS * all.rate + buyers,
    left: PRIOR_VISITORS * (1 - all.rate) + Math.max(0, (own ? seenOf(own, delays) : 0) - buyers),
    gross: (PRIOR_BUYERS * all.gross + (own?.gross ?? 0)) / weight,
    error: all.deviation / Math.sqrt(weight),
    kept: margin - off,
  };
}

interface Pooled {
  rate: number;
  /** Mean and standard deviation of an order before discount. */
  gross: number;
  deviation: number;
}

/** Over all the discounts: what one alone can't tell yet. */
function pooled({ outcomes, delays }: ChancesInput): Pooled {
  let seen = 0;
  let buyers = 0;
  let gross = 0;
  let squares = 0;
  for (const one of outcomes.values()) {
    seen += seenOf(one, delays);
    buyers += one.buyers;
    gross += one.gross;
    squares += one.grossSquares;
  }
  // A buyer and a loser more than were seen: nobody's first day proves that all or none buy.
  const rate = (buyers + 1) / (Math.max(seen, buyers) + 2);
  if (buyers < 2) return { rate, gross: buyers > 0 ? gross : 1, deviation: 1 };
  const mean = gross / buyers;
  return { rate, gross: mean, deviation: Math.sqrt(Math.max(0, squares - gross * mean) / (buyers - 1)) };
}

/** How many of them have had their time: who came an hour ago counts little yet, whether or not they are to buy. */
function seenOf({ eligible }: Outcome, delays: readonly number[]): number {
  const shares = delayShares(delays, eligible.length - 1);
  let before = 0;
  let seen = 0;
  for (const [age, count] of eligible.entries()) {
    const own = shares[age] ?? 0;
    // Whose day is not over has had half of it, on the average. The last have had all.
    seen += count * (age === eligible.length - 1 ? 1 : before + own / 2);
    before += own;
  }
  return seen;
}

/** Which share of the buyers come on the first day, the second … : as seen, and until then as shops know it. */
function delayShares(delays: readonly number[], days: number): number[] {
  const usual = Array.from({ length: days }, (_, day) => (day === 0 ? 0.7 : 0.3 / Math.max(1, days - 1)));
  const counts = usual.map((share, day) => PRIOR_BUYERS * share + (delays[day] ?? 0));
  const total = counts.reduce((sum, count) => sum + count, 0);
  return counts.map((count) => count / total);
}
