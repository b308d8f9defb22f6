/** Customers who stay away, and stay away: where nothing helps, a letter in 90 days for a year, in place of a last one. */

import { LOST } from '../admission.ts';
import type { Step } from '../flow.ts';
import type { Recipe } from '../recipe.ts';
import { ANN, CRITIC, day, keptOut, sends, stops, TEAPOT } from './cast.ts';
import { WIN_BACK } from './win-back.ts';

const BOUGHT = { at: day(0), on: 'ordered', order: '1001', total: 42, items: [TEAPOT] } as const;
const WAS_THERE = { at: day(1), on: 'visited' } as const;

const LETTERS = 4;
const QUARTER: readonly Step[] = [
  { wait: '90d', until: '10:00' },
  // Any act of theirs has taken the tag off.
  { branch: { if: { not: ['tags', 'contains', LOST] }, then: [{ stop: 'came_back' }] } },
  { send: 'miss-you' },
];

export const WIN_BACK_SELDOM: Recipe = {
  ...WIN_BACK,
  key: 'win-back-seldom',
  names: { en: 'Win-back, then seldom', ru: 'Возвращение, потом изредка' },
  about: {
    en: 'As `win-back`, but in place of a last letter to those who react to nothing: one in 90 days for a year, until any act of theirs; instead of `win-back`.',
    ru: 'Как `win-back`, но тем, кто ни на что не отзывается, вместо последнего письма — одно в 90 дней в течение года, пока человек хоть чем-то не отзовётся; вместо `win-back`.',
  },
  flow: {
    ...WIN_BACK.flow,
    key: 'win-back-seldom',
    name: 'Win-back, then seldom',
    reentry: '500d',
    steps: [
      ...WIN_BACK.flow.steps.filter((step) => !('send' in step && step.send === 'last-letter')),
      ...Array.from({ length: LETTERS }, () => QUARTER).flat(),
    ],
  },
  scenarios: {
    'stays away': {
      person: ANN,
      events: [BOUGHT, WAS_THERE],
      days: 400,
      expect: [
        sends('miss-you'),
        sends('why'),
        sends('win-back-1'),
        sends('win-back-2'),
        { do: 'tag', what: '+lost' },
        sends('miss-you'),
        sends('miss-you'),
      ],
    },
    'comes by after all': {
      person: ANN,
      events: [BOUGHT, WAS_THERE, { at: day(160), on: 'visited' }],
      days: 100,
      expect: [
        sends('miss-you'),
        sends('why'),
        sends('win-back-1'),
        sends('win-back-2'),
        { do: 'tag', what: '+lost' },
        stops('came_back'),
      ],
    },
    'never bought': { person: ANN, events: [WAS_THERE], expect: [keptOut('filter')] },
    critic: { person: CRITIC, events: [BOUGHT, WAS_THERE], expect: [keptOut('filter')] },
    'buys again': {
      person: ANN,
      events: [BOUGHT, WAS_THERE, { at: day(40), on: 'ordered', order: '1002', total: 42, items: [TEAPOT] }],
      expect: [sends('miss-you'), stops('purchased')],
    },
  },
};
