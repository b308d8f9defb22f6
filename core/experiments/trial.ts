/** What a step tries on people, and when one variant has won: by clicks or by purchases, never by opens, which machines make. */

import type { Flow, LetterVariant, TrialMeasure } from '../flows/flow.ts';
import { pathsOf } from '../flows/places.ts';
import { programOf } from '../flows/program.ts';
import { type Difference, difference, growthToSee, type Sample } from '../stats/difference.ts';
import { durationMs } from '../values/duration.ts';

export interface TrialPlan {
  by: TrialMeasure;
  /** How long after a letter was planned what its reader does still counts, whichever variant they drew. */
  windowMs: number;
  variants: number;
}

/** One variant's people whose window is over. */
export interface TrialArm {
  people: number;
  /** Those of them who clicked, or bought. */
  reached: number;
}

export type TrialVerdict = 'winner' | 'undecided' | 'too_early';

export interface TrialJudgement {
  verdict: TrialVerdict;
  /** The variant that leads, from 0; null where it is too early to say. */
  leader: number | null;
  /** The leader's rate beyond each other's, in the order of the variants; null for the leader itself. */
  beyond: (Difference | null)[];
  /** About how many more people it takes; null where nobody can say. */
  needed: number | null;
}

/** The chance that any variant is ever called the winner of equals, however often one looks. */
const ERROR = 0.05;
/** Fewer clicks than these, at the rate of all together, and a share is no better than a guess. */
const LEAST_REACHED = 30;
const DAY_MS = 86_400_000;
/** Nearly all who click do so within it. */
const CLICK_MS = 2 * DAY_MS;

/** A variant wins when it is better than each of the others beyond chance. */
export function judgeTrial(arms: readonly TrialArm[]): TrialJudgement {
  const people = sumOf(arms, 'people');
  const rate = people > 0 ? sumOf(arms, 'reached') / people : 0;
  const least = Math.min(...arms.map((arm) => arm.people)) * rate;
  if (arms.length < 2 || least < LEAST_REACHED)
    return {
      verdict: 'too_early',
      leader: null,
      beyond: arms.map(() => null),
      needed: least > 0 ? Math.ceil((LEAST_REACHED / least - 1) * people) : null,
    };
  const leader = leaderOf(arms);
  const best = sampleOf(arms[leader]);
  // Any two of them could be the ones that chance sets apart.
  const error = ERROR / ((arms.length * (arms.length - 1)) / 2);
  const beyond = arms.map((arm, index) => (index === leader ? null : difference(sampleOf(arm), best, error)));
  const others = beyond.filter((one) => one !== null);
  if (others.length === arms.length - 1 && others.every(({ low }) => low > 0))
    return { verdict: 'winner', leader, beyond, needed: 0 };
  const growth = arms.flatMap((arm, index) => {
    const found = beyond[index];
    return found ? [growthToSee(sampleOf(arm), best, found.value, error)] : [];
  });
  const known = growth.filter((one) => one !== null);
  const needed = known.length === growth.length ? Math.ceil((Math.max(...known) - 1) * people) : null;
  return { verdict: 'undecided', leader, beyond, needed };
}

const sumOf = (arms: readonly TrialArm[], key: keyof TrialArm): number => arms.reduce((sum, arm) => sum + arm[key], 0);

/** Every one is worth 1. */
const sampleOf = ({ people, reached }: TrialArm = { people: 0, reached: 0 }): Sample => ({
  count: people,
  sum: reached,
  squares: reached,
});

function leaderOf(arms: readonly TrialArm[]): number {
  const rates = arms.map(({ people, reached }) => (people > 0 ? reached / people : 0));
  return rates.indexOf(Math.max(...rates));
}

/** A trial where it stands in a flow. */
export interface PlacedTrial {
  key: string;
  /** In the program, and as a path. */
  place: number;
  path: string;
  letter: string;
  by: TrialMeasure;
  plan: TrialPlan;
}

/** What the flow tries, step by step. */
export function trialsOf({ key, goal, steps }: Pick<Flow, 'key' | 'goal' | 'steps'>): PlacedTrial[] {
  const paths = pathsOf(steps);
  return programOf(steps).flatMap((one, place) => {
    if (one.do !== 'send' || !one.trial) return [];
    const { letter, decideBy, variants } = one;
    const own = decideBy === 'goal' && goal ? durationMs(goal.within) : CLICK_MS;
    const windowMs = own + Math.max(...variants.map(delayOf));
    const plan = { by: decideBy, windowMs, variants: variants.length };
    return [{ key: trialKey(key, one.trial), place, path: paths[place] ?? '', letter, by: decideBy, plan }];
  });
}

export const trialKey = (flow: string, trial: string): string => `${flow}:${trial}`;

/** How much later a letter may leave for its variant, so that all get the same time. */
const delayOf = ({ wait, until, days }: LetterVariant): number =>
  (wait ? durationMs(wait) : 0) + (until ? DAY_MS : 0) + (days ? 7 * DAY_MS : 0);
