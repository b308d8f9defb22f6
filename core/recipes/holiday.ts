/** Days for presents: ideas for others ahead of each, and a word the day before the last one to order by. */

import type { Recipe } from '../flows/recipe.ts';
import {
  ANN,
  asksForOffer,
  CHANGES,
  CONTENT,
  CRITIC,
  day,
  FINISHES,
  GIVEN_UP,
  keptOut,
  NO_ACT,
  onTheWay,
  sends,
  stops,
  TEAPOT,
} from './cast.ts';

const VISITS = { at: day(0), on: 'visited', viewed: [TEAPOT] } as const;
const BUYS = { on: 'ordered', order: '1001', total: 42, items: [TEAPOT] } as const;
/** Valentine's Day, a Sunday in 2027, is kept wherever the shop is; its letter comes on Thursday, 4 February. */
const UNTIL_THEN = { days: 45 };
const IN_TIME = { ...UNTIL_THEN, deliveryDays: 3 };

export const HOLIDAY: Recipe = {
  key: 'holiday',
  names: { en: 'Holidays', ru: 'Праздники' },
  about: {
    en: 'Ahead of each day for presents in your country: ideas for others, 10 % for two weeks, and until when to order.',
    ru: 'Перед каждым праздником, когда в вашей стране дарят подарки: идеи для близких, 10 % на две недели и до какого дня заказать.',
  },
  needs: ['consent', 'delivery'],
  flow: {
    key: 'holiday',
    name: 'Holidays',
    enabled: true,
    purpose: 'marketing',
    entry: { on: 'holiday' },
    filter: CONTENT,
    intent: 'holiday',
    priority: 20,
    goal: { on: 'purchased', within: '14d' },
    stopOn: ['redeemed', 'unsubscribed', 'code_expired'],
    steps: [
      // Nobody asked to the minute: quiet hours and the cap hold.
      { wait: '1h' },
      { issue: { kind: 'percent', value: 10, expiresIn: '14d' } },
      { send: 'holiday', expiresAfter: '2d' },
    ],
  },
  scenarios: {
    ...onTheWay(
      { ...UNTIL_THEN, person: ANN, events: [VISITS], expect: [sends('holiday'), FINISHES] },
      '2027-02-04T09:30:00Z',
    ),
    subscriber: {
      ...UNTIL_THEN,
      person: ANN,
      events: [VISITS],
      expect: [{ do: 'issue', what: 'percent 10' }, sends('holiday'), FINISHES],
    },
    'has a live code already': {
      ...UNTIL_THEN,
      person: ANN,
      events: [VISITS, { at: day(30), on: 'code_issued', offer: { kind: 'percent', value: 20, expiresIn: '7d' } }],
      expect: [sends('holiday'), FINISHES],
    },
    'lives elsewhere': {
      ...UNTIL_THEN,
      person: { ...ANN, timezone: 'Asia/Tokyo' },
      events: [VISITS],
      expect: [sends('holiday'), FINISHES],
    },
    'got another letter the same morning': {
      ...UNTIL_THEN,
      person: ANN,
      beside: ['discount-reminder'],
      events: [
        VISITS,
        { at: '2027-02-03T09:30:00Z', on: 'offer_accepted', flow: 'discount-reminder', items: [TEAPOT] },
      ],
      expect: [{ do: 'hold', what: 'holiday', reason: 'daily_cap' }, sends('holiday')],
    },
    'wants no letters about holidays': {
      ...UNTIL_THEN,
      person: ANN,
      events: [VISITS, { at: day(1), on: 'muted', topics: ['holiday'] }],
      expect: [keptOut('muted')],
    },
    'unsubscribes before': {
      ...UNTIL_THEN,
      person: ANN,
      events: [VISITS, { at: day(20), on: 'unsubscribed' }],
      expect: [keptOut('not_subscribed')],
    },
    'given up': { ...UNTIL_THEN, person: GIVEN_UP, events: [], from: day(0), expect: [keptOut('lost')] },
    critic: { ...UNTIL_THEN, person: CRITIC, events: [VISITS], expect: [keptOut('filter')] },
    'not a subscriber': {
      ...UNTIL_THEN,
      person: { ...ANN, marketing: 'none' },
      events: [VISITS],
      expect: [keptOut('not_subscribed')],
    },

    buyer: { ...UNTIL_THEN, person: ANN, events: [{ at: day(0), ...BUYS }], expect: [sends('holiday'), FINISHES] },
  },
  tried: {
    'new visitor': 'not a subscriber',
    'never bought': 'subscriber',
    buyer: 'buyer',
    subscriber: 'subscriber',
    critic: 'critic',
    ...NO_ACT,
    'similar letter yesterday': 'got another letter the same morning',
    ...CHANGES,
  },
};

