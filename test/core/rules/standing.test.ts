/** What only the server knows of a rule and a visitor. */

import { describe, expect, test } from 'vitest';
import { evaluate } from '../../../core/rules/condition.ts';
import {
  closedStanding,
  STANDING_GATES,
  type Standing,
  type StandingRule,
  seenStanding,
  whenForPages,
  whenOnPages,
} from '../../../core/rules/standing.ts';
import { NOON, standingCases } from '../../cases/standings.ts';

const standing = (more: Partial<Standing>): Standing => ({
  now: NOON,
  timeZone: 'UTC',
  claim: false,
  showings: {},
  visitAt: NOON - 3_600_000,
  taken: {},
  outOfFlow: [],
  outOfCodes: [],
  limit: null,
  ...more,
});
const rule = (more: Partial<StandingRule>): StandingRule => ({ id: 'a', enabled: true, ...more });

describe('what stands between a rule and a visitor', () => {
  test.each(standingCases)('%s', (_name, change, more, closed) => {
    expect(closedStanding(rule(change), standing(more))).toBe(closed);
  });

  test('each gate has a row that it closes', () => {
    expect(STANDING_GATES.filter((gate) => !standingCases.some(([, , , closed]) => closed === gate))).toEqual([]);
  });

  test('each gate tells what it saw', () => {
    const asked = rule({ caps: { perVisit: 1 }, schedule: { weekdays: [5] } });
    const seen = standing({ showings: { a: [NOON, 5], b: [NOON] }, limit: { count: 3, days: 7 } });
    expect(STANDING_GATES.map((gate) => seenStanding(gate, asked, seen))).toEqual([
      true,
      { weekdays: [5] },
      true,
      { perVisit: 1, perVisitor: 2, perDay: 0, total: 0 },
      true,
      { count: 3, days: 7, shown: 2 },
    ]);
    expect(STANDING_GATES.map((gate) => seenStanding(gate, rule({}), standing({})))).toEqual([
      true,
      null,
      true,
      null,
      true,
      null,
    ]);
  });
});

describe('a rule’s whole condition', () => {
  const offer = { kind: 'percent', value: 10 } as const;
  const when = ['pages', '>=', 2] as const;

  test('is the rule’s own where it says nothing of pages and hours', () => {
    expect(whenOnPages({ when, offer })).toBe(when);
    expect(whenForPages({ when, offer, schedule: { startsAt: '2026-11-27' }, pages: {} })).toBe(when);
  });

  test('asks for pages, weekdays and hours besides', () => {
    const whole = whenForPages({
      when,
      offer,
      pages: { include: ['/sale/*'] },
      schedule: { weekdays: [5], hours: { from: 9, to: 18 } },
    });
    const facts = { pages: 2, path: '/sale/7', weekday: 5, hour: 17 };
    expect(evaluate(whole, { facts, trail: [] })).toBe(true);
    for (const change of [{ pages: 1 }, { path: '/' }, { weekday: 6 }, { hour: 18 }]) {
      expect([change, evaluate(whole, { facts: { ...facts, ...change }, trail: [] })]).toEqual([change, false]);
    }
  });

  test.each([
    ['items', {}, { viewed: 0, carted: 0 }, false],
    ['items', {}, { viewed: 1, carted: 0 }, true],
    ['items', {}, { viewed: 0, carted: 1 }, true],
    ['cart', {}, { viewed: 1, carted: 0 }, false],
    ['cart', {}, { viewed: 0, carted: 1 }, true],
    ['order', {}, { viewed: 0, carted: 0 }, true],
    // All arms alike, so that they stay comparable.
    ['order', { on: 'cart' }, { viewed: 1, carted: 0 }, false],
    ['cart', { on: 'order' }, { viewed: 1, carted: 0 }, false],
  ] as const)('an offer on %s, with a variant of %o, to who has %o: %s', (on, change, facts, expected) => {
    const variants = [{ key: 'a', weight: 1, offer: change }];
    const rule = { when, offer: { ...offer, on }, variants };
    const input = { facts: { pages: 2, ...facts }, trail: [] };
    expect([evaluate(whenOnPages(rule), input), evaluate(whenForPages(rule), input)]).toEqual([expected, expected]);
  });
});
