/** A present on the day. */

import type { Recipe } from '../flows/recipe.ts';
import {
  ANN,
  CHANGES,
  CONTENT,
  CRITIC,
  day,
  FINISHES,
  GIVEN_UP,
  keptOut,
  NO_ACT,
  ORDERED,
  onTheWay,
  sends,
} from './cast.ts';

const TURNS = { at: day(0), on: 'segment_entered', segment: 'birthday-today' } as const;

export const BIRTHDAY: Recipe = {
  key: 'birthday',
  names: { en: 'Birthday', ru: 'День рождения' },
  about: {
    en: 'On the birthday: a wish, and 15 % for two weeks.',
    ru: 'В день рождения: поздравление и 15 % на две недели.',
  },
  needs: ['birthday', 'consent'],
  flow: {
    key: 'birthday',
    name: 'Birthday',
    enabled: true,
    purpose: 'marketing',
    entry: { on: 'segment_entered', segment: 'birthday-today' },
    filter: CONTENT,
    reentry: '300d',
    intent: 'birthday',
    priority: 25,
    goal: { on: 'purchased', within: '14d' },
    stopOn: ['redeemed', 'unsubscribed', 'code_expired'],
    steps: [
      // Nobody asked to the minute: quiet hours hold.
      { wait: '1h' },
      { issue: { kind: 'percent', value: 15, expiresIn: '14d' } },
      { send: 'birthday', expiresAfter: '1d' },
    ],
  },
  segments: [{ key: 'birthday-today', name: 'Birthday today', condition: ['birthdayInDays', '=', 0] }],
  scenarios: {
    ...onTheWay({ person: ANN, events: [TURNS], expect: [sends('birthday'), FINISHES] }, '2027-01-04T12:30:00Z'),
    subscriber: {
      person: ANN,
      events: [TURNS],
      expect: [{ do: 'issue', what: 'percent 15' }, sends('birthday'), FINISHES],
    },
    'changes the date within the year': {
      person: ANN,
      events: [TURNS, { ...TURNS, at: day(40) }],
      expect: [sends('birthday'), FINISHES, keptOut('too_soon')],
    },
    'given up': { person: GIVEN_UP, events: [TURNS], expect: [keptOut('lost')] },
    'given up, and comes back': {
      person: GIVEN_UP,
      events: [
        { at: day(0), on: 'visited' },
        { ...TURNS, at: day(1) },
      ],
      expect: [sends('birthday'), FINISHES],
    },
    critic: { person: CRITIC, events: [TURNS], expect: [keptOut('filter')] },
    'not a subscriber': { person: { ...ANN, marketing: 'none' }, events: [TURNS], expect: [keptOut('not_subscribed')] },

    buyer: { person: ANN, events: [ORDERED, TURNS], expect: [sends('birthday'), FINISHES] },
    'was congratulated yesterday': {
      person: ANN,
      events: [TURNS, { ...TURNS, at: day(1) }],
      expect: [sends('birthday'), FINISHES, keptOut('too_soon')],
    },
  },
  tried: {
    'new visitor': 'not a subscriber',
    'never bought': 'subscriber',
    buyer: 'buyer',
    subscriber: 'subscriber',
    critic: 'critic',
    ...NO_ACT,
    'similar letter yesterday': 'was congratulated yesterday',
    ...CHANGES,
  },
};
