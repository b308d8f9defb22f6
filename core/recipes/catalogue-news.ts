/** What changes in the catalogue, told to whom it concerns: back in stock, cheaper, new. */

import type { Flow } from '../flows/flow.ts';
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
  NO_WAY,
  ORDERED,
  onTheWay,
  sends,
  stops,
  TEAPOT,
} from './cast.ts';

const CHEAPER = { ...TEAPOT, price: 36, was: 42 };
const BACK = { at: day(0), on: 'item_back', items: [TEAPOT] } as const;
const DROPPED = { at: day(0), on: 'item_price_dropped', items: [CHEAPER] } as const;
const ARRIVED = { at: day(0), on: 'items_arrived', items: [TEAPOT] } as const;
const BOUGHT = { on: 'ordered', order: '1001', total: 42, items: [TEAPOT] } as const;

const SELLING = {
  enabled: true,
  purpose: 'marketing',
  filter: CONTENT,
  priority: 5,
  goal: { on: 'purchased', within: '7d' },
  stopOn: ['purchased', 'unsubscribed'],
} as const satisfies Partial<Flow>;

export const BACK_IN_STOCK: Recipe = {
  key: 'back-in-stock',
  names: { en: 'Back in stock, as asked', ru: 'Снова в наличии: по просьбе' },
  about: {
    en: 'Tells those who asked for it that what was sold out can be ordered again, once and at once.',
    ru: 'Сообщает тем, кто просил, что закончившийся товар снова можно заказать: один раз и сразу.',
  },
  needs: ['feed', 'waitlist'],
  flow: {
    key: 'back-in-stock',
    name: 'Back in stock, as asked',
    enabled: true,
    purpose: 'transactional',
    entry: { on: 'item_back', whom: 'waiting' },
    stopOn: [],
    steps: [{ send: 'back-in-stock' }],
  },
  scenarios: {
    'asked to be told': {
      person: { ...ANN, marketing: 'none' },
      events: [{ ...BACK, whom: 'waiting' }],
      expect: [sends('back-in-stock'), FINISHES],
    },
    'only looked at it': { person: ANN, events: [{ ...BACK, whom: 'interested' }], expect: [] },
    'asked again, and it came back again': {
      person: ANN,
      events: [
        { ...BACK, whom: 'waiting' },
        { ...BACK, whom: 'waiting', at: day(1) },
      ],
      expect: [sends('back-in-stock'), FINISHES, sends('back-in-stock'), FINISHES],
    },

    buyer: {
      person: ANN,
      events: [ORDERED, { ...BACK, whom: 'waiting' }],
      expect: [sends('back-in-stock'), FINISHES],
    },
    // They asked.
    critic: {
      person: CRITIC,
      events: [{ ...BACK, whom: 'waiting' }],
      expect: [sends('back-in-stock'), FINISHES],
    },
  },
  tried: {
    'new visitor': 'asked to be told',
    'never bought': 'asked to be told',
    buyer: 'buyer',
    subscriber: 'only looked at it',
    critic: 'critic',
    ...NO_ACT,
    'similar letter yesterday': 'asked again, and it came back again',
    ...NO_WAY,
  },
};

export const BACK_IN_STOCK_SEEN: Recipe = {
  key: 'back-in-stock-seen',
  names: { en: 'Back in stock, as seen', ru: 'Снова в наличии: из просмотренного' },
  about: {
    en: 'What somebody looked at or carted in the last 30 days is in stock again; at most once a week.',
    ru: 'Снова в наличии то, что человек смотрел или клал в корзину за последние 30 дней; не чаще раза в неделю.',
  },
  needs: ['feed', 'visits', 'consent'],
  flow: {
    ...SELLING,
    key: 'back-in-stock-seen',
    name: 'Back in stock, as seen',
    entry: { on: 'item_back', whom: 'interested' },
    reentry: '7d',
    steps: [{ wait: '30m' }, { send: 'back-in-stock', expiresAfter: '2d' }],
  },
  scenarios: {
    ...onTheWay(
      { person: ANN, events: [{ ...BACK, whom: 'interested' }], expect: [sends('back-in-stock'), FINISHES] },
      '2027-01-04T12:10:00Z',
    ),
    'looked at it': {
      person: ANN,
      events: [{ ...BACK, whom: 'interested' }],
      expect: [sends('back-in-stock'), FINISHES],
    },
    'another is back the next day': {
      person: ANN,
      events: [
        { ...BACK, whom: 'interested' },
        { ...BACK, whom: 'interested', at: day(1) },
      ],
      expect: [sends('back-in-stock'), keptOut('too_soon')],
    },
    'not a subscriber': {
      person: { ...ANN, marketing: 'none' },
      events: [{ ...BACK, whom: 'interested' }],
      expect: [keptOut('not_subscribed')],
    },
    critic: { person: CRITIC, events: [{ ...BACK, whom: 'interested' }], expect: [keptOut('filter')] },

    buyer: {
      person: ANN,
      events: [ORDERED, { ...BACK, whom: 'interested' }],
      expect: [sends('back-in-stock'), FINISHES],
    },
    'buys it before the letter': {
      person: ANN,
      events: [
        { ...BACK, whom: 'interested' },
        { ...BOUGHT, at: '2027-01-04T12:10:00Z' },
      ],
      expect: [stops('purchased')],
    },
  },
  tried: {
    'new visitor': 'not a subscriber',
    'never bought': 'looked at it',
    buyer: 'buyer',
    subscriber: 'looked at it',
    critic: 'critic',
    'act done': 'buys it before the letter',
    'act not done': 'looked at it',
    'similar letter yesterday': 'another is back the next day',
    ...CHANGES,
  },
};

