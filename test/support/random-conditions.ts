/** Random well-formed conditions, facts and trails: everything the schema would let through, and nothing it would refuse. */

import { type Comparison, type Condition, type ConditionInput, OPERATORS_FOR } from '../../core/rules/condition.ts';
import { EVENT_TYPES } from '../../core/visits/event.ts';
import { type Facts, type FactType, type FactValue, VISIT_FACTS, type VisitFact } from '../../core/visits/facts.ts';
import type { Random } from './random.ts';

const FACTS = Object.keys(VISIT_FACTS) as VisitFact[];
const WORDS = ['', 'mobile', 'Mobile', '/checkout', '/', 'Сумки', 'сумки', '12', 'İ', 'true', '😀'];
const NUMBERS = [0, 1, 2, 3, 0.1, 19.99, 30, 2_000, 1e11];

function randomComparison(random: Random): Comparison {
  const fact = random.pick(FACTS);
  const type: FactType = VISIT_FACTS[fact];
  const operator = random.pick(OPERATORS_FOR[type]);
  const one = (): number | string => (type === 'number' ? random.pick(NUMBERS) : random.pick(WORDS));
  if (operator === 'in' || operator === 'notIn') return [fact, operator, random.list(4, one)];
  return [fact, operator, type === 'boolean' ? random.chance(0.5) : one()];
}

export function randomCondition(random: Random, depth: number): Condition {
  const inner = (): Condition => randomCondition(random, depth - 1);
  switch (depth > 0 ? random.int(0, 5) : random.int(4, 5)) {
    case 0:
    case 1:
      return { all: random.list(4, inner) };
    case 2:
      return { any: random.list(4, inner) };
    case 3:
      return { not: inner() };
    case 4: {
      const sequence = random.list(4, () => random.pick(EVENT_TYPES));
      return random.chance(0.5)
        ? { sequence }
        : { sequence, within: random.pick(['0s', '90s', '30m', '1d', '4w'] as const) };
    }
    default:
      return randomComparison(random);
  }
}

export function randomInput(random: Random): ConditionInput {
  const values: Record<FactType, () => FactValue> = {
    number: () => random.pick([...NUMBERS, Number.POSITIVE_INFINITY]),
    text: () => random.pick(WORDS),
    boolean: () => random.chance(0.5),
    list: () => random.list(3, () => random.pick(WORDS)),
  };
  const facts: Facts = {};
  for (const fact of FACTS) if (random.chance(0.6)) facts[fact] = values[VISIT_FACTS[fact]]();
  return { facts, trail: random.list(12, () => [random.pick(EVENT_TYPES), random.int(0, 3_600_000)] as const) };
}
