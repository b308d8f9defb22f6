import { expect, it } from 'vitest';
import { reputationOf } from '../../../core/letters/reputation.ts';

const CASES: [sent: number, complained: number, bounced: number, state: string][] = [
  [0, 0, 0, 'good'],
  [1_000, 0, 50, 'good'],
  [1_000, 0, 51, 'halt'],
  [1_000, 1, 0, 'warn'],
  [1_000, 2, 50, 'warn'],
  [1_000, 3, 0, 'halt'],
  [100, 0, 5, 'good'],
  [100, 0, 6, 'halt'],
  // Of a new shop's first letters neither a typing error nor one angry reader halts the rest.
  [10, 1, 1, 'warn'],
  [49, 0, 10, 'good'],
  [50, 0, 10, 'halt'],
  [10, 3, 0, 'halt'],
];

it.each(CASES)('of %i letters %i complained, %i bounced: %s', (sent, complained, bounced, state) => {
  expect(reputationOf({ sent, complained, bounced }).state).toBe(state);
});

it('says what was counted', () => {
  expect(reputationOf({ sent: 400, complained: 3, bounced: 0 })).toEqual({
    state: 'halt',
    reason: '3 of the last 400 letters complained',
  });
});
