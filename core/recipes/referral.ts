/** The letters of a referral: the friend's code with one reminder, and the sender's reward. */

import type { Flow } from '../flows/flow.ts';
import type { Recipe } from '../flows/recipe.ts';
import {
  ANN,
  asksForOffer,
  CHANGES,
  CRITIC,
  day,
  FINISHES,
  keptOut,
  NO_ACT,
  onTheWay,
  STRANGER,
  sends,
  stops,
  TEAPOT,
} from './cast.ts';

export const REFERRAL_FRIEND: Flow = {
  key: 'referral-friend',
  name: 'The code that a friend sent',
  enabled: true,
  purpose: 'marketing',
  entry: { on: 'custom', name: 'referral-friend' },
  // It greets somebody new, as a welcome does.
  intent: 'welcome',
  goal: { on: 'purchased', within: '7d' },
  stopOn: ['redeemed', 'purchased', 'unsubscribed', 'code_expired'],
  steps: [{ send: 'referral-friend' }, { wait: '5d', until: '10:00' }, { send: 'reminder-1' }],
};

export const REFERRAL_REWARD: Flow = {
  key: 'referral-reward',
  name: 'Thanks for the friend',
  enabled: true,
  // What was promised and earned; it sells nothing.
  purpose: 'transactional',
  entry: { on: 'custom', name: 'referral-reward' },
  stopOn: [],
  // It came due at whatever time the friend's order was paid.
  steps: [{ wait: '0d', until: '10:00' }, { send: 'referral-reward' }],
};

const REWARDED = { at: day(0), on: 'custom', name: 'referral-reward', items: [TEAPOT] } as const;
const INVITED = { at: day(0), on: 'custom', name: 'referral-friend', items: [TEAPOT] } as const;

export const REFERRAL_FRIEND_RECIPE: Recipe = {
  key: 'referral-friend',
  names: { en: 'The code that a friend sent', ru: 'Код от друга' },
  about: {
    en: 'The code for somebody whom a customer brought, and one reminder.',
    ru: 'Код для того, кого привёл покупатель, и одно напоминание.',
  },
  needs: ['referral'],
  flow: REFERRAL_FRIEND,
  scenarios: {
    ...onTheWay(
      { person: ANN, events: [INVITED], expect: [sends('referral-friend'), sends('reminder-1'), FINISHES] },
      day(3),
      ['referral-friend'],
    ),
    'never bought': {
      person: ANN,
      events: [INVITED],
      expect: [sends('referral-friend'), sends('reminder-1'), FINISHES],
    },
    'buys at once': {
      person: ANN,
      events: [INVITED, { at: day(1), on: 'ordered', order: '1001', total: 42, items: [TEAPOT] }],
      expect: [sends('referral-friend'), stops('purchased')],
    },

    critic: {
      person: CRITIC,
      events: [INVITED, { at: day(3), on: 'unsubscribed' }],
      expect: [{ do: 'hold', what: 'referral-friend', reason: 'unhappy' }, stops('unsubscribed')],
    },
    'is being reminded of an offer': {
      person: ANN,
      beside: ['discount-reminder'],
      events: [asksForOffer(day(0)), { ...INVITED, at: day(1) }],
      expect: [{ do: 'enter_later', reason: 'leaving_first' }, sends('referral-friend'), sends('reminder-1'), FINISHES],
    },
    'not a subscriber': { person: STRANGER, events: [INVITED], expect: [keptOut('not_subscribed')] },
  },
  tried: {
    'new visitor': 'not a subscriber',
    'never bought': 'never bought',
    buyer: { none: 'who has bought is nobody’s new friend: the programme gives them no code' },
    subscriber: 'never bought',
    critic: 'critic',
    'act done': 'buys at once',
    'act not done': 'never bought',
    'similar letter yesterday': 'is being reminded of an offer',
    ...CHANGES,
  },
};

export const REFERRAL_REWARD_RECIPE: Recipe = {
  key: 'referral-reward',
  names: { en: 'Thanks for the friend', ru: 'Спасибо за друга' },
  about: {
    en: 'The reward for a customer whose friend bought something.',
    ru: 'Награда покупателю, чей друг сделал заказ.',
  },
  needs: ['referral', 'orders'],
  flow: REFERRAL_REWARD,
  scenarios: {
    'the friend bought': {
      person: ANN,
      events: [REWARDED],
      expect: [sends('referral-reward'), FINISHES],
    },

    'not a subscriber': {
      person: STRANGER,
      events: [REWARDED],
      expect: [sends('referral-reward'), FINISHES],
    },
    critic: { person: CRITIC, events: [REWARDED], expect: [sends('referral-reward'), FINISHES] },
    'another friend buys the next day': {
      person: ANN,
      events: [REWARDED, { ...REWARDED, at: day(1) }],
      expect: [sends('referral-reward'), FINISHES, sends('referral-reward'), FINISHES],
    },
    'address is none any more': {
      person: ANN,
      events: [REWARDED, { at: '2027-01-04T20:00:00Z', on: 'bounced' }],
      expect: [stops('bounced')],
    },
    'reads another language by now': {
      person: ANN,
      events: [REWARDED, { at: '2027-01-04T20:00:00Z', on: 'changed', locale: 'ru' }],
      expect: [sends('referral-reward'), FINISHES],
    },
    'takes no offers any more': {
      person: ANN,
      events: [REWARDED, { at: '2027-01-04T20:00:00Z', on: 'unsubscribed' }],
      expect: [sends('referral-reward'), FINISHES],
    },
  },
  tried: {
    'new visitor': 'not a subscriber',
    'never bought': 'the friend bought',
    buyer: 'the friend bought',
    subscriber: 'the friend bought',
    critic: 'critic',
    ...NO_ACT,
    'similar letter yesterday': 'another friend buys the next day',
    'address changed': 'address is none any more',
    'language changed': 'reads another language by now',
    'segment changed': 'takes no offers any more',
  },
};
