/** Every gate of every rule with its verdict, and every comparison with the value it saw: why an offer was or wasn't made. */

import { type Comparison, type Condition, type ConditionInput, evaluate, isComparison } from './condition.ts';
import { type Decidable, type DecideInput, type Decision, decide, GATES, type Gate, OPEN } from './decide.ts';
import type { FactValue } from './facts.ts';

export interface ExplainedComparison {
  condition: Comparison | { sequence: readonly string[]; within?: string };
  /** What the fact was; null where it is unknown. Absent for a sequence. */
  value?: FactValue | null;
  verdict: boolean | null;
}

export interface ExplainedRule {
  rule: string;
  gates: { gate: Gate; open: boolean }[];
  /** The first closed gate, or null. */
  closed: Gate | null;
  when: ExplainedComparison[];
}

export interface Explanation {
  decision: Decision;
  rules: ExplainedRule[];
}

export function explain(rules: readonly Decidable[], input: DecideInput): Explanation {
  return {
    decision: decide(rules, input),
    rules: rules.map((rule) => {
      const gates = GATES.map((gate) => ({ gate, open: OPEN[gate](rule, input) }));
      return {
        rule: rule.id,
        gates,
        closed: gates.find((one) => !one.open)?.gate ?? null,
        when: comparisons(rule.when, input),
      };
    }),
  };
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
