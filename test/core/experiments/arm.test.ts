/** Drawing arms: everybody by their chance, to the last share. */

import { describe, expect, test } from 'vitest';
import { drawArm, sharesOf } from '../../../core/experiments/arm.ts';
import { chiSquare } from '../../../core/stats/chi-square.ts';
import { seeded } from '../../support/random.ts';

const variants = [
  { key: 'a', weight: 1 },
  { key: 'b', weight: 3 },
];

describe('the shares of a rule', () => {
  test.each([
    ['no variants, no holdout', { holdout: 0, variants: [] }, [[null, 1]]],
    [
      'a tenth held out',
      { holdout: 0.1, variants: [] },
      [
        ['holdout', 0.1],
        [null, 0.9],
      ],
    ],
    [
      'variants by weight in what is left',
      { holdout: 0.2, variants },
      [
        ['holdout', 0.2],
        ['a', 0.2],
        ['b', 0.6000000000000001],
      ],
    ],
    ['everybody held out', { holdout: 1, variants }, [['holdout', 1]]],
    [
      'a variant that is drawn no more',
      {
        holdout: 0,
        variants: [
          { key: 'x', weight: 0 },
          { key: 'y', weight: 2 },
        ],
      },
      [['y', 1]],
    ],
  ])('%s', (_name, rule, expected) => {
    expect(sharesOf(rule)).toEqual(expected);
  });

  test('sum to 1, for 1,000 random rules', () => {
    const random = seeded(2);
    for (let run = 0; run < 1_000; run += 1) {
      const rule = {
        holdout: random.unit(),
        variants: random.list(10, () => ({ key: 'k', weight: random.int(1, 1_000) / 7 })),
      };
      expect(sharesOf(rule).reduce((sum, [, chance]) => sum + chance, 0)).toBeCloseTo(1, 12);
    }
  });
});

describe('a million draws', () => {
  const DRAWS = 1_000_000;

  test.each([
    ['even', { holdout: 0, variants: Array.from({ length: 10 }, (_, index) => ({ key: `k${index}`, weight: 1 })) }],
    ['weighted, with a tenth held out', { holdout: 0.1, variants }],
    [
      'lopsided',
      {
        holdout: 0.001,
        variants: [
          { key: 'a', weight: 0.01 },
          { key: 'b', weight: 1_000 },
        ],
      },
    ],
  ])('fall as they should: %s', (_name, rule) => {
    const shares = sharesOf(rule);
    const { unit } = seeded(20_261_123);
    const counts = new Map<string | null, number>();
    for (let draw = 0; draw < DRAWS; draw += 1) {
      const [arm] = drawArm(shares, unit);
      counts.set(arm, (counts.get(arm) ?? 0) + 1);
    }
    const test = chiSquare(
      shares.map(([arm, chance]) => ({ observed: counts.get(arm) ?? 0, expected: chance * DRAWS })),
    );
    expect(test?.p).toBeGreaterThan(0.01);
    expect([...counts.values()].reduce((sum, count) => sum + count, 0)).toBe(DRAWS);
  });

  test('hold out exactly below the share', () => {
    const shares = sharesOf({ holdout: 0.1, variants });
    expect(drawArm(shares, () => 0)[0]).toBe('holdout');
    expect(drawArm(shares, () => 0.1 - 2 ** -53)[0]).toBe('holdout');
    expect(drawArm(shares, () => 0.1)[0]).toBe('a');
    expect(drawArm(shares, () => 1 - 2 ** -53)[0]).toBe('b');
    expect(
      drawArm(
        [
          ['x', 0.3],
          ['y', 0.3],
        ],
        () => 0.99,
      ),
    ).toEqual(['y', 0.3]);
  });
});