export const HOLIDAY_LAST_DAY: Recipe = {
  key: 'holiday-last-day',
  names: { en: 'Last day to order for a holiday', ru: 'Последний день заказа к празднику' },
  about: {
    en: 'The day before the last one on which an order still arrives in time for a holiday, to those who have not bought in two weeks; nothing where you have not said how long delivery takes.',
    ru: 'За день до последнего, когда заказ ещё успеет к празднику, — тем, кто ничего не купил за две недели; если вы не сказали, сколько идёт доставка, писем нет.',
  },
  needs: ['consent', 'delivery', 'orders'],
  flow: {
    key: 'holiday-last-day',
    name: 'Last day to order for a holiday',
    enabled: true,
    purpose: 'marketing',
    entry: { on: 'holiday', of: 'last_order', before: '1d' },
    filter: {
      all: [
        CONTENT,
        {
          any: [
            ['orders', '=', 0],
            ['daysSinceLastOrder', '>=', 14],
          ],
        },
      ],
    },
    intent: 'holiday',
    priority: 22,
    goal: { on: 'purchased', within: '3d' },
    stopOn: ['purchased', 'unsubscribed'],
    steps: [{ wait: '1h' }, { send: 'holiday-last-day', expiresAfter: '1d' }],
  },
  scenarios: {
    ...onTheWay(
      { ...IN_TIME, person: ANN, events: [VISITS], expect: [sends('holiday-last-day'), FINISHES] },
      '2027-02-08T09:30:00Z',
    ),
    'never bought': { ...IN_TIME, person: ANN, events: [VISITS], expect: [sends('holiday-last-day'), FINISHES] },
    'bought long ago': {
      ...IN_TIME,
      person: ANN,
      events: [{ at: day(0), ...BUYS }],
      expect: [sends('holiday-last-day'), FINISHES],
    },
    'has just bought': {
      ...IN_TIME,
      person: ANN,
      events: [VISITS, { at: day(31), ...BUYS }],
      expect: [keptOut('filter')],
    },
    'buys in the last hour': {
      ...IN_TIME,
      person: { ...ANN, timezone: 'Europe/London' },
      events: [VISITS, { ...BUYS, at: '2027-02-08T10:30:00Z' }],
      expect: [stops('purchased')],
    },
    'delivery takes weeks': {
      ...UNTIL_THEN,
      deliveryDays: 12,
      person: ANN,
      events: [VISITS],
      expect: [{ do: 'enter', at: '2027-01-26T09:00:00Z' }, sends('holiday-last-day')],
    },
    critic: { ...IN_TIME, person: CRITIC, events: [VISITS], expect: [keptOut('filter')] },
    'not a subscriber': {
      ...IN_TIME,
      person: { ...ANN, marketing: 'none' },
      events: [VISITS],
      expect: [keptOut('not_subscribed')],
    },

    'got another letter the same morning': {
      ...IN_TIME,
      person: ANN,
      beside: ['discount-reminder'],
      events: [VISITS, asksForOffer('2027-02-07T09:30:00Z')],
      expect: [{ do: 'hold', what: 'holiday-last-day', reason: 'daily_cap' }, sends('holiday-last-day')],
    },
  },
  tried: {
    'new visitor': 'not a subscriber',
    'never bought': 'never bought',
    buyer: 'bought long ago',
    subscriber: 'never bought',
    critic: 'critic',
    'act done': 'buys in the last hour',
    'act not done': 'never bought',
    'similar letter yesterday': 'got another letter the same morning',
    ...CHANGES,
  },
};
