/** What an experiment has shown so far: whether the arms got their shares, and which leaves the shop more per eligible visitor. */

import { type ChiSquare, chiSquare } from '../stats/chi-square.ts';
import { type Difference, difference, growthToSee, meanOf, type Sample } from '../stats/difference.ts';
import { HOLDOUT, type Share } from './arm.ts';

/** One arm's eligible visitors. `sum` and `squares` are of what each left the shop within the window; who bought nothing left 0. */
export interface ArmSample extends Sample {
  arm: string | null;
  buyers: number;
}

export type Outlook = 'more' | 'less' | 'undecided' | 'too_early';

export interface Comparison {
  arm: string | null;
  against: string | null;
  /** Net revenue per eligible visitor beyond that of `against`, with an interval; null where an arm is empty. */
  difference: Difference | null;
  /** The same as a share of what `against` leaves; null where that is not more than 0. */
  lift: number | null;
  /** `too_early`: too few buyers for an average to be trusted at all. */
  verdict: Outlook;
  /** About how many more eligible visitors it takes, over both arms, at today's shares and today's difference; null where nobody can say. */
  needed: number | null;
}

/** All comparisons of one report together err with at most this chance, however often it is read. */
const ERROR = 0.05;
/** Order sums are lopsided: an average of fewer than these is one large order's. */
export const LEAST_BUYERS = 30;
/** Below this chance, shares are off because something is broken. */
const RATIO_ALARM = 0.001;

/** Each arm against `against`: null where that one is not among them or has no other to be compared with. */
export function compareArms(arms: readonly ArmSample[], against: string | null): Comparison[] {
  const base = arms.find(({ arm }) => arm === against);
  if (!base) return [];
  const others = arms.filter((one) => one !== base);
  // Bonferroni: with ten variants the luckiest of them looks good.
  return others.map((one) => compare(base, one, ERROR / others.length));
}

/** What a comparison starts from unless told: those who are shown nothing, else the first. */
export const usualBase = (arms: readonly ArmSample[]): string | null =>
  (arms.find(({ arm }) => arm === HOLDOUT) ?? arms[0])?.arm ?? null;

function compare(base: ArmSample, one: ArmSample, error: number): Comparison {
  const found = difference(base, one, error);
  const early = Math.min(base.buyers, one.buyers) < LEAST_BUYERS;
  const verdict = early || !found ? 'too_early' : found.low > 0 ? 'more' : found.high < 0 ? 'less' : 'undecided';
  const growth =
    verdict === 'too_early'
      ? growthToTrust(base, one)
      : verdict === 'undecided' && found
        ? growthToSee(base, one, found.value, error)
        : 1;
  const baseMean = meanOf(base);
  return {
    arm: one.arm,
    against: base.arm,
    difference: found,
    lift: found && baseMean > 0 ? found.value / baseMean : null,
    verdict,
    needed: growth === null ? null : Math.ceil((growth - 1) * (base.count + one.count)),
  };
}

function growthToTrust(...arms: ArmSample[]): number | null {
  const buyers = Math.min(...arms.map((one) => one.buyers));
  return buyers > 0 ? Math.max(1, LEAST_BUYERS / buyers) : null;
}

export interface RatioCheck extends ChiSquare {
  /** False where such shares come by chance less than once in a thousand times: then the comparisons mean nothing. */
  ok: boolean;
}

/** Sample ratio: whether eligible visitors fell to the arms as drawn. Each group was drawn by shares of its own, as a rule's versions are. */
export function checkRatio(
  groups: readonly { shares: readonly Share[]; counts: ReadonlyMap<string | null, number> }[],
): RatioCheck | null {
  const cells = new Map<string | null, { observed: number; expected: number }>();
  const cell = (arm: string | null): { observed: number; expected: number } => {
    const known = cells.get(arm) ?? { observed: 0, expected: 0 };
    cells.set(arm, known);
    return known;
  };
  for (const { shares, counts } of groups) {
    const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
    for (const [arm, chance] of shares) cell(arm).expected += total * chance;
    for (const [arm, count] of counts) cell(arm).observed += count;
  }
  const test = chiSquare([...cells.values()]);
  return test && { ...test, ok: test.p >= RATIO_ALARM };
}
