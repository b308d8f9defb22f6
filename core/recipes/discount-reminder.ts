/** The core of Linger as a flow: the offer, then three reminders, until the code is used. */

import type { Flow } from '../flows/flow.ts';
import type { Recipe } from '../flows/recipe.ts';
import { ANN, CHANGES, CRITIC, day, FINISHES, ORDERED, onTheWay, sends, stops, TEAPOT } from './cast.ts';

export const DISCOUNT_REMINDER: Flow = {
  key: 'discount-reminder',
  name: 'Reminders until the code is used',
  enabled: true,
  purpose: 'marketing',
  entry: { on: 'offer_accepted' },
  intent: 'leaving',
  goal: { on: 'purchased', within: '7d' },
  stopOn: ['redeemed', 'purchased', 'unsubscribed', 'code_expired'],
  steps: [
    { send: 'offer' },
    { wait: '1d' },
    { send: 'reminder-1' },
    { wait: '2d' },
    { send: 'reminder-2' },
    { wait: '3d', until: '10:00' },
    { send: 'last-chance' },
  ],
};

const TAKES = {
  at: day(0),
  on: 'offer_accepted',
  offer: { kind: 'percent', value: 10, expiresIn: '7d' },
  items: [TEAPOT],
} as const;

export const DISCOUNT_REMINDER_RECIPE: Recipe = {
  key: 'discount-reminder',
  names: { en: 'Reminders until the code is used', ru: 'Напоминания, пока код не использован' },
  about: {
    en: 'The offer a visitor took, then three reminders until they use the code or it expires.',
    ru: 'Скидка, которую взял посетитель, и три напоминания, пока код не использован или не истёк.',
  },
  needs: ['rule'],
  flow: DISCOUNT_REMINDER,
  scenarios: {
    ...onTheWay(
      { person: ANN, events: [TAKES], expect: ['offer', 'reminder-1', 'reminder-2', 'last-chance'].map(sends) },
      day(2),
      ['offer', 'reminder-1'],
    ),
    'never uses it': {
      person: ANN,
      events: [TAKES],
      expect: [sends('offer'), sends('reminder-1'), sends('reminder-2'), sends('last-chance'), FINISHES],
    },
    'uses the code': {
      person: ANN,
      events: [TAKES, { at: day(2), on: 'redeemed' }],
      expect: [sends('offer'), sends('reminder-1'), stops('redeemed')],
    },
    'buys without the code': {
      person: ANN,
      events: [TAKES, { at: day(2), on: 'ordered', order: '1001', total: 42, items: [TEAPOT] }],
      expect: [sends('offer'), sends('reminder-1'), stops('purchased')],
    },
    'wants no letters': {
      person: ANN,
      events: [TAKES, { at: day(2), on: 'unsubscribed' }],
      expect: [sends('offer'), sends('reminder-1'), stops('unsubscribed')],
    },

    buyer: {
      person: ANN,
      events: [ORDERED, TAKES],
      expect: [sends('offer'), sends('reminder-1'), sends('reminder-2'), sends('last-chance'), FINISHES],
    },
    // What they ask for they get; the reminders rest.
    critic: {
      person: CRITIC,
      events: [TAKES, { at: day(4), on: 'unsubscribed' }],
      expect: [sends('offer'), { do: 'hold', what: 'reminder-1', reason: 'unhappy' }, stops('unsubscribed')],
    },
    'took another offer yesterday': {
      person: ANN,
      events: [
        { at: day(0), on: 'offer_accepted', items: [TEAPOT] },
        { ...TAKES, at: '2027-01-05T13:00:00Z' },
        { at: day(2), on: 'ordered', order: '1001', total: 42, items: [TEAPOT] },
      ],
      expect: [sends('offer'), sends('reminder-1'), sends('offer'), stops('purchased'), stops('purchased')],
    },
  },
  tried: {
    'new visitor': 'never uses it',
    'never bought': 'never uses it',
    buyer: 'buyer',
    subscriber: 'never uses it',
    critic: 'critic',
    'act done': 'uses the code',
    'act not done': 'never uses it',
    'similar letter yesterday': 'took another offer yesterday',
    ...CHANGES,
  },
};
