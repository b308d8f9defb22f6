/** Which rule speaks now, if any, and why not, as page and server both can tell. Draws nothing, remembers nothing; what only the server knows stands in standing.ts. */

import { type Duration, durationMs } from '../values/duration.ts';
import { type ConditionInput, evaluate } from './condition.ts';
import type { Moment, Rule, Variant } from './rule.ts';

export type Gate = 'moment' | 'purchased' | 'refused' | 'shown' | 'when' | 'arm' | 'holdout' | 'turn';
export type QuietReason = Gate | 'no_rule';
export type Verdict = { show: string; arm: string | null } | { quiet: QuietReason };
/** `held`: rules that would have spoken but for their experiment. Whom they were held from counts as one of their eligible visitors. */
export type Decision = Verdict & { held: string[] };

/** The parts of a rule that a decision reads: both the stored rule and the public config have them. */
export type Decidable = Pick<Rule, 'id' | 'priority' | 'moment' | 'when' | 'quietFor' | 'afterPurchase'> & {
  variants?: readonly Pick<Variant, 'key' | 'moment'>[];
};

export interface DecideInput extends ConditionInput {
  /** Null for a claim: the visitor has already answered, so neither the moment nor an earlier showing matters. */
  moment: Moment | null;
  purchased: boolean;
  /** ms since the epoch, or null. */
  refusedAt: number | null;
  shown: Readonly<Record<string, number>>;
  /** A rule whose arm has not been drawn is not in the record. */
  arms: Readonly<Record<string, string | null>>;
  now: number;
}

/**
 * Whether each gate lets the rule through, in the order they are asked. The experiment's own, `holdout` and `turn`, are last: they must only
 * count visitors to whom the rule would have spoken at this moment, had they drawn another arm.
 */
export const OPEN: Record<Gate, (rule: Decidable, input: DecideInput) => boolean> = {
  moment: ({ moment, variants = [] }, input) => isDue([moment, ...variants.map((one) => one.moment)], input),
  purchased: (rule, input) => !input.purchased || rule.afterPurchase === true,
  refused: (rule, input) => input.refusedAt === null || isOver(input.refusedAt, rule.quietFor.refused, input.now),
  shown: (rule, input) => {
    const at = input.shown[rule.id];
    return input.moment === null || at === undefined || isOver(at, rule.quietFor.shown, input.now);
  },
  when: (rule, input) => evaluate(rule.when, input) === true,
  arm: (rule, input) => input.arms[rule.id] !== undefined,
  holdout: (rule, input) => input.arms[rule.id] !== 'holdout',
  turn: ({ id, moment, variants = [] }, input) =>
    isDue([variants.find((one) => one.key === input.arms[id])?.moment ?? moment], input),
};

const isDue = (moments: readonly (Moment | undefined)[], { moment }: DecideInput): boolean =>
  moment === null || moments.includes(moment);

/** A quiet of nothing is over at once, also where `since` was taken by a clock that runs ahead of this one. */
function isOver(since: number, quiet: Duration, now: number): boolean {
  const ms = durationMs(quiet);
  return ms === 0 || now - since > ms;
}

export const GATES = Object.keys(OPEN) as readonly Gate[];
const ORDER: readonly string[] = GATES;

/** The first gate of this rule that is closed, or null when it may speak. */
export function closedGate(rule: Decidable, input: DecideInput): Gate | null {
  for (const gate of GATES) if (!OPEN[gate](rule, input)) return gate;
  return null;
}

/** The first of the rules that may speak: they come by priority. A held-out visitor lives in a world without that rule: the next may speak. */
export function decide(rules: readonly Decidable[], input: DecideInput): Decision {
  let quiet: QuietReason = 'no_rule';
  const held: string[] = [];
  for (const rule of rules) {
    const gate = closedGate(rule, input);
    if (gate === null) return { show: rule.id, arm: input.arms[rule.id] ?? null, held };
    if (gate === 'holdout' || gate === 'turn') held.push(rule.id);
    // The reason worth telling is that of the rule that came closest.
    if (ORDER.indexOf(gate) > ORDER.indexOf(quiet)) quiet = gate;
  }
  return { quiet, held };
}

/** The order in which `decide` wants them: by priority, then by id. The config has them in it. */
export const byPriority = <R extends Pick<Rule, 'id' | 'priority'>>(rules: readonly R[]): R[] =>
  [...rules].sort((a, b) => b.priority - a.priority || (a.id < b.id ? -1 : 1));
