/** Points that nobody has spent yet. */

import type { Recipe } from '../flows/recipe.ts';
import { ANN, CHANGES, CONTENT, CRITIC, day, FINISHES, keptOut, ORDERED, onTheWay, sends } from './cast.ts';

const POINTS = { at: day(0), on: 'ends', thing: 'points-2027-02', what: 'points', endsAt: day(30) } as const;

export const POINTS_EXPIRING: Recipe = {
  key: 'points-expiring',
  names: { en: 'Points about to expire', ru: 'Баллы скоро сгорят' },
  about: {
    en: 'Says how many points expire and when, 14 and 3 days before; when they are spent or last longer, nothing is said.',
    ru: 'Говорит, сколько баллов сгорит и когда, за 14 и за 3 дня; если их потратили или продлили, молчит.',
  },
  needs: ['ends', 'consent'],
  flow: {
    key: 'points-expiring',
    name: 'Points about to expire',
    enabled: true,
    purpose: 'marketing',
    entry: { on: 'ends', before: ['14d', '3d'], what: 'points', at: '11:00' },
    filter: CONTENT,
    intent: 'points',
    priority: 10,
    goal: { on: 'purchased', within: '14d' },
    stopOn: ['purchased', 'unsubscribed'],
    steps: [{ send: 'points-expiring', expiresAfter: '2d' }],
  },
  scenarios: {
    ...onTheWay(
      {
        person: ANN,
        events: [POINTS],
        expect: [sends('points-expiring'), FINISHES, sends('points-expiring'), FINISHES],
      },
      day(20),
      ['points-expiring'],
      keptOut('filter'),
    ),
    'leaves them': {
      person: ANN,
      events: [POINTS],
      expect: [sends('points-expiring'), FINISHES, sends('points-expiring'), FINISHES],
    },
    'gets them for longer': {
      person: ANN,
      events: [POINTS, { ...POINTS, at: day(20), endsAt: '2028-02-03T12:00:00Z' }],
      expect: [sends('points-expiring'), FINISHES],
    },
    'unsubscribes between': {
      person: ANN,
      events: [POINTS, { at: day(20), on: 'unsubscribed' }],
      expect: [sends('points-expiring'), FINISHES, keptOut('not_subscribed')],
    },
    critic: { person: CRITIC, events: [POINTS], expect: [keptOut('filter'), keptOut('filter')] },
    'not a subscriber': {
      person: { ...ANN, marketing: 'none' },
      events: [POINTS],
      expect: [keptOut('not_subscribed'), keptOut('not_subscribed')],
    },

    buyer: {
      person: ANN,
      events: [ORDERED, POINTS],
      expect: [sends('points-expiring'), FINISHES, sends('points-expiring'), FINISHES],
    },
    // Other points, another day: both are worth a word.
    'others expire the day after': {
      person: ANN,
      events: [POINTS, { ...POINTS, thing: 'points-gift', endsAt: day(31) }],
      expect: Array.from({ length: 4 }, () => sends('points-expiring')),
    },
  },
  tried: {
    'new visitor': 'not a subscriber',
    'never bought': 'leaves them',
    buyer: 'buyer',
    subscriber: 'leaves them',
    critic: 'critic',
    'act done': 'gets them for longer',
    'act not done': 'leaves them',
    'similar letter yesterday': 'others expire the day after',
    ...CHANGES,
  },
};
