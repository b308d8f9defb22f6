import { expect, test } from 'vitest';
import { seeded } from '../../support/random.ts';
import { largestT, quantile, welch } from './welch.ts';

const random = seeded(3);
const times = (mean: number, count = 5_000) => Array.from({ length: count }, () => mean + random.int(-500, 500) / 100);

test('t is what the textbook says', () => {
  // Means of 2 and 4, variances of 1 and 4: -2 / √(1/3 + 4/3).
  expect(welch([1, 2, 3], [2, 4, 6])).toBeCloseTo(-1.549, 3);
});

test('a leak of a third of a millisecond among five of noise is seen', () => {
  expect(largestT([times(150), times(150), times(150.33)])).toBeGreaterThan(4.5);
  expect(largestT([times(150), times(150), times(150)])).toBeLessThan(4.5);
});

test('a leak is seen below the times of a busy moment, too', () => {
  const busy = (values: number[]) => values.map((value, index) => (index % 20 === 0 ? value + (index % 900) : value));
  const groups = [busy(times(150)), busy(times(150.6))];
  expect(largestT(groups)).toBeLessThan(4.5);
  expect(largestT(groups, 0.9)).toBeGreaterThan(4.5);
});

test('a quantile is one of the values', () => {
  expect([quantile([3, 1, 2], 0.5), quantile([3, 1, 2], 1), quantile([], 0.5)]).toEqual([2, 3, Number.NaN]);
});
