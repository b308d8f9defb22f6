/** Things looked at and not carted: answers to what may be holding somebody back, then a last look, and no discount. */

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
  sends,
  stops,
  TEAPOT,
} from './cast.ts';

const LOOKED = { at: day(0), on: 'visited', viewed: [TEAPOT] } as const;
const LATE = '2027-01-04T20:00:00Z';
const BOTH = [sends('browse-1'), sends('browse-2')];

export const ABANDONED_BROWSE: Recipe = {
  key: 'abandoned-browse',
  names: { en: 'Abandoned browse', ru: 'Брошенный просмотр' },
  about: {
    en: 'What somebody looked at and did not put into a cart: the next morning with answers (what buyers say, delivery, returns, whom to ask), three days later once more with what is like it; no discount, at most once a week.',
    ru: 'То, что посетитель смотрел и не положил в корзину: утром следующего дня с ответами (отзывы, доставка, возврат, кого спросить), через три дня ещё раз вместе с похожим; без скидки, не чаще раза в неделю.',
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
      { send: 'browse-1', expiresAfter: '2d' },
      { wait: '3d', until: '10:00' },
      { send: 'browse-2', expiresAfter: '2d' },
    ],
  },
  scenarios: {
    ...onTheWay({ person: ANN, events: [LOOKED], expect: [...BOTH, FINISHES] }, day(2), ['browse-1']),
    'never bought': { person: ANN, events: [LOOKED], expect: [...BOTH, FINISHES] },
    buyer: { person: ANN, events: [ORDERED, LOOKED], expect: [...BOTH, FINISHES] },
    'buys after the answers': {
      person: ANN,
      events: [LOOKED, { at: day(2), on: 'ordered', order: '1001', total: 42, items: [TEAPOT] }],
      expect: [sends('browse-1'), stops('purchased')],
    },
    'is being reminded of an offer': {
      person: ANN,
      beside: ['discount-reminder'],
      events: [asksForOffer(day(0)), { ...LOOKED, at: day(1) }],
      expect: [{ flow: 'discount-reminder', do: 'enter' }, keptOut('intent')],
    },
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
      expect: [sends('browse-1'), keptOut('running'), sends('browse-2'), FINISHES],
    },
    critic: { person: CRITIC, events: [LOOKED], expect: [keptOut('filter')] },
    'not a subscriber': {
      person: { ...ANN, marketing: 'none' },
      events: [LOOKED],
      expect: [keptOut('not_subscribed')],
    },
  },
  tried: {
    'new visitor': 'not a subscriber',
    'never bought': 'never bought',
    buyer: 'buyer',
    subscriber: 'never bought',
    critic: 'critic',
    'act done': 'buys after the answers',
    'act not done': 'never bought',
    'similar letter yesterday': 'is being reminded of an offer',
    ...CHANGES,
  },
};
