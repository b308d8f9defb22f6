/** What goes with an order, two weeks after it and a week later. */

import type { Recipe } from '../flows/recipe.ts';
import {
  ANN,
  CHANGES,
  CONTENT,
  CRITIC,
  day,
  FINISHES,
  keptOut,
  ONLY_BUYERS,
  onTheWay,
  sends,
  stops,
  TEAPOT,
} from './cast.ts';

const BOUGHT = { at: day(0), on: 'ordered', order: '1001', total: 42, items: [TEAPOT] } as const;
const GOES_WITH = { teapot: ['mug', 'cup', 'tea'] };
const CUP = { ...TEAPOT, id: 'cup', title: 'cup', url: 'https://shop.example/cup' };
const MUG = { ...TEAPOT, id: 'mug', title: 'mug', url: 'https://shop.example/mug' };

export const CROSS_SELL: Recipe = {
  key: 'cross-sell',
  names: { en: 'Goes with it', ru: 'Подходит к покупке' },
  about: {
    en: 'Two to four things that go with an order, new arrivals first, 14 and 21 days after it; no letter where your orders and visits know of none.',
    ru: 'От двух до четырёх вещей, которые подходят к заказу, сначала новинки, через 14 и 21 день; без письма, если ваши заказы и визиты таких не знают.',
  },
  needs: ['visits', 'orders', 'consent'],
  flow: {
    key: 'cross-sell',
    name: 'Goes with it',
    enabled: true,
    purpose: 'marketing',
    entry: { on: 'order_placed' },
    filter: CONTENT,
    reentry: '30d',
    intent: 'cross-sell',
    goal: { on: 'purchased', within: '30d' },
    stopOn: ['purchased', 'unsubscribed'],
    steps: [
      { wait: '14d', until: '11:00' },
      { send: 'cross-sell-1', expiresAfter: '3d' },
      { wait: '7d', until: '11:00' },
      { send: 'cross-sell-2', expiresAfter: '3d' },
    ],
  },
  scenarios: {
    ...onTheWay(
      {
        person: ANN,
        goesWith: GOES_WITH,
        events: [BOUGHT],
        expect: [sends('cross-sell-1'), sends('cross-sell-2'), FINISHES],
      },
      day(17),
      ['cross-sell-1'],
    ),
    buyer: {
      person: ANN,
      goesWith: GOES_WITH,
      events: [BOUGHT],
      expect: [sends('cross-sell-1'), sends('cross-sell-2'), FINISHES],
    },
    'nothing goes with it': {
      person: ANN,
      events: [BOUGHT],
      expect: [
        { do: 'drop', what: 'cross-sell-1', reason: 'nothing_to_show' },
        { do: 'drop', what: 'cross-sell-2', reason: 'nothing_to_show' },
        FINISHES,
      ],
    },
    'has nearly all that goes with it': {
      person: ANN,
      goesWith: GOES_WITH,
      events: [{ ...BOUGHT, items: [TEAPOT, CUP, MUG] }],
      expect: [{ do: 'drop', what: 'cross-sell-1', reason: 'nothing_to_show' }],
    },
    'buys again the day after the first letter': {
      person: ANN,
      goesWith: GOES_WITH,
      events: [BOUGHT, { ...BOUGHT, at: day(15), order: '1002', items: [CUP] }],
      expect: [sends('cross-sell-1'), stops('purchased'), keptOut('too_soon')],
    },
    critic: { person: CRITIC, events: [BOUGHT], expect: [keptOut('filter')] },
    'not a subscriber': {
      person: { ...ANN, marketing: 'none' },
      events: [BOUGHT],
      expect: [keptOut('not_subscribed')],
    },
  },
  tried: {
    'new visitor': 'not a subscriber',
    'never bought': ONLY_BUYERS,
    buyer: 'buyer',
    subscriber: 'buyer',
    critic: 'critic',
    'act done': 'buys again the day after the first letter',
    'act not done': 'buyer',
    'similar letter yesterday': 'buys again the day after the first letter',
    ...CHANGES,
  },
};
