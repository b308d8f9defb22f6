/** Conditions over facts: one evaluator for page and server. Three-valued, closed, checked when saved, so evaluating never fails. */

import { type Duration, durationMs } from '../values/duration.ts';
import type { EventType } from '../visits/event.ts';
import type { FactType, FactValue, VisitFact } from '../visits/facts.ts';

export const OPERATORS = ['=', '!=', '>', '>=', '<', '<=', 'in', 'notIn', 'contains', 'startsWith'] as const;
export type Operator = (typeof OPERATORS)[number];

export type Operand = number | string | boolean | readonly (number | string)[];
export type Comparison<Fact extends string = VisitFact> = readonly [fact: Fact, operator: Operator, operand: Operand];

/** About a visit, where nothing else is said. */
export type Condition<Fact extends string = VisitFact> =
  | Comparison<Fact>
  | { all: readonly Condition<Fact>[] }
  | { any: readonly Condition<Fact>[] }
  | { not: Condition<Fact> }
  /** The events in this order, others between them allowed; `within` bounds the time from the first to the last. */
  | { sequence: readonly EventType[]; within?: Duration };

/** True, false, or unknown. Only true counts. */
export type Verdict = boolean | undefined;

export interface ConditionInput<Fact extends string = VisitFact> {
  facts: Partial<Record<Fact, FactValue>>;
  trail: readonly (readonly [EventType, number])[];
}

/** The operators that make sense for a fact of each type: what the schema refuses, the evaluator need not know. */
export const OPERATORS_FOR: Record<FactType, readonly Operator[]> = {
  number: ['=', '!=', '>', '>=', '<', '<=', 'in', 'notIn'],
  text: ['=', '!=', 'in', 'notIn', 'contains', 'startsWith'],
  boolean: ['=', '!='],
  list: ['contains', 'in', 'notIn', '=', '!='],
};

export function evaluate<Fact extends string>(condition: Condition<Fact>, input: ConditionInput<Fact>): Verdict {
  if (isComparison(condition)) return compare(input.facts[condition[0]], condition[1], condition[2]);
  if ('all' in condition) return joint(condition.all, false, input);
  if ('any' in condition) return joint(condition.any, true, input);
  if ('not' in condition) return negate(evaluate(condition.not, input));
  return followed(
    condition.sequence,
    condition.within ? durationMs(condition.within) : Number.POSITIVE_INFINITY,
    input.trail,
  );
}

// A tuple is told from the object forms by being an array; `Array.isArray` alone does not narrow a readonly tuple.
export const isComparison = <Fact extends string>(condition: Condition<Fact>): condition is Comparison<Fact> =>
  Array.isArray(condition);

/** `settling` is the verdict that one condition suffices for: false among all, true among any. */
function joint<Fact extends string>(
  conditions: readonly Condition<Fact>[],
  settling: boolean,
  input: ConditionInput<Fact>,
): Verdict {
  let verdict: Verdict = !settling;
  for (const condition of conditions) {
    const one = evaluate(condition, input);
    if (one === settling) return one;
    if (one === undefined) verdict = one;
  }
  return verdict;
}

const negate = (verdict: Verdict): Verdict => (verdict === undefined ? undefined : !verdict);

function compare(fact: FactValue | undefined, operator: Operator, operand: Operand): Verdict {
  if (fact === undefined) return undefined;
  switch (operator) {
    case '=':
      return holds(fact, operand);
    case '!=':
      return !holds(fact, operand);
    case '>':
      return Number(fact) > Number(operand);
    case '>=':
      return Number(fact) >= Number(operand);
    case '<':
      return Number(fact) < Number(operand);
    case '<=':
      return Number(fact) <= Number(operand);
    case 'in':
      return listed(operand, fact);
    case 'notIn':
      return !listed(operand, fact);
    case 'contains':
      return typeof fact === 'string' ? folded(fact).includes(folded(operand)) : holds(fact, operand);
    case 'startsWith':
      return folded(fact).startsWith(folded(operand));
  }
}

/** Text is compared without regard to case; a list equals an operand when it has it as an element. */
const holds = (fact: FactValue, operand: unknown): boolean =>
  Array.isArray(fact) ? fact.some((one) => holds(one, operand)) : folded(fact) === folded(operand);

const listed = (operand: Operand, fact: FactValue): boolean =>
  Array.isArray(operand) && operand.some((one) => holds(fact, one));

const folded = (value: unknown): string => String(value).toLowerCase();

/** Starts from each occurrence of the first event and takes the earliest of each next one: the shortest match from there. */
function followed(sequence: readonly EventType[], within: number, trail: ConditionInput['trail']): boolean {
  return trail.some(([type, start], first) => {
    if (type !== sequence[0]) return false;
    let position = first;
    let end = start;
    for (const wanted of sequence.slice(1)) {
      position = trail.findIndex(([later], index) => index > position && later === wanted);
      const found = trail[position];
      if (!found) return false;
      end = found[1];
    }
    return end - start <= within;
  });
}

/** Every fact that the condition asks for, with repetitions. */
export function factsOf<Fact extends string>(condition: Condition<Fact>): Fact[] {
  if (isComparison(condition)) return [condition[0]];
  if ('all' in condition) return condition.all.flatMap(factsOf);
  if ('any' in condition) return condition.any.flatMap(factsOf);
  return 'not' in condition ? factsOf(condition.not) : [];
}
