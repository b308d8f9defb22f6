/** A code that nobody has used yet, where no other letters remind of it. */

import type { Recipe } from '../flows/recipe.ts';
import { ANN, CHANGES, CONTENT, CRITIC, day, FINISHES, keptOut, onTheWay, sends, TEAPOT } from './cast.ts';

const GIVEN = { at: day(0), on: 'code_issued', offer: { kind: 'percent', value: 10, expiresIn: '14d' } } as const;
const BUYS = { at: day(5), on: 'ordered', order: '1001', total: 42, items: [TEAPOT] } as const;

export const CODE_EXPIRING: Recipe = {
  key: 'code-expiring',
  names: { en: 'Code about to expire', ru: 'Промокод скоро истечёт' },
  about: {
    en: 'Two days before a code expires that was not used: one letter with it, at most once in 14 days, and not while reminders of an offer run.',
    ru: 'За два дня до конца неиспользованного промокода: одно письмо с ним, не чаще раза в 14 дней и не вместе с напоминаниями о скидке.',
  },
  needs: ['consent'],
  flow: {
    key: 'code-expiring',
    name: 'Code about to expire',
    enabled: true,
    purpose: 'marketing',
    entry: { on: 'ends', before: '2d', what: 'code', at: '11:00' },
    filter: CONTENT,
    reentry: '14d',
    intent: 'leaving',
    priority: 15,
    goal: { on: 'purchased', within: '3d' },
    stopOn: ['redeemed', 'purchased', 'unsubscribed', 'code_expired'],
    steps: [{ send: 'code-expiring', expiresAfter: '1d' }],
  },
  scenarios: {
    ...onTheWay(
      { person: ANN, events: [GIVEN], expect: [sends('code-expiring'), FINISHES] },
      day(5),
      [],
      keptOut('filter'),
    ),
    'leaves it': { person: ANN, events: [GIVEN], expect: [sends('code-expiring'), FINISHES] },
    'has used it': { person: ANN, events: [GIVEN, { at: day(5), on: 'redeemed' }], expect: [keptOut('code_over')] },
    'bought without it': { person: ANN, events: [GIVEN, BUYS], expect: [sends('code-expiring'), FINISHES] },
    'is being reminded of the offer': {
      person: ANN,
      beside: ['discount-reminder'],
      events: [
        {
          ...GIVEN,
          on: 'offer_accepted',
          flow: 'discount-reminder',
          offer: { kind: 'percent', value: 10, expiresIn: '7d' },
          items: [TEAPOT],
        },
      ],
      expect: [keptOut('intent')],
    },
    'got one yesterday': {
      person: ANN,
      events: [GIVEN, { ...GIVEN, at: day(1) }],
      expect: [sends('code-expiring'), FINISHES, keptOut('too_soon')],
    },
    'unsubscribes meanwhile': {
      person: ANN,
      events: [GIVEN, { at: day(5), on: 'unsubscribed' }],
      expect: [keptOut('not_subscribed')],
    },
    critic: { person: CRITIC, events: [GIVEN], expect: [keptOut('filter')] },
    'not a subscriber': { person: { ...ANN, marketing: 'none' }, events: [GIVEN], expect: [keptOut('not_subscribed')] },
  },
  tried: {
    'new visitor': 'not a subscriber',
    'never bought': 'leaves it',
    buyer: 'bought without it',
    subscriber: 'leaves it',
    critic: 'critic',
    'act done': 'has used it',
    'act not done': 'leaves it',
    'similar letter yesterday': 'got one yesterday',
    ...CHANGES,
  },
};
