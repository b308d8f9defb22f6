/** A cart that was left: a reminder, a bonus once in a while, a last word. */

import type { Recipe } from '../flows/recipe.ts';
import {
  ANN,
  CHANGES,
  CONTENT,
  CRITIC,
  day,
  FINISHES,
  keptOut,
  ORDERED,
  onTheWay,
  sends,
  stops,
  TEAPOT,
} from './cast.ts';

/** After the first letter, before the bonus of the next morning. */
const EVENING = '2027-01-04T20:00:00Z';
const LEFT = { at: day(0), on: 'visited', viewed: [TEAPOT], carted: [TEAPOT] } as const;

export const ABANDONED_CART: Recipe = {
  key: 'abandoned-cart',
  names: { en: 'Abandoned cart', ru: 'Брошенная корзина' },
  about: {
    en: 'The things left in a cart after an hour, free shipping a day later (once in 90 days), and a last word before it ends.',
    ru: 'Через час — вещи из корзины, через день — бесплатная доставка (каждому раз в 90 дней) и последнее письмо перед её концом.',
  },
  needs: ['visits', 'consent', 'orders'],
  flow: {
    key: 'abandoned-cart',
    name: 'Abandoned cart',
    enabled: true,
    purpose: 'marketing',
    entry: { on: 'cart_abandoned', after: '1h' },
    filter: CONTENT,
    reentry: '7d',
    intent: 'leaving',
    priority: 30,
    goal: { on: 'purchased', within: '7d' },
    stopOn: ['redeemed', 'purchased', 'unsubscribed', 'code_expired'],
    steps: [
      { send: 'cart-1', expiresAfter: '1d' },
      { wait: '1d', until: '10:00' },
      {
        // A bonus for every cart teaches people to leave carts.
        branch: {
          if: { not: ['tags', 'contains', 'cart-bonus'] },
          then: [
            { issue: { kind: 'shipping', expiresIn: '3d' } },
            { tag: { add: ['cart-bonus'], for: '90d' } },
            { send: 'cart-2' },
            { wait: '2d', until: '10:00' },
            { send: 'cart-3' },
          ],
        },
      },
    ],
  },
  scenarios: {
    ...onTheWay(
      { person: ANN, events: [LEFT], expect: [sends('cart-1'), sends('cart-2'), sends('cart-3'), FINISHES] },
      EVENING,
      ['cart-1'],
    ),
    'never bought': {
      person: ANN,
      events: [LEFT],
      expect: [sends('cart-1'), { do: 'issue', what: 'shipping' }, sends('cart-2'), sends('cart-3'), FINISHES],
    },
    'buys after the first letter': {
      person: ANN,
      events: [LEFT, { at: EVENING, on: 'ordered', order: '1001', total: 42, items: [TEAPOT] }],
      expect: [sends('cart-1'), stops('purchased')],
    },
    'uses the bonus': {
      person: ANN,
      events: [LEFT, { at: day(2), on: 'redeemed' }],
      expect: [sends('cart-1'), sends('cart-2'), stops('redeemed')],
    },
    'had a bonus before': {
      person: { ...ANN, facts: { tags: ['cart-bonus'] } },
      events: [LEFT],
      expect: [sends('cart-1'), { do: 'branch', what: 'else' }, FINISHES],
    },
    'another cart within 90 days': {
      person: ANN,
      events: [LEFT, { ...LEFT, at: day(60) }],
      expect: [sends('cart-1'), sends('cart-2'), sends('cart-3'), sends('cart-1'), { do: 'branch', what: 'else' }],
    },
    'another cart after 90 days': {
      person: ANN,
      events: [LEFT, { ...LEFT, at: day(100) }],
      expect: [
        ...[sends('cart-1'), sends('cart-2'), sends('cart-3'), { do: 'tag', what: '-cart-bonus', reason: 'time_over' }],
        ...[sends('cart-1'), sends('cart-2'), sends('cart-3'), FINISHES],
      ],
    },
    'another cart within a week': {
      person: { ...ANN, facts: { tags: ['cart-bonus'] } },
      events: [LEFT, { ...LEFT, at: day(4) }],
      expect: [sends('cart-1'), FINISHES, keptOut('too_soon')],
    },
    critic: { person: CRITIC, events: [LEFT], expect: [keptOut('filter')] },
    'not a subscriber': { person: { ...ANN, marketing: 'none' }, events: [LEFT], expect: [keptOut('not_subscribed')] },
    'being reminded of an offer': {
      person: ANN,
      beside: ['discount-reminder'],
      events: [
        { at: day(0), on: 'offer_accepted', flow: 'discount-reminder', items: [TEAPOT] },
        { ...LEFT, at: day(1) },
      ],
      expect: [{ flow: 'discount-reminder', do: 'enter' }, keptOut('intent')],
    },

    buyer: {
      person: ANN,
      events: [ORDERED, LEFT],
      expect: [sends('cart-1'), sends('cart-2'), sends('cart-3'), FINISHES],
    },
  },
  tried: {
    'new visitor': 'not a subscriber',
    'never bought': 'never bought',
    buyer: 'buyer',
    subscriber: 'never bought',
    critic: 'critic',
    'act done': 'buys after the first letter',
    'act not done': 'never bought',
    'similar letter yesterday': 'being reminded of an offer',
    ...CHANGES,
  },
};
