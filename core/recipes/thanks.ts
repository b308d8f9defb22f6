/** Thanks for an order, and nothing to buy. */

import type { Recipe } from '../flows/recipe.ts';
import {
  ANN,
  CHANGES,
  CONTENT,
  CRITIC,
  day,
  FINISHES,
  keptOut,
  NO_ACT,
  ONLY_BUYERS,
  onTheWay,
  sends,
  TEAPOT,
} from './cast.ts';

const BOUGHT = { at: day(0), on: 'ordered', order: '1001', total: 42, items: [TEAPOT] } as const;

export const THANKS: Recipe = {
  key: 'thanks',
  names: { en: 'Thanks', ru: 'Спасибо за заказ' },
  about: {
    en: 'A thank-you the day after an order, at most once a month.',
    ru: 'Благодарность на следующий день после заказа, не чаще раза в месяц.',
  },
  needs: ['orders', 'consent'],
  flow: {
    key: 'thanks',
    name: 'Thanks',
    enabled: true,
    purpose: 'marketing',
    entry: { on: 'order_placed' },
    filter: CONTENT,
    reentry: '30d',
    intent: 'after-sale',
    priority: 5,
    stopOn: ['unsubscribed'],
    steps: [
      { wait: '1d', until: '11:00' },
      { send: 'thanks', expiresAfter: '3d' },
    ],
  },
  scenarios: {
    ...onTheWay({ person: ANN, events: [BOUGHT], expect: [sends('thanks'), FINISHES] }, '2027-01-04T20:00:00Z'),
    buyer: { person: ANN, events: [BOUGHT], expect: [sends('thanks'), FINISHES] },
    'buys again the next week': {
      person: ANN,
      events: [BOUGHT, { ...BOUGHT, at: day(7), order: '1002' }],
      expect: [sends('thanks'), FINISHES, keptOut('too_soon')],
    },
    critic: { person: CRITIC, events: [BOUGHT], expect: [keptOut('filter')] },
    'not a subscriber': {
      person: { ...ANN, marketing: 'none' },
      events: [BOUGHT],
      expect: [keptOut('not_subscribed')],
    },

    'was thanked yesterday': {
      person: ANN,
      events: [BOUGHT, { ...BOUGHT, at: '2027-01-06T08:00:00Z', order: '1002' }],
      expect: [sends('thanks'), FINISHES, keptOut('too_soon')],
    },
  },
  tried: {
    'new visitor': 'not a subscriber',
    'never bought': ONLY_BUYERS,
    buyer: 'buyer',
    subscriber: 'buyer',
    critic: 'critic',
    ...NO_ACT,
    'similar letter yesterday': 'was thanked yesterday',
    ...CHANGES,
  },
};
