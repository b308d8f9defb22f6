/** Which rule speaks now, if any, and why not. Reads facts and guards; draws nothing, remembers nothing. */

import { type ConditionInput, evaluate } from './condition.ts';
import { type Duration, durationMs } from './duration.ts';
import type { Moment, Rule } from './rule.ts';

export type Gate = 'enabled' | 'moment' | 'purchased' | 'refused' | 'shown' | 'when' | 'arm' | 'holdout';
export type QuietReason = Gate | 'no_rule';
export type Decision = { show: string; arm: string | null } | { quiet: QuietReason };

/** The parts of a rule that a decision reads: both the stored rule and the public config have them. */
export type Decidable = Pick<Rule, 'id' | 'priority' | 'moment' | 'when' | 'quietFor'> & { enabled?: boolean };

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

/** Whether each gate lets the rule through, in the order they are asked. `holdout` is last: it must only count visitors who would have seen the offer. */
export const OPEN: Record<Gate, (rule: Decidable, input: DecideInput) => boolean> = {
  enabled: (rule) => rule.enabled !== false,
  moment: (rule, input) => input.moment === null || rule.moment === input.moment,
  purchased: (_rule, input) => !input.purchased,
  refused: (rule, input) => input.refusedAt === null || isOver(input.refusedAt, rule.quietFor.refused, input.now),
  shown: (rule, input) => {
    const at = input.shown[rule.id];
    return input.moment === null || at === undefined || isOver(at, rule.quietFor.shown, input.now);
  },
  when: (rule, input) => evaluate(rule.when, input) === true,
  arm: (rule, input) => input.arms[rule.id] !== undefined,
  holdout: (rule, input) => input.arms[rule.id] !== 'holdout',
};

/** A quiet of nothing is over at once, also where `since` was taken by a clock that runs ahead of this one. */
function isOver(since: number, quiet: Duration, now: number): boolean {
  const ms = durationMs(quiet);
  return ms === 0 || now - since > ms;
}

export const GATES = Object.keys(OPEN) as readonly Gate[];

/** The first gate of this rule that is closed, or null when it may speak. */
export function closedGate(rule: Decidable, input: DecideInput): Gate | null {
  for (const gate of GATES) if (!OPEN[gate](rule, input)) return gate;
  return null;
}

/** By priority, then by id so that page and server agree. A held-out visitor lives in a world without that rule: the next may speak. */
export function decide(rules: readonly Decidable[], input: DecideInput): Decision {
  let quiet: QuietReason = 'no_rule';
  for (const rule of byPriority(rules)) {
    const gate = closedGate(rule, input);
    if (gate === null) return { show: rule.id, arm: input.arms[rule.id] ?? null };
    // The reason worth telling is that of the rule that came closest.
    if (quiet === 'no_rule' || GATES.indexOf(gate) > GATES.indexOf(quiet)) quiet = gate;
  }
  return { quiet };
}

const byPriority = (rules: readonly Decidable[]): Decidable[] =>
  [...rules].sort((a, b) => b.priority - a.priority || (a.id < b.id ? -1 : 1));
