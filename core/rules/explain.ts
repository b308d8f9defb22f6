/** Every gate of every rule with what it saw and its verdict, and every comparison likewise: why an offer was or wasn't made. */

import type { FactValue } from '../visits/facts.ts';
import { type Comparison, type Condition, type ConditionInput, evaluate, isComparison } from './condition.ts';
import {
  byPriority,
  type Decidable,
  type DecideInput,
  type Decision,
  decide,
  GATES,
  type Gate,
  OPEN,
} from './decide.ts';

export interface ExplainedComparison {
  condition: Comparison | { sequence: readonly string[]; within?: string };
  /** What the fact was; null where it is unknown. Absent for a sequence. */
  value?: FactValue | null;
  verdict: boolean | null;
}

export interface ExplainedGate<G extends string = Gate> {
  gate: G;
  open: boolean;
  /** What the gate saw; times are ms. Null where there is nothing to see. */
  value: unknown;
}

export interface ExplainedRule<G extends string = Gate> {
  rule: string;
  gates: ExplainedGate<Gate | G>[];
  /** The first closed gate, or null. */
  closed: Gate | G | null;
  when: ExplainedComparison[];
}

export interface Explanation<G extends string = Gate> {
  decision: Decision | { quiet: G };
  rules: ExplainedRule<G>[];
}

/** `before`: the gates that whoever asks knows of beyond those of the page; a rule that has one closed takes no part in the decision. */
export function explain<R extends Decidable, G extends string = Gate>(
  rules: readonly R[],
  input: DecideInput,
  before: (rule: R) => readonly ExplainedGate<G>[] = () => [],
): Explanation<G> {
  const standing = new Map(rules.map((rule) => [rule, before(rule)]));
  const heldBy = (rule: R): ExplainedGate<G> | undefined => standing.get(rule)?.find((one) => !one.open);
  const free = rules.filter((rule) => !heldBy(rule));
  const [held] = rules.flatMap((rule) => heldBy(rule) ?? []);
  return {
    decision: free.length === 0 && held ? { quiet: held.gate } : decide(byPriority(free), input),
    rules: rules.map((rule) => {
      const own = GATES.map((gate) => ({ gate, open: OPEN[gate](rule, input), value: seen(gate, rule, input) }));
      const gates = [...(standing.get(rule) ?? []), ...own];
      return {
        rule: rule.id,
        gates,
        closed: gates.find((one) => !one.open)?.gate ?? null,
        when: comparisons(rule.when, input),
      };
    }),
  };
}

function seen(gate: Gate, rule: Decidable, input: DecideInput): unknown {
  switch (gate) {
    case 'moment':
      return rule.moment;
    case 'purchased':
      return input.purchased;
    case 'refused':
      return input.refusedAt;
    case 'shown':
      return input.shown[rule.id] ?? null;
    case 'when':
      return evaluate(rule.when, input) ?? null;
    case 'arm':
      return rule.id in input.arms;
    case 'holdout':
    case 'turn':
      return input.arms[rule.id] ?? null;
  }
}

function comparisons(condition: Condition, input: ConditionInput): ExplainedComparison[] {
  const verdict = evaluate(condition, input) ?? null;
  if (isComparison(condition)) {
    const value = input.facts[condition[0]];
    // JSON has no infinity: "never" is told as null with a verdict of its own.
    return [{ condition, value: value === undefined || value === Number.POSITIVE_INFINITY ? null : value, verdict }];
  }
  if ('sequence' in condition) return [{ condition, verdict }];
  if ('not' in condition) return comparisons(condition.not, input);
  return ('all' in condition ? condition.all : condition.any).flatMap((one) => comparisons(one, input));
}
