/** Things looked at and not carted: once more, without a discount. */

import type { Recipe } from '../recipe.ts';
import { ANN, CONTENT, CRITIC, day, FINISHES, keptOut, onTheWay, sends, stops, TEAPOT } from './cast.ts';

const LOOKED = { at: day(0), on: 'visited', viewed: [TEAPOT] } as const;
const LATE = '2027-01-04T20:00:00Z';

export const ABANDONED_BROWSE: Recipe = {
  key: 'abandoned-browse',
  names: { en: 'Abandoned browse', ru: 'Брошенный просмотр' },
  about: {
    en: 'What somebody looked at and did not put into a cart, the next morning and without a discount; at most once a week.',
    ru: 'То, что посетитель смотрел и не положил в корзину: утром следующего дня, без скидки, не чаще раза в неделю.',
  },
  needs: ['visits', 'consent'],
  flow: {
    key: 'abandoned-browse',
    name: 'Abandoned browse',
    enabled: true,
    purpose: 'marketing',
    entry: { on: 'browse_abandoned', after: '4h' },
    filter: CONTENT,
    reentry: '7d',
    intent: 'leaving',
    priority: 10,
    goal: { on: 'purchased', within: '7d' },
    stopOn: ['purchased', 'unsubscribed'],
    steps: [
      { wait: '4h', until: '10:00' },
      { send: 'browse-2', expiresAfter: '2d' },
    ],
  },
  scenarios: {
    ...onTheWay({ person: ANN, events: [LOOKED], expect: [sends('browse-2'), FINISHES] }, LATE),
    'never bought': { person: ANN, events: [LOOKED], expect: [sends('browse-2'), FINISHES] },
    'buys in the evening': {
      person: ANN,
      events: [
        { ...LOOKED, at: day(0) },
        { at: LATE, on: 'ordered', order: '1001', total: 42, items: [TEAPOT] },
      ],
      expect: [stops('purchased')],
    },
    'comes again the next days': {
      person: ANN,
      events: [LOOKED, { ...LOOKED, at: day(3) }],
      expect: [sends('browse-2'), FINISHES, keptOut('too_soon')],
    },
    critic: { person: CRITIC, events: [LOOKED], expect: [keptOut('filter')] },
    'not a subscriber': {
      person: { ...ANN, marketing: 'none' },
      events: [LOOKED],
      expect: [keptOut('not_subscribed')],
    },
  },
};
