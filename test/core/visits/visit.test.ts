/** The fold of a visit: row by row, then what must hold for any events whatever. */

import { describe, expect, test } from 'vitest';
import { EVENT_TYPES, type EventBody, type VisitEvent } from '../../../core/visits/event.ts';
import { cartValue, foldVisit, newVisit, offeredItems, type VisitState } from '../../../core/visits/visit.ts';
import { bare, cartValueCases, item, line, offeredCases, page, visitCases } from '../../cases/visits.ts';
import { type Random, seeded } from '../../support/random.ts';

const folded = (events: EventBody[]): VisitState =>
  events.reduce((visit, event, n) => foldVisit(visit, { ...event, at: n * 1_000 }), newVisit(0));

describe('visits', () => {
  test.each(visitCases)('%s', (_name, events, expected) => {
    expect(folded(events)).toMatchObject(expected);
  });
});

describe('what is offered', () => {
  test.each(offeredCases)('%s', (_name, events, limit, ids) => {
    expect(offeredItems(folded(events), limit).map((one) => one.id)).toEqual(ids);
  });

  test('an offered item carries no quantity', () => {
    const [first] = offeredItems(folded([{ type: 'add_to_cart', item: item('1'), quantity: 2 }]), 1);
    expect(first).toEqual(item('1'));
  });
});

describe('the cart’s worth', () => {
  test.each(cartValueCases)('%s', (_name, events, currency, value) => {
    expect(cartValue(folded(events), currency)).toBe(value);
  });
});

function randomEvent(random: Random): VisitEvent {
  const thing = () => random.pick([item, bare])(`${random.int(1, 70)}`, random.chance(0.2) ? { price: null } : {});
  const bodies: Record<(typeof EVENT_TYPES)[number], () => EventBody> = {
    page_view: () => page(random.pick(['/', '/a']), { query: random.pick(['', '?utm_source=vk&x=%00']) }),
    view_item: () => ({ type: 'view_item', item: thing() }),
    view_reviews: () => ({ type: 'view_reviews', item: thing() }),
    search: () => ({ type: 'search', term: 'x' }),
    add_to_wishlist: () => ({ type: 'add_to_wishlist', item: thing() }),
    add_to_cart: () => ({ type: 'add_to_cart', item: thing(), quantity: random.int(1, 3) }),
    remove_from_cart: () => ({ type: 'remove_from_cart', item: thing(), quantity: random.int(1, 9) }),
    cart: () => ({
      type: 'cart',
      items: random.list(80, () => line(thing(), random.int(0, 3))),
      value: random.chance(0.5) ? random.int(0, 9_999) : null,
      currency: random.pick(['RUB', null]),
      codes: [],
    }),
    begin_checkout: () => ({ type: 'begin_checkout' }),
    purchase: () => ({ type: 'purchase', orderId: '1', value: null, currency: null, codes: [], items: [] }),
    share: () => ({ type: 'share', act: 'like' }),
    form: () => ({ type: 'form', kind: 'download' }),
    engagement: () => ({ type: 'engagement', ms: random.int(0, 15_000) }),
    exit_intent: () => ({ type: 'exit_intent', signal: 'return' }),
    offer_shown: () => ({ type: 'offer_shown', rule: 'r', variant: null }),
    offer_withheld: () => ({ type: 'offer_withheld', rule: 'r', variant: 'holdout' }),
    offer_accepted: () => ({ type: 'offer_accepted', rule: 'r', variant: 'a' }),
    offer_declined: () => ({ type: 'offer_declined', rule: 'r', variant: null }),
    identify: () => ({ type: 'identify', email: 'a@b.ru', proof: '' }),
    custom: () => ({ type: 'custom', name: 'x', data: { a: 1, b: null } }),
  };
  return { ...bodies[random.pick(EVENT_TYPES)](), at: random.int(0, 7_200_000) };
}

/** Frozen to the bottom: a write anywhere inside throws in a module. */
function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) frozen(inner);
  }
  return value;
}

describe('laws of the fold, over 100 random visits of 150 events', () => {
  const visits = Array.from({ length: 100 }, (_, seed) => {
    const random = seeded(seed);
    return Array.from({ length: 150 }, () => frozen(randomEvent(random)));
  });

  test('folding changes neither the visit nor the event, and gives the same twice', () => {
    for (const events of visits) {
      let visit = frozen(newVisit(0));
      for (const event of events) {
        const next = frozen(foldVisit(visit, event));
        expect(foldVisit(visit, event)).toEqual(next);
        visit = next;
      }
    }
  });

  test('lists stay bounded and counts are never negative', () => {
    for (const events of visits) {
      let visit = newVisit(0);
      for (const event of events) {
        visit = foldVisit(visit, event);
        expect(visit.viewed.length).toBeLessThanOrEqual(30);
        expect(visit.cart.length).toBeLessThanOrEqual(50);
        expect(visit.trail.length).toBeLessThanOrEqual(60);
        expect(visit.cart.every((one) => one.quantity > 0)).toBe(true);
        expect(
          Math.min(visit.pages, visit.activeMs, visit.searches, visit.reviews, visit.social),
        ).toBeGreaterThanOrEqual(0);
        expect(visit.startedAt).toBeLessThanOrEqual(visit.lastAt);
      }
      expect(new Set(visit.viewed.map((one) => one.id)).size).toBe(visit.viewed.length);
    }
  });

  test('a visit that went through JSON folds on as if it had not', () => {
    for (const events of visits.slice(0, 20)) {
      let straight = newVisit(0);
      let stored = newVisit(0);
      for (const event of events) {
        straight = foldVisit(straight, event);
        stored = JSON.parse(JSON.stringify(foldVisit(stored, event)));
      }
      expect(stored).toEqual(straight);
    }
  });

  test('offered items are distinct, in stock, and no more than asked for', () => {
    for (const events of visits) {
      const offered = offeredItems(events.reduce(foldVisit, newVisit(0)), 4);
      expect(offered.length).toBeLessThanOrEqual(4);
      expect(new Set(offered.map((one) => one.id)).size).toBe(offered.length);
      expect(offered.some((one) => one.available === false)).toBe(false);
    }
  });
});
