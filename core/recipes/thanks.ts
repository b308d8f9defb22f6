/** Thanks for an order, and nothing to buy. */

import type { Recipe } from '../recipe.ts';
import { ANN, CONTENT, CRITIC, day, FINISHES, keptOut, onTheWay, sends, TEAPOT } from './cast.ts';

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
    ...onTheWay({ person: ANN, events: [BOUGHT], expect: [sends('thanks'), FINISHES] }, day(1)),
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
  },
};
