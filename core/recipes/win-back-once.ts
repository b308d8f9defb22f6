/** Customers who stay away: one letter, for shops that would rather not insist. */

import type { Recipe } from '../flows/recipe.ts';
import { ANN, CHANGES, CONTENT, CRITIC, day, FINISHES, keptOut, onTheWay, STRANGER, sends, TEAPOT } from './cast.ts';

const BOUGHT = { at: day(0), on: 'ordered', order: '1001', total: 42, items: [TEAPOT] } as const;
const WAS_THERE = { at: day(1), on: 'visited' } as const;

export const WIN_BACK_ONCE: Recipe = {
  key: 'win-back-once',
  names: { en: 'Win-back in one letter', ru: 'Возвращение одним письмом' },
  about: {
    en: 'After 90 days without a visit a customer gets one letter with 10 % for two weeks, at most once a year; instead of `win-back`.',
    ru: 'После 90 дней без визита покупатель получает одно письмо с 10 % на две недели, не чаще раза в год; вместо `win-back`.',
  },
  needs: ['visits', 'orders', 'consent'],
  flow: {
    key: 'win-back-once',
    name: 'Win-back in one letter',
    enabled: true,
    purpose: 'marketing',
    entry: { on: 'absent', after: '90d' },
    filter: { all: [CONTENT, ['orders', '>=', 1]] },
    reentry: '365d',
    intent: 'win-back',
    priority: -10,
    goal: { on: 'purchased', within: '30d' },
    stopOn: ['redeemed', 'purchased', 'unsubscribed'],
    steps: [
      { wait: '1h', until: '10:00' },
      { issue: { kind: 'percent', value: 10, expiresIn: '14d' } },
      { send: 'win-back-1' },
    ],
  },
  scenarios: {
    ...onTheWay(
      { person: ANN, events: [BOUGHT, WAS_THERE], days: 120, expect: [sends('win-back-1'), FINISHES] },
      '2027-04-05T20:00:00Z',
    ),
    'stays away': {
      person: ANN,
      events: [BOUGHT, WAS_THERE],
      days: 120,
      expect: [{ do: 'issue', what: 'percent 10' }, sends('win-back-1'), FINISHES],
    },
    'comes by in time': {
      person: ANN,
      events: [BOUGHT, WAS_THERE, { at: day(60), on: 'visited' }],
      days: 120,
      // Counted from that visit.
      expect: [{ do: 'send', what: 'win-back-1', at: '2027-06-04T08:00:00Z' }, FINISHES],
    },
    'never bought': { person: ANN, events: [WAS_THERE], days: 120, expect: [keptOut('filter')] },
    critic: { person: CRITIC, events: [BOUGHT, WAS_THERE], days: 120, expect: [keptOut('filter')] },

    'stays away again after the letter': {
      person: ANN,
      events: [BOUGHT, WAS_THERE, { at: day(100), on: 'visited' }],
      days: 95,
      expect: [sends('win-back-1'), FINISHES, keptOut('too_soon')],
    },
    'not a subscriber': {
      person: STRANGER,
      events: [BOUGHT, WAS_THERE],
      days: 120,
      expect: [keptOut('not_subscribed')],
    },
  },
  tried: {
    'new visitor': 'not a subscriber',
    'never bought': 'never bought',
    buyer: 'stays away',
    subscriber: 'stays away',
    critic: 'critic',
    'act done': 'comes by in time',
    'act not done': 'stays away',
    'similar letter yesterday': 'stays away again after the letter',
    ...CHANGES,
  },
};
