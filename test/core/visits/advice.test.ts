/** From which depth on visits buy. */

import { describe, expect, test } from 'vitest';
import { advise, type Depth, depthOf, stepsAround } from '../../../core/visits/advice.ts';
import { newVisit } from '../../../core/visits/visit.ts';
import { seeded } from '../../support/random.ts';

/** A shop whose visits buy with one chance below a depth and with another from it on. */
function shopOf(
  seed: number,
  { visits, from, below, above }: { visits: number; from: number; below: number; above: number },
): Depth[] {
  const random = seeded(seed);
  return Array.from({ length: visits }, () => {
    const pages = random.int(1, 10);
    return { pages, seconds: random.int(0, 300), bought: random.chance(pages >= from ? above : below) };
  });
}

describe('advice', () => {
  test.each([2, 4, 6])('finds the page from which on a shop’s visitors buy: %i', (from) => {
    const advice = advise(shopOf(from, { visits: 4_000, from, below: 0.01, above: 0.2 }));
    expect([advice.enough, advice.pages.atLeast, advice.seconds.atLeast]).toEqual([true, from, null]);
  });

  test('proposes nothing where depth tells nothing: in at most 3 of 300 shops', () => {
    const proposed = Array.from({ length: 300 }, (_, seed) =>
      advise(shopOf(seed, { visits: 1_500, from: 1, below: 0.06, above: 0.06 })),
    ).filter(({ pages, seconds }) => pages.atLeast !== null || seconds.atLeast !== null);
    expect(proposed.length).toBeLessThanOrEqual(3);
  });

  test('is not enough with 49 buyers, or 199 others, however clear they look', () => {
    const buyers = (count: number) => Array.from({ length: count }, () => ({ pages: 9, seconds: 300, bought: true }));
    const others = (count: number) => Array.from({ length: count }, () => ({ pages: 1, seconds: 1, bought: false }));
    const proposal = (depths: Depth[]) => {
      const { enough, pages, seconds } = advise(depths);
      return [enough, pages.atLeast, seconds.atLeast];
    };
    expect(proposal([...buyers(49), ...others(900)])).toEqual([false, null, null]);
    expect(proposal([...buyers(900), ...others(199)])).toEqual([false, null, null]);
    expect(proposal([...buyers(50), ...others(200)])).toEqual([true, 2, 5]);
    expect(proposal([])).toEqual([false, null, null]);
  });

  test('tells with every step how many went so deep, and how many of them bought', () => {
    const { pages, visits, bought } = advise([
      { pages: 1, seconds: 0, bought: false },
      { pages: 3, seconds: 0, bought: true },
    ]);
    expect([visits, bought, pages.steps.slice(0, 4)]).toEqual([
      2,
      1,
      [
        { atLeast: 1, visits: 2, bought: 1 },
        { atLeast: 2, visits: 1, bought: 1 },
        { atLeast: 3, visits: 1, bought: 1 },
        { atLeast: 4, visits: 0, bought: 0 },
      ],
    ]);
  });
});

test('what paying takes is no depth', () => {
  const visit = {
    ...newVisit(0),
    pages: 5,
    activeMs: 90_000,
    trail: [
      ['page_view', 0],
      ['page_view', 20_000],
      ['page_view', 30_000],
      ['begin_checkout', 40_000],
      ['page_view', 50_000],
      ['page_view', 80_000],
    ] satisfies [string, number][] as never,
  };
  expect(depthOf({ at: 100_000, visit }, 0, true)).toEqual({ pages: 3, seconds: 40, bought: true });
  expect(depthOf({ at: 60_000, visit: { ...visit, trail: [] } }, 0, false)).toEqual({
    pages: 5,
    seconds: 60,
    bought: false,
  });
});

test('the steps around a proposal move one bound at a time, and hold the proposal itself', () => {
  const steps = stepsAround(4, 30);
  expect(steps).toContainEqual({ pages: 4, seconds: 30 });
  expect(steps.every(({ pages, seconds }) => pages === 4 || seconds === 30)).toBe(true);
  expect(new Set(steps.map((step) => JSON.stringify(step))).size).toBe(steps.length);
  expect(steps.map(({ pages }) => pages).filter((pages) => pages !== 4)).toEqual([2, 3, 5, 6, 7]);
});
