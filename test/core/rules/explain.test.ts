/** Why an offer was or wasn't made, in a form that survives JSON. */

import { expect, test } from 'vitest';
import { type Decidable, type DecideInput, decide, GATES } from '../../../core/rules/decide.ts';
import { explain } from '../../../core/rules/explain.ts';

const rule: Decidable = {
  id: 'a',
  priority: 0,
  moment: 'exit',
  when: {
    all: [
      ['pages', '>=', 3],
      { any: [['cartValue', '>', 100], { not: ['refusedWithinDays', '<=', 30] }] },
      { sequence: ['view_item', 'exit_intent'], within: '30m' },
    ],
  },
  quietFor: { refused: '30d', shown: '1d' },
};

const input: DecideInput = {
  facts: { pages: 2, refusedWithinDays: Number.POSITIVE_INFINITY },
  trail: [],
  moment: 'exit',
  purchased: false,
  refusedAt: null,
  shown: {},
  arms: { a: null },
  now: 0,
};

test('every comparison is told with the value it saw and its own verdict', () => {
  expect(explain([rule], input).rules[0]?.when).toEqual([
    { condition: ['pages', '>=', 3], value: 2, verdict: false },
    { condition: ['cartValue', '>', 100], value: null, verdict: null },
    { condition: ['refusedWithinDays', '<=', 30], value: null, verdict: false },
    { condition: { sequence: ['view_item', 'exit_intent'], within: '30m' }, verdict: false },
  ]);
});

test('every gate is told, and the first closed one named', () => {
  const [told] = explain([rule], input).rules;
  expect(told?.gates.map((one) => one.gate)).toEqual(GATES);
  expect(told?.closed).toBe('when');
  expect(explain([rule], { ...input, purchased: true }).rules[0]?.closed).toBe('purchased');
});

test('the decision is the one that decide makes', () => {
  for (const facts of [input.facts, { pages: 9 }]) {
    const asked = { ...input, facts };
    expect(explain([rule], asked).decision).toEqual(decide([rule], asked));
  }
});

test('the whole of it is the same after JSON', () => {
  const told = explain([rule], input);
  expect(JSON.parse(JSON.stringify(told))).toEqual(told);
});
