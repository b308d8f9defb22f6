/** When a variant has won: rarely among equals, surely where one is better, and not before there is enough to tell. */

import { describe, expect, test } from 'vitest';
import { judgeTrial, type TrialArm, trialsOf } from '../../../core/experiments/trial.ts';
import type { Step } from '../../../core/flows/flow.ts';
import { seeded } from '../../support/random.ts';

/** Looks at it hourly; which variant is called the winner first, and after how many people, or null. */
function firstWinner(rates: readonly number[], looks: number, perLook: number, random: () => number) {
  const arms: TrialArm[] = rates.map(() => ({ people: 0, reached: 0 }));
  for (let look = 1; look <= looks; look += 1) {
    for (let one = 0; one < perLook; one += 1) {
      const drawn = Math.floor(random() * arms.length);
      const arm = arms[drawn] as TrialArm;
      arm.people += 1;
      if (random() < (rates[drawn] ?? 0)) arm.reached += 1;
    }
    const { verdict, leader } = judgeTrial(arms);
    if (verdict === 'winner') return { leader, people: look * perLook };
  }
  return null;
}

describe('a winner', () => {
  test.each([
    ['two, clicked by one of ten', [0.1, 0.1], 100],
    ['two, bought after by one of fifty', [0.02, 0.02], 200],
    ['five', [0.08, 0.08, 0.08, 0.08, 0.08], 250],
  ])(
    'is called among equals in at most one of twenty trials, over 1,000 looked at 200 times: %s',
    (_what, rates, perLook) => {
      const { unit } = seeded(3);
      let wrong = 0;
      for (let one = 0; one < 1_000; one += 1) if (firstWinner(rates, 200, perLook, unit)) wrong += 1;
      expect(wrong).toBeLessThanOrEqual(50);
    },
    120_000,
  );

  test('is the better one, where one is better by half', () => {
    const { unit } = seeded(4);
    const found = Array.from({ length: 100 }, () => firstWinner([0.06, 0.09], 200, 100, unit));
    expect(found.filter((one) => one?.leader === 1).length).toBeGreaterThanOrEqual(95);
    expect(found.filter((one) => one?.leader === 0).length).toBeLessThanOrEqual(1);
  });

  test('beats each of the others, not only the worst', () => {
    const arms = [
      { people: 5_000, reached: 500 },
      { people: 5_000, reached: 510 },
      { people: 5_000, reached: 100 },
    ];
    expect(judgeTrial(arms)).toMatchObject({ verdict: 'undecided', leader: 1, needed: expect.any(Number) });
    const { verdict, leader, beyond } = judgeTrial(arms.with(1, { people: 5_000, reached: 900 }));
    expect([verdict, leader, beyond[1]]).toEqual(['winner', 1, null]);
    expect(beyond[0]?.low).toBeGreaterThan(0);
  });
});

describe('not enough data yet', () => {
  test.each([
    ['nobody', [0, 0, 0, 0], null],
    ['nobody who clicked', [900, 0, 900, 0], null],
    ['thirty people, however they behave', [15, 15, 15, 0], 90],
    ['one variant that hardly anybody got', [5_000, 500, 100, 10], 10_200],
  ])('%s', (_what, [people = 0, reached = 0, others = 0, clicked = 0], needed) => {
    const verdict = judgeTrial([
      { people, reached },
      { people: others, reached: clicked },
    ]);
    expect(verdict).toMatchObject({ verdict: 'too_early', leader: null, needed });
  });

  test('ends with thirty to be expected of each: a variant that nobody clicks is told from others', () => {
    expect(
      judgeTrial([
        { people: 600, reached: 0 },
        { people: 600, reached: 90 },
      ]),
    ).toMatchObject({ verdict: 'winner', leader: 1 });
  });
});

describe('what a flow tries', () => {
  const keysOf = (...steps: Step[]) => trialsOf({ key: 'welcome', steps }).map(({ key }) => key);
  const tried: Step = { send: 'welcome-1', variants: [{}, { button: { en: 'Look', ru: 'Смотреть' }, days: [1, 2] }] };

  test('is the same wherever it stands, in whichever order it was written down', () => {
    const again = JSON.parse(
      '{"variants": [{}, {"days": [1, 2], "button": {"ru": "Смотреть", "en": "Look"}}], "send": "welcome-1"}',
    );
    const elsewhere: Step = { branch: { if: ['orders', '>', 0], then: [{ wait: '1d' }, again] } };
    expect(keysOf(elsewhere)).toEqual(keysOf(tried));
    expect(keysOf({ ...tried, decideBy: 'clicks' })).toEqual(keysOf(tried));
  });

  test('is another as soon as anything of it is', () => {
    const others: Step[] = [
      { ...tried, send: 'welcome-2' },
      { ...tried, decideBy: 'goal' },
      { send: 'welcome-1', variants: [{}, { button: { en: 'Look' } }] },
      { send: 'welcome-1', variants: [{}, {}, { button: { en: 'Look' } }] },
      { send: 'welcome-1', subjects: [{ en: 'Look' }, { en: 'See' }] },
    ];
    const keys = keysOf(tried, ...others);
    expect(new Set(keys).size).toBe(others.length + 1);
  });

  test('gives everybody the time of the latest variant', () => {
    const hours = (change: object, goal?: { on: 'purchased'; within: '7d' }) =>
      trialsOf({ key: 'f', steps: [{ send: 'offer', ...change }], ...(goal ? { goal } : {}) }).map(
        ({ plan }) => plan.windowMs / 3_600_000,
      );
    expect(hours({})).toEqual([]);
    expect(hours({ variants: [{}, { body: { en: 'Hello' } }] })).toEqual([48]);
    expect(hours({ variants: [{}, { wait: '6h', until: 'usual' }] })).toEqual([78]);
    expect(hours({ variants: [{}, { days: [6, 7] }] })).toEqual([216]);
    expect(hours({ variants: [{}, {}], decideBy: 'goal' }, { on: 'purchased', within: '7d' })).toEqual([168]);
  });
});
