/** Somebody passed the shop on. */

import type { Recipe } from '../flows/recipe.ts';
import { ANN, CONTENT, CRITIC, day, FINISHES, keptOut, NO_WAY, ORDERED, sends } from './cast.ts';

const SHARED = { at: day(0), on: 'visited', shared: 'share' } as const;

export const SOCIAL_THANKS: Recipe = {
  key: 'social-thanks',
  names: { en: 'Thanks for sharing', ru: 'Спасибо, что поделились' },
  about: {
    en: 'A thank-you with 5 % for a like, a share, an invitation or a join; once in 90 days.',
    ru: 'Благодарность и 5 % за лайк, репост, приглашение или вступление; не чаще раза в 90 дней.',
  },
  needs: ['shares', 'consent'],
  flow: {
    key: 'social-thanks',
    name: 'Thanks for sharing',
    enabled: true,
    purpose: 'marketing',
    entry: { on: 'shared' },
    filter: CONTENT,
    reentry: '90d',
    intent: 'social',
    goal: { on: 'purchased', within: '30d' },
    stopOn: ['redeemed', 'unsubscribed', 'code_expired'],
    steps: [{ issue: { kind: 'percent', value: 5, expiresIn: '30d' } }, { send: 'social-thanks' }],
  },
  scenarios: {
    subscriber: {
      person: ANN,
      events: [SHARED],
      expect: [{ do: 'issue', what: 'percent 5' }, sends('social-thanks'), FINISHES],
    },
    'shares again the next day': {
      person: ANN,
      events: [SHARED, { ...SHARED, at: day(1) }],
      expect: [sends('social-thanks'), FINISHES, keptOut('too_soon')],
    },
    critic: { person: CRITIC, events: [SHARED], expect: [keptOut('filter')] },
    'not a subscriber': {
      person: { ...ANN, marketing: 'none' },
      events: [SHARED],
      expect: [keptOut('not_subscribed')],
    },

    buyer: { person: ANN, events: [ORDERED, SHARED], expect: [sends('social-thanks'), FINISHES] },
    'shares nothing': { person: ANN, events: [{ at: day(0), on: 'visited' }], expect: [] },
  },
  tried: {
    'new visitor': 'not a subscriber',
    'never bought': 'subscriber',
    buyer: 'buyer',
    subscriber: 'subscriber',
    critic: 'critic',
    'act done': 'subscriber',
    'act not done': 'shares nothing',
    'similar letter yesterday': 'shares again the next day',
    ...NO_WAY,
  },
};
