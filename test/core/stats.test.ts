/** The statistics under the reports, against published figures and against chance itself. */

import { describe, expect, test } from 'vitest';
import { chiSquare, upperGamma } from '../../core/stats/chi-square.ts';
import { difference, growthToSee, meanOf, type Sample } from '../../core/stats/difference.ts';
import { betaDraw, gammaDraw, normalDraw } from '../../core/stats/draws.ts';
import { rising } from '../../core/stats/rising.ts';
import { seeded } from '../support/random.ts';

describe('chi-square', () => {
  // Critical values of any statistics table: degrees of freedom, statistic, tail.
  test.each([
    [1, 3.841_459, 0.05],
    [1, 10.827_566, 0.001],
    [2, 5.991_465, 0.05],
    [5, 11.070_498, 0.05],
    [10, 29.588_298, 0.001],
    [100, 124.342_113, 0.05],
  ])('with %i degrees of freedom %d has the tail %d', (degrees, statistic, tail) => {
    expect(upperGamma(degrees / 2, statistic / 2)).toBeCloseTo(tail, 7);
  });

  test('of 40, 60 where 50, 50 were expected is 4', () => {
    const found = chiSquare([
      { observed: 40, expected: 50 },
      { observed: 60, expected: 50 },
    ]);
    expect(found?.statistic).toBe(4);
    expect(found?.p).toBeCloseTo(0.0455, 4);
  });

  test('says nothing of one cell, or of too few counts', () => {
    expect(chiSquare([{ observed: 9, expected: 9 }])).toBeNull();
    expect(
      chiSquare([
        { observed: 9, expected: 9 },
        { observed: 9, expected: 4 },
      ]),
    ).toBeNull();
  });

  test('is 1 where everything is as expected, and never leaves 0 to 1', () => {
    expect(upperGamma(0.5, 0)).toBe(1);
    for (const x of [1e-9, 1, 50, 1e4, 1e9]) {
      expect(upperGamma(0.5, x)).toBeGreaterThanOrEqual(0);
      expect(upperGamma(4.5, x)).toBeLessThanOrEqual(1);
    }
  });
});

describe('draws of other shapes', () => {
  const DRAWS = 200_000;
  const moments = (draw: (random: () => number) => number): [mean: number, variance: number] => {
    const { unit } = seeded(11);
    const all = Array.from({ length: DRAWS }, () => draw(unit));
    const mean = all.reduce((sum, one) => sum + one, 0) / DRAWS;
    return [mean, all.reduce((sum, one) => sum + (one - mean) ** 2, 0) / DRAWS];
  };

  test.each([
    ['normal', normalDraw, 0, 1],
    ['gamma of shape 0.3', (random: () => number) => gammaDraw(0.3, random), 0.3, 0.3],
    ['gamma of shape 7', (random: () => number) => gammaDraw(7, random), 7, 7],
    ['beta of 3 and 97', (random: () => number) => betaDraw(3, 97, random), 0.03, (0.03 * 0.97) / 101],
    ['beta of 0.5 and 0.5', (random: () => number) => betaDraw(0.5, 0.5, random), 0.5, 0.125],
  ])('%s have its mean and variance', (_name, draw, mean, variance) => {
    const [m, v] = moments(draw);
    expect(Math.abs(m - mean)).toBeLessThan(5 * Math.sqrt(variance / DRAWS));
    expect(v / variance).toBeCloseTo(1, 1);
  });

  test('stay finite at the ends of what is uniform', () => {
    for (const end of [0, 1 - 2 ** -53]) expect(Number.isFinite(normalDraw(() => end))).toBe(true);
  });
});

describe('values that can only rise', () => {
  test.each([
    [
      [1, 2, 3],
      [1, 1, 1],
      [1, 2, 3],
    ],
    [
      [3, 1],
      [1, 1],
      [2, 2],
    ],
    [
      [3, 1],
      [3, 1],
      [2.5, 2.5],
    ],
    [
      [1, 4, 2, 6],
      [1, 1, 1, 1],
      [1, 3, 3, 6],
    ],
    [
      [4, 3, 2],
      [1, 1, 1],
      [3, 3, 3],
    ],
    [[], [], []],
  ])('%j with weights %j become %j', (values, weights, expected) => {
    expect(rising(values, weights)).toEqual(expected);
  });

  test('keep their weighted sum, whatever they are', () => {
    const random = seeded(3);
    for (let run = 0; run < 500; run += 1) {
      const values = random.list(8, () => random.int(-50, 50));
      const weights = values.map(() => random.int(1, 9));
      const fit = rising(values, weights);
      const total = (all: readonly number[]): number =>
        all.reduce((sum, one, index) => sum + one * (weights[index] ?? 0), 0);
      expect(total(fit)).toBeCloseTo(total(values), 6);
      expect(fit.every((one, index) => index === 0 || one >= (fit[index - 1] ?? one) - 1e-9)).toBe(true);
    }
  });
});

describe('the difference of two means', () => {
  const sample = (values: readonly number[]): Sample => ({
    count: values.length,
    sum: values.reduce((sum, one) => sum + one, 0),
    squares: values.reduce((sum, one) => sum + one ** 2, 0),
  });

  test('has no interval where a group has no spread to tell', () => {
    expect(difference(sample([1]), sample([1, 2]), 0.05)).toBeNull();
    expect(meanOf(sample([]))).toBe(0);
  });

  test('is symmetrical, and certain where nothing varies', () => {
    const [a, b] = [sample([1, 2, 3, 9]), sample([4, 4, 5, 7, 1])];
    const [one, other] = [difference(a, b, 0.05), difference(b, a, 0.05)];
    expect(one?.low).toBeCloseTo(-(other?.high ?? 0), 12);
    expect(difference(sample([2, 2]), sample([2, 2]), 0.05)).toEqual({ value: 0, low: 0, high: 0 });
  });

  test('grows narrower with more visitors, and as narrow as was foretold', () => {
    const { unit } = seeded(5);
    const draw = (count: number): Sample => sample(Array.from({ length: count }, () => unit()));
    const [a, b] = [draw(500), draw(4_500)];
    const growth = growthToSee(a, b, 0.02, 0.05) ?? 0;
    expect(growth).toBeGreaterThan(1);
    const times = ({ count, sum, squares }: Sample): Sample => ({
      count: count * growth,
      sum: sum * growth,
      squares: squares * growth,
    });
    const later = difference(times(a), times(b), 0.05);
    expect(((later?.high ?? 0) - (later?.low ?? 0)) / 2).toBeCloseTo(0.02, 4);
    expect(growthToSee(a, b, 0, 0.05)).toBeNull();
    expect(growthToSee(a, b, 1e-9, 0.05)).toBeNull();
  });
});
