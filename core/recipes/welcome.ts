/** A hello to somebody new, with a gift and the true end of it. */

import type { Recipe } from '../flows/recipe.ts';
import { ANN, asksForOffer, CHANGES, CRITIC, day, FINISHES, keptOut, onTheWay, sends, stops, TEAPOT } from './cast.ts';

const NEWCOMER = { ...ANN, marketing: 'none' } as const;

export const WELCOME: Recipe = {
  key: 'welcome',
  names: { en: 'Welcome', ru: 'Приветствие' },
  about: {
    en: 'Three letters to a new subscriber who has not bought yet: who you are and a code for 10 %, after two days what people choose where they looked, after five how to choose, delivery, returns and the end of the code.',
    ru: 'Три письма новому подписчику, который ещё не покупал: кто вы и промокод на 10 %, через два дня — что выбирают там, где он смотрел, через пять — как выбрать, доставка, возврат и срок промокода.',
  },
  needs: ['consent'],
  flow: {
    key: 'welcome',
    name: 'Welcome',
    enabled: true,
    purpose: 'marketing',
    entry: { on: 'subscribed' },
    filter: ['orders', '=', 0],
    intent: 'welcome',
    priority: 20,
    goal: { on: 'purchased', within: '14d' },
    stopOn: ['redeemed', 'purchased', 'unsubscribed', 'code_expired'],
    steps: [
      { issue: { kind: 'percent', value: 10, expiresIn: '14d' } },
      { send: 'welcome-1' },
      { wait: '2d', until: '10:00' },
      { send: 'welcome-2' },
      { wait: '3d', until: '10:00' },
      { send: 'welcome-3' },
    ],
  },
  scenarios: {
    ...onTheWay(
      {
        person: NEWCOMER,
        events: [{ at: day(0), on: 'subscribed' }],
        expect: [sends('welcome-1'), sends('welcome-2'), sends('welcome-3'), FINISHES],
      },
      day(1),
      ['welcome-1'],
    ),
    'new visitor': {
      person: NEWCOMER,
      events: [{ at: day(0), on: 'subscribed' }],
      expect: [
        sends('welcome-1'),
        { do: 'send', what: 'welcome-2', at: '2027-01-06T09:00:00Z' },
        { do: 'send', what: 'welcome-3', at: '2027-01-09T09:00:00Z' },
        FINISHES,
      ],
    },
    'uses the code': {
      person: NEWCOMER,
      events: [
        { at: day(0), on: 'subscribed' },
        { at: day(3), on: 'redeemed' },
      ],
      expect: [sends('welcome-1'), sends('welcome-2'), stops('redeemed')],
    },
    buyer: {
      person: NEWCOMER,
      events: [
        { at: day(0), on: 'ordered', order: '1001', total: 42, items: [TEAPOT] },
        { at: day(1), on: 'subscribed' },
      ],
      expect: [keptOut('filter')],
    },
    'changes their mind': {
      person: NEWCOMER,
      events: [
        { at: day(0), on: 'subscribed' },
        { at: day(1), on: 'unsubscribed' },
      ],
      expect: [sends('welcome-1'), stops('unsubscribed')],
    },

    'has long been a subscriber': { person: ANN, events: [{ at: day(0), on: 'subscribed' }], expect: [] },
    critic: {
      person: { ...CRITIC, marketing: 'none' },
      events: [
        { at: day(0), on: 'subscribed' },
        { at: day(8), on: 'unsubscribed' },
      ],
      expect: [{ do: 'hold', what: 'welcome-1', reason: 'unhappy' }, stops('unsubscribed')],
    },
    // Whoever is being kept from leaving is greeted afterwards.
    'is being reminded of an offer': {
      person: NEWCOMER,
      beside: ['discount-reminder'],
      events: [asksForOffer(day(0)), { at: day(0), on: 'subscribed' }],
      expect: [
        { do: 'enter_later', reason: 'leaving_first' },
        sends('welcome-1'),
        sends('welcome-2'),
        sends('welcome-3'),
        FINISHES,
      ],
    },
  },
  tried: {
    'new visitor': 'new visitor',
    'never bought': 'new visitor',
    buyer: 'buyer',
    subscriber: 'has long been a subscriber',
    critic: 'critic',
    'act done': 'uses the code',
    'act not done': 'new visitor',
    'similar letter yesterday': 'is being reminded of an offer',
    ...CHANGES,
  },
};
