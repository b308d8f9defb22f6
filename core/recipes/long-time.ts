/** Too long until the next visit, after something was looked at or carted. */

import type { Recipe } from '../flows/recipe.ts';
import {
  ANN,
  asksForOffer,
  CHANGES,
  CONTENT,
  CRITIC,
  day,
  FINISHES,
  keptOut,
  ORDERED,
  onTheWay,
  STRANGER,
  sends,
  TEAPOT,
} from './cast.ts';

const LOOKED = { at: day(0), on: 'visited', viewed: [TEAPOT] } as const;

export const LONG_TIME: Recipe = {
  key: 'long-time',
  names: { en: 'Too long until the next visit', ru: 'Давно не заходили' },
  about: {
    en: 'Two weeks without a visit after something was looked at or carted: one letter that leads back to it.',
    ru: 'Две недели без визита после просмотра или корзины: одно письмо, которое ведёт обратно.',
  },
  needs: ['visits', 'consent'],
  flow: {
    key: 'long-time',
    name: 'Too long until the next visit',
    enabled: true,
    purpose: 'marketing',
    entry: { on: 'absent', after: '14d' },
    filter: {
      all: [
        CONTENT,
        {
          any: [
            ['viewedWithinDays', '<=', 15],
            ['cartedWithinDays', '<=', 15],
          ],
        },
      ],
    },
    reentry: '60d',
    intent: 'leaving',
    goal: { on: 'purchased', within: '7d' },
    stopOn: ['purchased', 'unsubscribed'],
    steps: [{ wait: '1h', until: '10:00' }, { send: 'long-time' }],
  },
  scenarios: {
    ...onTheWay({ person: ANN, events: [LOOKED], expect: [sends('long-time'), FINISHES] }, '2027-01-18T20:00:00Z'),
    'never bought': { person: ANN, events: [LOOKED], expect: [sends('long-time'), FINISHES] },
    'comes back in time': {
      person: ANN,
      events: [LOOKED, { at: day(10), on: 'visited' }],
      expect: [keptOut('filter')],
    },
    'looked at nothing': { person: ANN, events: [{ at: day(0), on: 'visited' }], expect: [keptOut('filter')] },
    critic: { person: CRITIC, events: [LOOKED], expect: [keptOut('filter')] },

    buyer: { person: ANN, events: [ORDERED, LOOKED], expect: [sends('long-time'), FINISHES] },
    'is being reminded of an offer': {
      person: ANN,
      beside: ['discount-reminder'],
      events: [LOOKED, asksForOffer(day(13))],
      expect: [{ flow: 'discount-reminder', do: 'enter' }, keptOut('intent')],
    },
    'not a subscriber': { person: STRANGER, events: [LOOKED], expect: [keptOut('not_subscribed')] },
  },
  tried: {
    'new visitor': 'not a subscriber',
    'never bought': 'never bought',
    buyer: 'buyer',
    subscriber: 'never bought',
    critic: 'critic',
    'act done': 'comes back in time',
    'act not done': 'never bought',
    'similar letter yesterday': 'is being reminded of an offer',
    ...CHANGES,
  },
};
