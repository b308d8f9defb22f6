/** How do they like it? A thank-you for any answer, good or bad. */

import type { Recipe } from '../flows/recipe.ts';
import { UNHAPPY } from '../flows/resting.ts';
import {
  ANN,
  CHANGES,
  CONTENT,
  CRITIC,
  DELIVERED,
  day,
  FINISHES,
  keptOut,
  ONLY_BUYERS,
  onTheWay,
  sends,
  stops,
} from './cast.ts';

export const REVIEW_REQUEST: Recipe = {
  key: 'review-request',
  names: { en: 'Review request', ru: 'Просьба об отзыве' },
  about: {
    en: 'Ten days after delivery: stars to tap for what was bought, and 10 % for any review, good or bad; at most once in 30 days.',
    ru: 'Через десять дней после доставки: звёзды для купленного и 10 % за любой отзыв, хороший или плохой; не чаще раза в 30 дней.',
  },
  needs: ['orders', 'consent'],
  flow: {
    key: 'review-request',
    name: 'Review request',
    enabled: true,
    purpose: 'marketing',
    entry: { on: 'order_delivered' },
    filter: CONTENT,
    reentry: '30d',
    intent: 'review',
    priority: 12,
    stopOn: ['unsubscribed'],
    steps: [
      { wait: '10d', until: '11:00' },
      // Let down since: whoever apologises asks for no stars.
      { branch: { if: ['tags', 'contains', UNHAPPY], then: [{ stop: 'unhappy' }] } },
      { send: 'review-request', expiresAfter: '5d' },
      { waitFor: { event: 'reviewed', timeout: '21d', else: [{ stop: 'no_review' }] } },
      { issue: { kind: 'percent', value: 10, expiresIn: '30d' } },
      { send: 'review-thanks' },
    ],
  },
  scenarios: {
    ...onTheWay({ person: ANN, events: [DELIVERED], expect: [sends('review-request')] }, day(5), [], stops('unhappy')),
    'writes a review': {
      person: ANN,
      events: [DELIVERED, { at: day(12), on: 'reviewed', stars: 2 }],
      expect: [sends('review-request'), { do: 'issue', what: 'percent 10' }, sends('review-thanks'), FINISHES],
    },
    'writes none': { person: ANN, events: [DELIVERED], expect: [sends('review-request'), stops('no_review')] },
    'another order within a month': {
      person: ANN,
      events: [DELIVERED, { ...DELIVERED, at: day(25), order: '1002' }],
      expect: [sends('review-request'), keptOut('running')],
    },
    'sends it back': {
      person: ANN,
      events: [DELIVERED, { ...DELIVERED, at: day(3), status: 'refunded' }],
      expect: [{ do: 'drop', what: 'review-request', reason: 'order_refunded' }, stops('no_review')],
    },
    critic: { person: CRITIC, events: [DELIVERED], expect: [keptOut('filter')] },
    'not a subscriber': {
      person: { ...ANN, marketing: 'none' },
      events: [DELIVERED],
      expect: [keptOut('not_subscribed')],
    },

    'was asked yesterday': {
      person: ANN,
      events: [DELIVERED, { ...DELIVERED, at: day(11), order: '1002' }],
      expect: [sends('review-request'), keptOut('running'), stops('no_review')],
    },
  },
  tried: {
    'new visitor': 'not a subscriber',
    'never bought': ONLY_BUYERS,
    buyer: 'writes none',
    subscriber: 'writes none',
    critic: 'critic',
    'act done': 'writes a review',
    'act not done': 'writes none',
    'similar letter yesterday': 'was asked yesterday',
    ...CHANGES,
  },
};