export const PRICE_DROP: Recipe = {
  key: 'price-drop',
  names: { en: 'Now at a lower price', ru: 'Теперь дешевле' },
  about: {
    en: 'What somebody looked at or carted in the last 30 days costs at least 5 % less than at any time in these days; at most once a week.',
    ru: 'То, что человек смотрел или клал в корзину за 30 дней, стало хотя бы на 5 % дешевле, чем в любой из этих дней; не чаще раза в неделю.',
  },
  needs: ['feed', 'visits', 'consent'],
  flow: {
    ...SELLING,
    key: 'price-drop',
    name: 'Now at a lower price',
    entry: { on: 'item_price_dropped', within: '30d', by: 5 },
    reentry: '7d',
    steps: [
      { wait: '1h', until: '10:00' },
      { send: 'price-drop', expiresAfter: '2d' },
    ],
  },
  scenarios: {
    ...onTheWay({ person: ANN, events: [DROPPED], expect: [sends('price-drop'), FINISHES] }, '2027-01-04T20:00:00Z'),
    'looked at it': { person: ANN, events: [DROPPED], expect: [sends('price-drop'), FINISHES] },
    'buys it before the letter': {
      person: ANN,
      events: [DROPPED, { ...BOUGHT, at: '2027-01-04T20:00:00Z' }],
      expect: [stops('purchased')],
    },
    'another drops the next day': {
      person: ANN,
      events: [DROPPED, { ...DROPPED, at: day(2) }],
      expect: [sends('price-drop'), keptOut('too_soon')],
    },
    'not a subscriber': {
      person: { ...ANN, marketing: 'none' },
      events: [DROPPED],
      expect: [keptOut('not_subscribed')],
    },
    critic: { person: CRITIC, events: [DROPPED], expect: [keptOut('filter')] },

    buyer: { person: ANN, events: [ORDERED, DROPPED], expect: [sends('price-drop'), FINISHES] },
  },
  tried: {
    'new visitor': 'not a subscriber',
    'never bought': 'looked at it',
    buyer: 'buyer',
    subscriber: 'looked at it',
    critic: 'critic',
    'act done': 'buys it before the letter',
    'act not done': 'looked at it',
    'similar letter yesterday': 'another drops the next day',
    ...CHANGES,
  },
};

export const NEW_ARRIVALS: Recipe = {
  key: 'new-arrivals',
  names: { en: 'New arrivals', ru: 'Новинки' },
  about: {
    en: 'What is new in the sections that somebody looks at, weekly at most and only when there is something new.',
    ru: 'Новинки в разделах, которые человек смотрит: не чаще раза в неделю и только если они есть.',
  },
  needs: ['feed', 'visits', 'consent'],
  flow: {
    ...SELLING,
    key: 'new-arrivals',
    name: 'New arrivals',
    entry: { on: 'items_arrived' },
    reentry: '7d',
    steps: [
      { wait: '1h', until: '10:00' },
      { send: 'new-arrivals', expiresAfter: '3d' },
    ],
  },
  scenarios: {
    ...onTheWay({ person: ANN, events: [ARRIVED], expect: [sends('new-arrivals'), FINISHES] }, '2027-01-04T20:00:00Z'),
    'likes tea': { person: ANN, events: [ARRIVED], expect: [sends('new-arrivals'), FINISHES] },
    'more arrives the next week': {
      person: ANN,
      events: [ARRIVED, { ...ARRIVED, at: day(2) }, { ...ARRIVED, at: day(8) }],
      expect: [sends('new-arrivals'), keptOut('too_soon'), sends('new-arrivals')],
    },
    'not a subscriber': {
      person: { ...ANN, marketing: 'none' },
      events: [ARRIVED],
      expect: [keptOut('not_subscribed')],
    },
    critic: { person: CRITIC, events: [ARRIVED], expect: [keptOut('filter')] },

    buyer: { person: ANN, events: [ORDERED, ARRIVED], expect: [sends('new-arrivals'), FINISHES] },
    'buys it before the letter': {
      person: ANN,
      events: [ARRIVED, { ...BOUGHT, at: '2027-01-04T20:00:00Z' }],
      expect: [stops('purchased')],
    },
  },
  tried: {
    'new visitor': 'not a subscriber',
    'never bought': 'likes tea',
    buyer: 'buyer',
    subscriber: 'likes tea',
    critic: 'critic',
    'act done': 'buys it before the letter',
    'act not done': 'likes tea',
    'similar letter yesterday': 'more arrives the next week',
    ...CHANGES,
  },
};
