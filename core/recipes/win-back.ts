/** Customers who stay away: a hello, offers that grow, and a last letter that keeps its word. */

import type { Recipe } from '../recipe.ts';
import { ANN, CONTENT, CRITIC, day, FINISHES, keptOut, sends, stops, TEAPOT } from './cast.ts';

const BOUGHT = { at: day(0), on: 'ordered', order: '1001', total: 42, items: [TEAPOT] } as const;
const WAS_THERE = { at: day(1), on: 'visited' } as const;

export const WIN_BACK: Recipe = {
  key: 'win-back',
  names: { en: 'Win-back', ru: 'Возвращение' },
  about: {
    en: 'After 30 days without a visit a customer gets a hello, after 90 days 10 %, then 15 %, then a last letter; any visit ends it.',
    ru: 'После 30 дней без визита покупатель получает письмо, после 90 — 10 %, затем 15 % и последнее письмо; любой визит это прекращает.',
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
      { issue: { kind: 'percent', value: 10, expiresIn: '14d' } },
      { send: 'win-back-1' },
      { waitFor: { event: 'visited', timeout: '21d', then: [{ stop: 'came_back' }] } },
      { issue: { kind: 'percent', value: 15, expiresIn: '14d' } },
      { send: 'win-back-2' },
      { waitFor: { event: 'visited', timeout: '12d', then: [{ stop: 'came_back' }] } },
      { send: 'last-letter' },
      { tag: { add: ['lost'] } },
    ],
  },
  scenarios: {
    'stays away': {
      person: ANN,
      events: [BOUGHT, WAS_THERE],
      days: 150,
      expect: [
        sends('miss-you'),
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
    'never bought': { person: ANN, events: [WAS_THERE], expect: [keptOut('filter')] },
    critic: { person: CRITIC, events: [BOUGHT, WAS_THERE], expect: [keptOut('filter')] },
  },
};
