/** What reports claim: winners that are none are rare, true ones are found, broken shares are noticed. */

import { describe, expect, test } from 'vitest';
import {
  type ArmSample,
  checkRatio,
  compareArms,
  LEAST_BUYERS,
  usualBase,
} from '../../../core/experiments/experiment.ts';
import { seeded } from '../../support/random.ts';
import { ALIKE, arm, firstVerdict } from '../../support/simulated-experiment.ts';

describe('a verdict', () => {
  test.each(ALIKE)(
    'is given to an offer that does nothing in at most one of twenty shops, over 1,000 that look daily for 60 days: %s',
    (_name, shop) => {
      const { unit } = seeded(1);
      let wrong = 0;
      for (let one = 0; one < 1_000; one += 1) if (firstVerdict(shop, 60, unit)) wrong += 1;
      expect(wrong).toBeLessThanOrEqual(50);
    },
    60_000,
  );

  test('is given to an offer that sells half as much again, and is the right one', () => {
    const { unit } = seeded(2);
    const shop = { perDay: 400, holdout: 0.3, rates: [0.04, 0.06], spread: 0.6 } as const;
    const verdicts = Array.from({ length: 50 }, () => firstVerdict(shop, 60, unit)?.verdict);
    expect(verdicts.filter((one) => one === 'more').length).toBeGreaterThanOrEqual(45);
    expect(verdicts).not.toContain('less');
  });

  test('is given to an offer that costs', () => {
    const [found] = compareArms([arm('holdout', 10_000, 800), arm(null, 10_000, 300)], 'holdout');
    expect(found).toMatchObject({ verdict: 'less', needed: 0 });
    expect(found?.lift).toBeCloseTo(-0.625, 10);
    expect(found?.difference?.high).toBeLessThan(0);
  });

  test('waits for enough buyers in the smaller arm, and tells how many visitors that takes', () => {
    const [found] = compareArms([arm('holdout', 300, LEAST_BUYERS / 2), arm(null, 2_700, 900)], 'holdout');
    expect(found).toMatchObject({ verdict: 'too_early', needed: 3_000 });
    expect(compareArms([arm('holdout', 300, 0), arm(null, 2_700, 90)], 'holdout')[0]).toMatchObject({
      verdict: 'too_early',
      needed: null,
    });
  });

  test('tells how many more visitors today’s difference would take', () => {
    const arms = [arm('holdout', 2_000, 100), arm(null, 18_000, 990)];
    const [found] = compareArms(arms, 'holdout');
    expect(found?.verdict).toBe('undecided');
    const growth = ((found?.needed ?? 0) + 20_000) / 20_000;
    const grown = arms.map((one) => ({
      ...one,
      count: one.count * growth,
      buyers: one.buyers * growth,
      sum: one.sum * growth,
      squares: one.squares * growth,
    }));
    expect(compareArms(grown, 'holdout')[0]?.verdict).toBe('more');
  });

  test('of ten variants asks more of each than of one', () => {
    const width = (arms: ArmSample[]): number => {
      const found = compareArms(arms, 'holdout').at(-1)?.difference;
      return (found?.high ?? 0) - (found?.low ?? 0);
    };
    const one = [arm('holdout', 2_000, 100), arm('a', 2_000, 120)];
    const ten = [...one, ...Array.from({ length: 9 }, (_, index) => arm(`k${index}`, 2_000, 120))];
    expect(width(ten)).toBeGreaterThan(width(one));
  });

  test('compares with the holdout unless there is none', () => {
    expect(usualBase([arm('a', 1, 0), arm('holdout', 1, 0)])).toBe('holdout');
    expect(usualBase([arm('a', 1, 0), arm('b', 1, 0)])).toBe('a');
    expect(usualBase([])).toBeNull();
    expect(compareArms([arm('a', 1, 0)], 'b')).toEqual([]);
  });
});

describe('the ratio of the arms', () => {
  const group = (shares: [string | null, number][], counts: [string | null, number][]) => ({
    shares,
    counts: new Map(counts),
  });

  test('is fine as drawn, and an alarm where one arm loses a tenth of its visitors', () => {
    const shares: [string | null, number][] = [
      ['holdout', 0.5],
      [null, 0.5],
    ];
    expect(
      checkRatio([
        group(shares, [
          ['holdout', 5_040],
          [null, 4_960],
        ]),
      ])?.ok,
    ).toBe(true);
    expect(
      checkRatio([
        group(shares, [
          ['holdout', 5_000],
          [null, 4_500],
        ]),
      ]),
    ).toMatchObject({ ok: false });
  });

  test('expects of each version of the rule what that version drew by', () => {
    const before: [string | null, number][] = [
      ['holdout', 0.1],
      [null, 0.9],
    ];
    const after: [string | null, number][] = [
      ['holdout', 0.5],
      [null, 0.5],
    ];
    const found = checkRatio([
      group(before, [
        ['holdout', 100],
        [null, 900],
      ]),
      group(after, [
        ['holdout', 500],
        [null, 500],
      ]),
    ]);
    expect(found).toMatchObject({ statistic: 0, p: 1, ok: true });
  });

  test('says nothing yet of a handful', () => {
    expect(
      checkRatio([
        group(
          [
            ['holdout', 0.1],
            [null, 0.9],
          ],
          [[null, 20]],
        ),
      ]),
    ).toBeNull();
    expect(checkRatio([])).toBeNull();
  });

  test('raises the alarm for one fair experiment in a thousand', () => {
    const { unit } = seeded(4);
    let alarms = 0;
    for (let one = 0; one < 4_000; one += 1) {
      let held = 0;
      for (let visitor = 0; visitor < 500; visitor += 1) if (unit() < 0.2) held += 1;
      if (
        !checkRatio([
          group(
            [
              ['holdout', 0.2],
              [null, 0.8],
            ],
            [
              ['holdout', held],
              [null, 500 - held],
            ],
          ),
        ])?.ok
      )
        alarms += 1;
    }
    expect(alarms).toBeLessThanOrEqual(12);
  });
});
