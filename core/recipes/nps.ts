/** Would they recommend the shop, and what follows from each answer. */

import type { Recipe } from '../flows/recipe.ts';
import { UNHAPPY } from '../flows/resting.ts';
import {
  ANN,
  CHANGES,
  CONTENT,
  DELIVERED,
  day,
  FINISHES,
  keptOut,
  ONLY_BUYERS,
  onTheWay,
  STRANGER,
  sends,
  stops,
  TEAPOT,
} from './cast.ts';

/** To the staff. */
const CRITICAL = {
  en: 'A customer would not recommend the shop. Please write to them.',
  ru: 'Покупатель не порекомендовал бы магазин. Пожалуйста, напишите ему.',
};

export const NPS: Recipe = {
  key: 'nps',
  names: { en: 'Would you recommend us?', ru: 'Порекомендуете ли нас?' },
  about: {
    en: 'One question five days after delivery; promoters are thanked, critics get an apology, your staff a note, and selling letters rest for 30 days.',
    ru: 'Один вопрос через пять дней после доставки: довольным — спасибо, критикам — извинение, вашим людям — письмо, а продающие письма молчат 30 дней.',
  },
  needs: ['orders', 'consent'],
  flow: {
    key: 'nps',
    name: 'Would you recommend us?',
    enabled: true,
    purpose: 'marketing',
    entry: { on: 'order_delivered' },
    filter: CONTENT,
    reentry: '90d',
    intent: 'opinion',
    priority: 15,
    stopOn: ['unsubscribed'],
    steps: [
      { wait: '5d', until: '11:00' },
      { send: 'nps' },
      { waitFor: { event: 'nps_answered', timeout: '14d', else: [{ stop: 'no_answer' }] } },
      {
        branch: {
          if: ['nps', '>=', 9],
          then: [{ send: 'nps-promoter' }],
          else: [
            {
              branch: {
                if: ['nps', '>=', 7],
                then: [{ send: 'nps-passive' }],
                else: [
                  { tag: { add: [UNHAPPY] } },
                  { notify: CRITICAL.en },
                  { send: 'nps-critic' },
                  { wait: '30d' },
                  { tag: { remove: [UNHAPPY] } },
                ],
              },
            },
          ],
        },
      },
    ],
  },
  notes: [CRITICAL],
  scenarios: {
    ...onTheWay({ person: ANN, events: [DELIVERED], expect: [sends('nps')] }, day(3), [], sends('nps')),
    promoter: {
      person: ANN,
      events: [DELIVERED, { at: day(6), on: 'nps_answered', score: 10 }],
      expect: [sends('nps'), sends('nps-promoter'), FINISHES],
    },
    passive: {
      person: ANN,
      events: [DELIVERED, { at: day(6), on: 'nps_answered', score: 7 }],
      expect: [sends('nps'), sends('nps-passive'), FINISHES],
    },
    critic: {
      person: ANN,
      events: [DELIVERED, { at: day(6), on: 'nps_answered', score: 3 }],
      expect: [
        sends('nps'),
        { do: 'tag', what: '+unhappy' },
        { do: 'notify' },
        sends('nps-critic'),
        { do: 'tag', what: '-unhappy' },
        FINISHES,
      ],
    },
    'critic who is being reminded of an offer': {
      person: ANN,
      beside: ['discount-reminder'],
      events: [
        DELIVERED,
        {
          at: day(5),
          on: 'offer_accepted',
          flow: 'discount-reminder',
          offer: { kind: 'percent', value: 10 },
          items: [TEAPOT],
        },
        { at: day(6), on: 'nps_answered', score: 3 },
      ],
      // The reminders go on when the tag is off again.
      expect: [
        sends('nps'),
        { do: 'tag', what: '+unhappy' },
        sends('nps-critic'),
        { flow: 'discount-reminder', do: 'hold', what: 'reminder-1', reason: 'unhappy' },
        { do: 'tag', what: '-unhappy' },
        { flow: 'discount-reminder', do: 'wait', what: '2d' },
        FINISHES,
      ],
    },
    'does not answer': { person: ANN, events: [DELIVERED], expect: [sends('nps'), stops('no_answer')] },
    'was asked last month': {
      person: ANN,
      events: [DELIVERED, { ...DELIVERED, at: day(30), order: '1002' }],
      expect: [sends('nps'), stops('no_answer'), keptOut('too_soon')],
    },

    'was asked yesterday': {
      person: ANN,
      events: [DELIVERED, { ...DELIVERED, at: day(6), order: '1002' }],
      expect: [sends('nps'), keptOut('running'), stops('no_answer')],
    },
    'not a subscriber': { person: STRANGER, events: [DELIVERED], expect: [keptOut('not_subscribed')] },
  },
  tried: {
    'new visitor': 'not a subscriber',
    'never bought': ONLY_BUYERS,
    buyer: 'promoter',
    subscriber: 'passive',
    critic: 'critic',
    'act done': 'promoter',
    'act not done': 'does not answer',
    'similar letter yesterday': 'was asked yesterday',
    ...CHANGES,
  },
};
