/** Customers who stay away: a hello, a question, offers that grow, and a last letter that keeps its word. */

import { LOST } from '../flows/admission.ts';
import type { Recipe } from '../flows/recipe.ts';
import { UNHAPPY } from '../flows/resting.ts';
import type { Scenario } from '../simulation/scenario.ts';
import {
  ANN,
  asksForOffer,
  CHANGES,
  CONTENT,
  CRITIC,
  day,
  FINISHES,
  keptOut,
  onTheWay,
  STRANGER,
  sends,
  stops,
  TEAPOT,
} from './cast.ts';

/** To the staff. */
const LET_DOWN = {
  en: 'A customer stays away because of delivery or quality. Please write to them.',
  ru: 'Покупатель не возвращается из-за доставки или качества. Пожалуйста, напишите ему.',
};

const BOUGHT = { at: day(0), on: 'ordered', order: '1001', total: 42, items: [TEAPOT] } as const;
const WAS_THERE = { at: day(1), on: 'visited' } as const;

export const WIN_BACK: Recipe = {
  key: 'win-back',
  names: { en: 'Win-back', ru: 'Возвращение' },
  about: {
    en: 'After 30 days without a visit a customer gets a hello, after 90 days the question why, then what the answer asks for: 15 % where it was too dear, your staff where it was delivery or quality, peace where they want it, else 10 %, 15 % and a last letter; any visit ends it.',
    ru: 'После 30 дней без визита покупатель получает письмо, после 90 — вопрос «почему», затем то, чего требует ответ: дорого — 15 %, доставка или качество — письмо вашим людям, много писем — тишину; без ответа — 10 %, 15 % и последнее письмо. Любой визит это прекращает.',
  },
  needs: ['visits', 'orders', 'consent'],
  flow: {
    key: 'win-back',
    name: 'Win-back',
    enabled: true,
    purpose: 'marketing',
    entry: { on: 'absent', after: '30d' },
    filter: { all: [CONTENT, ['orders', '>=', 1]] },
    reentry: '365d',
    intent: 'win-back',
    priority: -10,
    goal: { on: 'purchased', within: '30d' },
    stopOn: ['redeemed', 'purchased', 'unsubscribed'],
    steps: [
      { wait: '1h', until: '10:00' },
      { send: 'miss-you' },
      { waitFor: { event: 'visited', timeout: '60d', then: [{ stop: 'came_back' }] } },
      { send: 'why' },
      {
        waitFor: {
          event: 'reason_given',
          timeout: '7d',
          then: [
            {
              branch: {
                if: ['reason', '=', 'price'],
                then: [
                  { issue: { kind: 'percent', value: 15, expiresIn: '14d' } },
                  { send: 'win-back-2' },
                  { stop: 'answered' },
                ],
              },
            },
            {
              branch: {
                if: ['reason', 'in', ['delivery', 'quality']],
                then: [
                  { tag: { add: [UNHAPPY] } },
                  { notify: LET_DOWN.en },
                  { wait: '30d' },
                  { tag: { remove: [UNHAPPY] } },
                ],
              },
            },
            // Bought elsewhere, nothing needed, too many letters: they have said it.
            { stop: 'answered' },
          ],
        },
      },
      // They may have looked in instead of answering.
      { branch: { if: ['daysSinceLastVisit', '<', 30], then: [{ stop: 'came_back' }] } },
      { issue: { kind: 'percent', value: 10, expiresIn: '14d' } },
      { send: 'win-back-1' },
      { waitFor: { event: 'visited', timeout: '21d', then: [{ stop: 'came_back' }] } },
      { issue: { kind: 'percent', value: 15, expiresIn: '14d' } },
      { send: 'win-back-2' },
      { waitFor: { event: 'visited', timeout: '12d', then: [{ stop: 'came_back' }] } },
      { send: 'last-letter' },
      { tag: { add: [LOST] } },
    ],
  },
  notes: [LET_DOWN],
  scenarios: {
    ...onTheWay(
      {
        person: ANN,
        events: [BOUGHT, WAS_THERE],
        days: 150,
        expect: ['miss-you', 'why', 'win-back-1', 'win-back-2', 'last-letter'].map(sends),
      },
      '2027-04-05T12:00:00Z',
      ['miss-you'],
    ),
    ...Object.fromEntries(
      (
        [
          ['price', [{ do: 'issue', what: 'percent 15' }, sends('win-back-2'), stops('answered')]],
          ['quality', [{ do: 'tag', what: '+unhappy' }, { do: 'notify' }, { do: 'tag', what: '-unhappy' }]],
          ['too_often', [stops('answered')]],
        ] as const
      ).map(([reason, then]): [string, Scenario] => [
        `says why: ${reason}`,
        {
          person: ANN,
          events: [BOUGHT, WAS_THERE, { at: day(94), on: 'reason_given', reason }],
          days: 150,
          expect: [sends('miss-you'), sends('why'), ...then],
        },
      ]),
    ),
    'looks in instead of answering': {
      person: ANN,
      events: [BOUGHT, WAS_THERE, { at: day(94), on: 'visited' }],
      days: 20,
      expect: [sends('miss-you'), sends('why'), stops('came_back')],
    },
    'stays away': {
      person: ANN,
      events: [BOUGHT, WAS_THERE],
      days: 150,
      expect: [
        sends('miss-you'),
        sends('why'),
        { do: 'issue', what: 'percent 10' },
        sends('win-back-1'),
        { do: 'issue', what: 'percent 15' },
        sends('win-back-2'),
        sends('last-letter'),
        { do: 'tag', what: '+lost' },
        FINISHES,
      ],
    },
    'comes back': {
      person: ANN,
      events: [BOUGHT, WAS_THERE, { at: day(40), on: 'visited' }],
      days: 20,
      expect: [sends('miss-you'), stops('came_back')],
    },
    'buys again': {
      person: ANN,
      events: [BOUGHT, WAS_THERE, { at: day(40), on: 'ordered', order: '1002', total: 42, items: [TEAPOT] }],
      expect: [sends('miss-you'), stops('purchased')],
    },
    'follows a link of another letter': {
      person: ANN,
      beside: ['discount-reminder'],
      events: [BOUGHT, WAS_THERE, asksForOffer(day(1)), { at: day(20), on: 'clicked' }],
      days: 40,
      // Counted from that click.
      expect: [{ flow: 'win-back', do: 'send', what: 'miss-you', at: '2027-02-24T09:00:00Z' }],
    },
    'orders without a visit': {
      person: ANN,
      events: [BOUGHT, WAS_THERE, { at: day(20), on: 'ordered', order: '1002', total: 42, items: [TEAPOT] }],
      days: 40,
      // Counted from that order.
      expect: [{ do: 'send', what: 'miss-you', at: '2027-02-24T09:00:00Z' }],
    },
    'never bought': { person: ANN, events: [WAS_THERE], expect: [keptOut('filter')] },
    critic: { person: CRITIC, events: [BOUGHT, WAS_THERE], expect: [keptOut('filter')] },

    'stays away again after a hello': {
      person: ANN,
      events: [BOUGHT, WAS_THERE, { at: day(40), on: 'visited' }],
      days: 40,
      expect: [sends('miss-you'), stops('came_back'), keptOut('too_soon')],
    },
    'not a subscriber': {
      person: STRANGER,
      events: [BOUGHT, WAS_THERE],
      expect: [keptOut('not_subscribed')],
    },
  },
  tried: {
    'new visitor': 'not a subscriber',
    'never bought': 'never bought',
    buyer: 'stays away',
    subscriber: 'stays away',
    critic: 'critic',
    'act done': 'comes back',
    'act not done': 'stays away',
    'similar letter yesterday': 'stays away again after a hello',
    ...CHANGES,
  },
};
