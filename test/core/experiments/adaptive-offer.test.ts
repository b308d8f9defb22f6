/** The size of a discount finds what leaves the shop most: shown on simulated shops whose truth is known. */

import { describe, expect, test } from 'vitest';
import {
  type AdaptivePlan,
  adaptiveVariants,
  chancesOf,
  drawnValues,
} from '../../../core/experiments/adaptive-offer.ts';
import { seeded } from '../../support/random.ts';
import { eager, live, tempted, unmoved } from '../../support/simulated-shop.ts';

describe('over 30 days of 3,000 eligible visitors, with orders up to a week late', () => {
  test.each([
    ['a shop where 10 % is the best', tempted],
    ['a shop where discounts sell nothing ends at 0 %', unmoved],
    ['a shop where the largest is the best', eager],
  ])(
    '%s: it costs at most a quarter of an even split',
    (_name, truth) => {
      const { unit } = seeded(30);
      const lives = Array.from({ length: 8 }, () => live(truth, { days: 30, perDay: 3_000, random: unit }));
      expect(lives.reduce((sum, { regret }) => sum + regret, 0) / lives.length).toBeLessThanOrEqual(0.25);
      expect(lives.filter(({ best }) => best > 0.5).length).toBeGreaterThanOrEqual(lives.length - 1);
    },
    60_000,
  );
});

describe('the chances', () => {
  const plan: AdaptivePlan = { values: [5, 10, 15] };
  const chances = (more: Partial<Parameters<typeof chancesOf>[0]> = {}): Map<string, number> =>
    chancesOf({
      plan,
      kind: 'percent',
      margin: 0.5,
      outcomes: new Map(),
      delays: [],
      spent: false,
      random: seeded(9).unit,
      ...more,
    });
  const outcome = (eligible: number, buyers: number, gross = 100, value = 0) => ({
    eligible: [0, 0, 0, 0, 0, 0, 0, eligible],
    buyers,
    gross: buyers * gross,
    grossSquares: buyers * gross ** 2 * 1.1,
    discount: (buyers * gross * value) / 100,
  });

  test('sum to 1, and leave nothing out', () => {
    for (const outcomes of [
      new Map(),
      new Map([
        ['0', outcome(9_000, 0)],
        ['10', outcome(9_000, 800, 100, 10)],
      ]),
    ]) {
      const found = chances({ outcomes });
      expect([...found.keys()]).toEqual(['0', '5', '10', '15']);
      expect([...found.values()].reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 12);
      expect(Math.min(...found.values())).toBeGreaterThanOrEqual(0.01);
    }
  });

  test('always have an arm without a discount', () => {
    expect(drawnValues({ values: [5] })).toEqual([0, 5]);
    expect(drawnValues({ values: [5, 0, 5] })).toEqual([0, 5]);
  });

  test('keep within floor and ceiling', () => {
    const bounded = { values: [5, 10, 15, 20], floor: 10, ceiling: 15 };
    expect(drawnValues(bounded)).toEqual([0, 10, 15]);
    expect([...chances({ plan: bounded }).keys()]).toEqual(['0', '10', '15']);
  });

  test('give no discount once the budget is spent', () => {
    expect(chances({ spent: true })).toEqual(new Map([['0', 1]]));
  });

  test('go to what leaves most after goods and discount, not to what sells most', () => {
    const outcomes = new Map([
      ['0', outcome(20_000, 600)],
      ['5', outcome(20_000, 620, 100, 5)],
      ['10', outcome(20_000, 640, 100, 10)],
      ['15', outcome(20_000, 660, 100, 15)],
    ]);
    expect(chances({ outcomes, margin: 0.3 }).get('0')).toBeGreaterThan(0.9);
  });

  test('do not take visitors whose time to buy has just begun for visitors who did not buy', () => {
    const fresh = (eligible: number, buyers: number, value: number) => ({
      ...outcome(0, buyers, 100, value),
      eligible: [eligible, 0, 0, 0, 0, 0, 0, 0],
    });
    // Twice the rate per visitor whose time is over; the arm has just been given many.
    const outcomes = new Map([
      ['0', outcome(10_000, 300)],
      ['5', outcome(10_000, 300, 100, 5)],
      ['15', outcome(10_000, 300, 100, 15)],
      ['10', { ...fresh(10_000, 900, 10), eligible: [10_000, 0, 0, 0, 0, 0, 0, 10_000] }],
    ]);
    expect(chances({ outcomes, delays: [100, 100, 100, 100, 100, 100, 100] }).get('10')).toBeGreaterThan(0.9);
  });

  test('learn who really uses the discount', () => {
    const used = new Map([
      ['0', outcome(20_000, 600)],
      ['15', outcome(20_000, 700, 100, 15)],
    ]);
    const unused = new Map([
      ['0', outcome(20_000, 600)],
      ['15', outcome(20_000, 800, 100, 1)],
    ]);
    const two = { plan: { values: [15] }, margin: 0.5 };
    expect(chances({ ...two, outcomes: used }).get('0')).toBeGreaterThan(0.9);
    expect(chances({ ...two, outcomes: unused }).get('15')).toBeGreaterThan(0.9);
  });

  test('work for amounts of money as for percents', () => {
    const outcomes = new Map([
      ['0', outcome(20_000, 600)],
      ['40', outcome(20_000, 620, 100, 40)],
    ]);
    expect(chances({ plan: { values: [40] }, kind: 'fixed', outcomes }).get('0')).toBeGreaterThan(0.95);
  });
});

describe('the variants of an adaptive rule', () => {
  test('are its discounts, an even chance each until something is known', () => {
    expect(adaptiveVariants({ values: [10, 7.5] }, null)).toEqual([
      { key: '0', weight: 1, offer: { kind: 'none' } },
      { key: '7-5', weight: 1, offer: { value: 7.5 } },
      { key: '10', weight: 1, offer: { value: 10 } },
    ]);
  });

  test('stay known to those who drew them after they are drawn no more', () => {
    const variants = adaptiveVariants({ values: [10, 30], ceiling: 20 }, null);
    expect(variants.map(({ key, weight }) => [key, weight])).toEqual([
      ['0', 1],
      ['10', 1],
      ['30', 0],
    ]);
    expect(adaptiveVariants({ values: [10] }, new Map([['0', 1]])).map(({ weight }) => weight)).toEqual([1, 0]);
  });
});
