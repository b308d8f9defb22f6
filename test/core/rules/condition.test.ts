/** The evaluator: the whole language row by row, then its laws over random conditions. */

import { describe, expect, test } from 'vitest';
import { type Condition, evaluate, isComparison, OPERATORS_FOR } from '../../../core/rules/condition.ts';
import { type FactType, VISIT_FACTS } from '../../../core/visits/facts.ts';
import { conditionCases } from '../../cases/conditions.ts';
import { seeded } from '../../support/random.ts';
import { randomCondition, randomInput } from '../../support/random-conditions.ts';

describe('conditions', () => {
  test.each(conditionCases)('%s', (_name, condition, facts, trail, expected) => {
    expect(evaluate(condition, { facts, trail })).toBe(expected);
  });

  test('the table has a row for each operator of each type of fact', () => {
    const seen = new Set(
      conditionCases.flatMap(([, condition]) =>
        isComparison(condition) ? [`${VISIT_FACTS[condition[0]]} ${condition[1]}`] : [],
      ),
    );
    const wanted = Object.entries(OPERATORS_FOR).flatMap(([type, operators]) =>
      operators.map((operator) => `${type satisfies string as FactType} ${operator}`),
    );
    expect(wanted.filter((pair) => !seen.has(pair))).toEqual([]);
  });

  test('the table asks for each fact of a visit', () => {
    const asked = JSON.stringify(conditionCases.map(([, condition]) => condition));
    expect(Object.keys(VISIT_FACTS).filter((fact) => !asked.includes(`["${fact}",`))).toEqual([]);
  });
});

describe('laws of conditions, over 5,000 random ones', () => {
  const RUNS = 5_000;
  const each = (
    seed: number,
    check: (a: Condition, b: Condition, input: ReturnType<typeof randomInput>) => void,
  ): void => {
    const random = seeded(seed);
    for (let run = 0; run < RUNS; run += 1) {
      check(randomCondition(random, 4), randomCondition(random, 2), randomInput(random));
    }
  };

  test('evaluating gives true, false or unknown, and never throws', () => {
    const counts = new Map<unknown, number>();
    each(1, (a, _b, input) => {
      const verdict = evaluate(a, input);
      counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
    });
    expect([...counts.keys()].sort()).toEqual([false, true, undefined]);
  });

  test('the same question has the same answer, and asking changes nothing', () => {
    each(2, (a, _b, input) => {
      const before = JSON.stringify([a, input]);
      expect(evaluate(a, input)).toBe(evaluate(a, input));
      expect(JSON.stringify([a, input])).toBe(before);
    });
  });

  test('not not c is c', () => {
    each(3, (a, _b, input) => {
      expect(evaluate({ not: { not: a } }, input)).toBe(evaluate(a, input));
    });
  });

  test('De Morgan: not (a and b) is (not a) or (not b), and the other way round', () => {
    each(4, (a, b, input) => {
      expect(evaluate({ not: { all: [a, b] } }, input)).toBe(evaluate({ any: [{ not: a }, { not: b }] }, input));
      expect(evaluate({ not: { any: [a, b] } }, input)).toBe(evaluate({ all: [{ not: a }, { not: b }] }, input));
    });
  });

  test('order within all and any does not matter', () => {
    each(5, (a, b, input) => {
      expect(evaluate({ all: [a, b] }, input)).toBe(evaluate({ all: [b, a] }, input));
      expect(evaluate({ any: [a, b] }, input)).toBe(evaluate({ any: [b, a] }, input));
    });
  });

  test('learning an unknown fact never turns true into false or false into true', () => {
    const random = seeded(6);
    for (let run = 0; run < RUNS; run += 1) {
      const condition = randomCondition(random, 4);
      const input = randomInput(random);
      const known = { ...input, facts: { ...randomInput(random).facts, ...input.facts } };
      const verdict = evaluate(condition, input);
      if (verdict !== undefined) expect(evaluate(condition, known)).toBe(verdict);
    }
  });
});
