/** Who has reacted to nothing: a letter in 90 days for a year, and none once they do anything. */

import { LOST } from '../flows/admission.ts';
import type { Step } from '../flows/flow.ts';
import type { Recipe } from '../flows/recipe.ts';
import { ANN, CRITIC, day, FINISHES, GIVEN_UP, keptOut, sends, stops, TEAPOT } from './cast.ts';

const TURNS = { at: day(0), on: 'segment_entered', segment: 'given-up' } as const;

const LETTERS = 4;
const QUARTER: readonly Step[] = [
  { wait: '90d', until: '10:00' },
  // Any act of theirs has taken the tag off.
  { branch: { if: { not: ['tags', 'contains', LOST] }, then: [{ stop: 'came_back' }] } },
  { send: 'miss-you' },
];

export const GIVEN_UP_SELDOM: Recipe = {
  key: 'given-up',
  names: { en: 'Seldom, to those given up', ru: 'Изредка — тем, кто не отзывается' },
  about: {
    en: 'One letter in 90 days for a year to those who reacted to nothing of `win-back`, until any act of theirs; its `last-letter`, which promises silence, has to go then.',
    ru: 'Одно письмо в 90 дней в течение года тем, кто ни на что не отозвался в `win-back`, пока человек хоть чем-то не отзовётся; `last-letter`, где обещано молчание, тогда нужно убрать.',
  },
  needs: ['visits', 'orders', 'consent'],
  flow: {
    key: 'given-up',
    name: 'Seldom, to those given up',
    enabled: true,
    purpose: 'marketing',
    entry: { on: 'segment_entered', segment: 'given-up' },
    lost: true,
    reentry: '365d',
    intent: 'win-back',
    priority: -20,
    goal: { on: 'purchased', within: '30d' },
    stopOn: ['purchased', 'unsubscribed'],
    steps: Array.from({ length: LETTERS }, () => QUARTER).flat(),
  },
  segments: [{ key: 'given-up', name: 'Given up', condition: ['tags', 'contains', LOST] }],
  scenarios: {
    'stays away': {
      person: GIVEN_UP,
      events: [TURNS],
      days: 400,
      expect: [...Array.from({ length: LETTERS }, () => sends('miss-you')), FINISHES],
    },
    'comes by after all': {
      person: GIVEN_UP,
      events: [TURNS, { at: day(100), on: 'visited' }],
      days: 100,
      expect: [sends('miss-you'), stops('came_back')],
    },
    'buys after all': {
      person: GIVEN_UP,
      events: [TURNS, { at: day(100), on: 'ordered', order: '1002', total: 42, items: [TEAPOT] }],
      days: 100,
      expect: [sends('miss-you'), stops('purchased')],
    },
    unsubscribes: {
      person: GIVEN_UP,
      events: [TURNS, { at: day(100), on: 'unsubscribed' }],
      days: 100,
      expect: [sends('miss-you'), stops('unsubscribed')],
    },
    'address is none any more': {
      person: GIVEN_UP,
      events: [TURNS, { at: day(20), on: 'bounced' }],
      days: 100,
      expect: [stops('bounced')],
    },
    'is there again before the first letter': {
      person: GIVEN_UP,
      events: [TURNS, { at: day(30), on: 'visited' }],
      days: 100,
      expect: [stops('came_back')],
    },
    'let down as well': {
      person: { ...CRITIC, facts: { tags: [...(CRITIC.facts?.tags ?? []), LOST] } },
      events: [TURNS, { at: day(95), on: 'unsubscribed' }],
      days: 100,
      expect: [{ do: 'hold', reason: 'unhappy' }, stops('unsubscribed')],
    },
    'not a subscriber': {
      person: { ...ANN, marketing: 'none' },
      events: [TURNS],
      expect: [keptOut('not_subscribed')],
    },

    'is counted anew the day after a letter': {
      person: GIVEN_UP,
      events: [TURNS, { ...TURNS, at: day(91) }, { at: day(100), on: 'unsubscribed' }],
      days: 30,
      expect: [sends('miss-you'), keptOut('running'), stops('unsubscribed')],
    },
    'reads another language by now': {
      person: GIVEN_UP,
      events: [TURNS, { at: day(20), on: 'changed', locale: 'ru' }],
      days: 400,
      expect: [...Array.from({ length: LETTERS }, () => sends('miss-you')), FINISHES],
    },
  },
  tried: {
    'new visitor': 'not a subscriber',
    'never bought': 'stays away',
    buyer: { none: 'who buys is given up no longer' },
    subscriber: 'stays away',
    critic: 'let down as well',
    'act done': 'comes by after all',
    'act not done': 'stays away',
    'similar letter yesterday': 'is counted anew the day after a letter',
    'address changed': 'address is none any more',
    'language changed': 'reads another language by now',
    'segment changed': 'is there again before the first letter',
  },
};
