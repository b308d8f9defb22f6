/** Which rule speaks, and the reason when none does. */

import { describe, expect, test } from 'vitest';
import { byPriority, closedGate, type Decidable, type DecideInput, decide, GATES } from '../../../core/rules/decide.ts';
import { decisionCases, heldCases, NOW } from '../../cases/decisions.ts';
import { seeded } from '../../support/random.ts';
import { randomCondition, randomInput } from '../../support/random-conditions.ts';

const input = (more: Partial<DecideInput>): DecideInput => ({
  facts: {},
  trail: [],
  moment: 'exit',
  purchased: false,
  refusedAt: null,
  shown: {},
  arms: { a: null, b: null, m: null, n: null, u: null },
  now: NOW,
  ...more,
});

describe('decisions', () => {
  test.each(decisionCases)('%s', (_name, rules, more, expected) => {
    expect(decide(byPriority(rules), input(more))).toMatchObject(expected);
  });

  test.each(heldCases)('count as eligible: %s', (_name, rules, more, held) => {
    expect(decide(byPriority(rules), input(more)).held).toEqual(held);
  });

  test('each gate has a row that it closes', () => {
    const reasons = decisionCases.flatMap(([, , , expected]) => ('quiet' in expected ? [expected.quiet] : []));
    expect(GATES.filter((gate) => !reasons.includes(gate))).toEqual([]);
  });

  test('the experiment is asked last, so that only those who would have seen the offer count', () => {
    expect(GATES.slice(-2)).toEqual(['holdout', 'turn']);
  });
});

test('over 2,000 random sets of rules: who speaks has no closed gate, and nobody before them could', () => {
  const random = seeded(7);
  for (let run = 0; run < 2_000; run += 1) {
    const rules = random.list(
      5,
      (): Decidable => ({
        id: `${random.int(0, 1_000_000)}`,
        priority: random.int(-1, 2),
        moment: random.pick(['exit', 'idle'] as const),
        when: randomCondition(random, 2),
        quietFor: { refused: random.pick(['0s', '30d'] as const), shown: random.pick(['0s', '1d'] as const) },
      }),
    );
    const arms = Object.fromEntries(rules.map((rule) => [rule.id, random.pick([null, 'x', 'holdout'])]));
    const known = input({ ...randomInput(random), arms, refusedAt: random.pick([null, NOW]) });
    const decision = decide(byPriority(rules), known);
    const open = rules.filter((rule) => closedGate(rule, known) === null);
    if ('quiet' in decision) {
      expect(open).toEqual([]);
    } else {
      const winner = open.find((rule) => rule.id === decision.show);
      expect(winner?.priority).toBe(Math.max(...open.map((rule) => rule.priority)));
      expect(decision.arm).not.toBe('holdout');
    }
    expect(decide(byPriority([...rules].reverse()), known)).toEqual(decision);
  }
});
