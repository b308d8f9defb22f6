/** What was bought may be running out. */

import type { Recipe } from '../recipe.ts';
import { ANN, CONTENT, CRITIC, DELIVERED, day, FINISHES, keptOut, sends, stops, TEAPOT } from './cast.ts';

export const REPLENISHMENT: Recipe = {
  key: 'replenishment',
  names: { en: 'Time for more', ru: 'Пора пополнить' },
  about: {
    en: 'The things of an order, 30 days after delivery: set the wait to how long yours last.',
    ru: 'Вещи из заказа через 30 дней после доставки: задайте срок, на который хватает ваших.',
  },
  needs: ['orders', 'consent'],
  flow: {
    key: 'replenishment',
    name: 'Time for more',
    enabled: true,
    purpose: 'marketing',
    entry: { on: 'order_delivered' },
    filter: CONTENT,
    intent: 'replenishment',
    priority: 5,
    goal: { on: 'purchased', within: '14d' },
    stopOn: ['purchased', 'unsubscribed'],
    steps: [{ wait: '30d', until: '10:00' }, { send: 'replenish' }],
  },
  scenarios: {
    buyer: { person: ANN, events: [DELIVERED], expect: [sends('replenish'), FINISHES] },
    'orders again by themselves': {
      person: ANN,
      events: [DELIVERED, { at: day(20), on: 'ordered', order: '1002', total: 42, items: [TEAPOT] }],
      expect: [stops('purchased')],
    },
    critic: { person: CRITIC, events: [DELIVERED], expect: [keptOut('filter')] },
    'lives far away': {
      person: { ...ANN, timezone: 'Asia/Vladivostok' },
      events: [DELIVERED],
      expect: [{ do: 'send', what: 'replenish', at: '2027-02-04T00:00:00Z' }],
    },
  },
};
