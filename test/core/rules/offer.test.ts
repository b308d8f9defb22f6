/** What an offer takes off. */

import { describe, expect, test } from 'vitest';
import {
  type ClaimedOffer,
  changedOffer,
  discountOn,
  isForSome,
  OFFER_KINDS,
  type Offer,
  type OfferTier,
  type Order,
  priceUnderOffer,
  shipsFree,
} from '../../../core/rules/offer.ts';
import { fromMinor, toMinor } from '../../../core/values/money.ts';
import { discountCases, orderCases, priceCases, shippingCases } from '../../cases/offers.ts';
import { type Random, seeded } from '../../support/random.ts';

describe('discounts', () => {
  test.each(discountCases)('%s', (_name, total, offer, currency, discount) => {
    expect(discountOn({ total }, offer, currency)).toBe(discount);
  });

  test.each(orderCases)('on an order: %s', (_name, order, offer, currency, discount) => {
    expect(discountOn(order, offer, currency)).toBe(discount);
  });
});

describe('free shipping', () => {
  test.each(shippingCases)('%s', (_name, order, offer, expected) => {
    expect(shipsFree(order, offer, 'EUR')).toBe(expected);
  });
});

describe('prices under an offer', () => {
  test.each(priceCases)('%s', (_name, thing, offer, currency, expected) => {
    const told = typeof thing === 'object' && thing !== null ? thing : { price: thing };
    expect(priceUnderOffer({ id: 'x', price: 100, ...told }, offer, currency)).toBe(expected);
  });
});

/** Of a total that is told something is always taken off, if only 0. */
const off = (total: number, offer: Offer, currency: string): number =>
  discountOn({ total }, offer, currency) ?? Number.NaN;
const priceOf = (price: number, offer: Offer, currency: string): number | null =>
  priceUnderOffer({ id: 'x', price }, offer, currency);

test('another kind of offer keeps no tiers, another value does', () => {
  const offer: Offer = { kind: 'percent', value: 5, tiers: [{ from: 100, kind: 'percent', value: 10 }] };
  expect(changedOffer(offer, { kind: 'shipping' })).toEqual({ kind: 'shipping' });
  expect(changedOffer(offer, { value: 7 })).toEqual({ ...offer, value: 7 });
});

test('what an offer is on and what it excludes stay with another sum, and go where there is none', () => {
  const offer: Offer = { kind: 'percent', value: 5, on: 'cart', exclude: { reduced: true }, minOrder: 20 };
  const { on, exclude, minOrder } = offer;
  expect(changedOffer(offer, { kind: 'fixed', value: 3 })).toEqual({ kind: 'fixed', value: 3, on, exclude, minOrder });
  expect(changedOffer(offer, { kind: 'shipping' })).toEqual({ kind: 'shipping', minOrder });
  expect(changedOffer(offer, { on: 'order', exclude: {} })).toEqual({ ...offer, on: 'order', exclude: {} });
  expect([isForSome(offer), isForSome(changedOffer(offer, { on: 'order', exclude: {} }))]).toEqual([true, false]);
});

describe('laws of offers, over 20,000 random ones', () => {
  const each = (seed: number, check: (minor: number, currency: string, offer: Offer, random: Random) => void): void => {
    const random = seeded(seed);
    for (let run = 0; run < 20_000; run += 1) {
      const kind = random.pick(OFFER_KINDS);
      const value = kind === 'percent' ? random.int(1, 10_000) / 100 : random.int(0, 100_000) / 100;
      check(random.int(0, 10 ** random.int(1, 13)), random.pick(['RUB', 'JPY', 'KWD']), { kind, value }, random);
    }
  };

  test('a discount is a whole number of minor units, never below 0 and never above the total', () => {
    each(1, (minor, currency, offer) => {
      const discount = off(fromMinor(minor, currency), offer, currency);
      expect(fromMinor(toMinor(discount, currency), currency)).toBe(discount);
      expect(discount).toBeGreaterThanOrEqual(0);
      expect(toMinor(discount, currency)).toBeLessThanOrEqual(minor);
    });
  });

  test('a percent is what whole-number arithmetic says, halves up', () => {
    each(2, (minor, currency, offer) => {
      if (offer.kind !== 'percent') return;
      const exact = BigInt(minor) * BigInt(Math.round((offer.value ?? 0) * 100));
      const expected = Number((exact + 5_000n) / 10_000n);
      expect(toMinor(off(fromMinor(minor, currency), offer, currency), currency)).toBe(expected);
    });
  });

  test('the price under a percent and its discount make up the price', () => {
    each(3, (minor, currency, offer) => {
      const price = fromMinor(minor, currency);
      const left = priceOf(price, offer, currency);
      if (left === null) return;
      expect(toMinor(left, currency) + toMinor(off(price, offer, currency), currency)).toBe(minor);
    });
  });

  test('with tiers that ascend a larger order never gets a smaller discount, nor one below the offer’s own', () => {
    each(5, (minor, currency, offer, random) => {
      const { kind } = offer;
      if (kind !== 'percent' && kind !== 'fixed') return;
      const tiers: OfferTier[] = [];
      let below = { from: 0, value: offer.value ?? 0 };
      for (let left = random.int(1, 4); left > 0; left -= 1) {
        const value = below.value + random.int(1, 2_000) / 100;
        below = { from: below.from + random.int(1, 10 ** random.int(1, 11)) / 100, value };
        tiers.push({ kind, ...below });
      }
      const tiered: Offer = { ...offer, tiers };
      const edge = toMinor(random.pick(tiers).from, currency);
      for (const at of [minor, edge]) {
        const [less, more] = [fromMinor(at, currency), fromMinor(at + random.int(0, 1_000), currency)];
        const discount = off(less, tiered, currency);
        expect(off(more, tiered, currency)).toBeGreaterThanOrEqual(discount);
        expect(discount).toBeGreaterThanOrEqual(off(less, offer, currency));
        expect(discount).toBeLessThanOrEqual(less);
        expect(fromMinor(toMinor(discount, currency), currency)).toBe(discount);
      }
      if (edge > 0) {
        const under = fromMinor(edge - 1, currency);
        expect(off(under, tiered, currency)).toBeLessThanOrEqual(off(fromMinor(edge, currency), tiered, currency));
      }
    });
  });

  test('with tiers of any kind an order gets no less than below any of them, and never more than it comes to', () => {
    each(8, (minor, currency, offer, random) => {
      const tiers = Array.from({ length: random.int(1, 5) }, (_, index): OfferTier => {
        const kind = random.pick(['percent', 'fixed', 'shipping'] as const);
        const from = (index + 1) * random.int(1, 10 ** random.int(1, 8));
        return { from, kind, ...(kind === 'shipping' ? {} : { value: random.int(1, 10_000) / 100 }) };
      }).sort((one, other) => one.from - other.from);
      const total = fromMinor(minor, currency);
      const discount = off(total, { ...offer, tiers }, currency);
      expect(discount).toBeLessThanOrEqual(total);
      expect(fromMinor(toMinor(discount, currency), currency)).toBe(discount);
      for (let kept = 0; kept < tiers.length; kept += 1)
        expect(discount).toBeGreaterThanOrEqual(off(total, { ...offer, tiers: tiers.slice(0, kept) }, currency));
    });
  });

  test('a larger percent never takes less', () => {
    each(4, (minor, currency, offer, random) => {
      if (offer.kind !== 'percent') return;
      const total = fromMinor(minor, currency);
      const more = { ...offer, value: Math.min(100, (offer.value ?? 0) + random.int(1, 50)) };
      expect(off(total, more, currency)).toBeGreaterThanOrEqual(off(total, offer, currency));
    });
  });

  /** An order of up to five lines, whose offer is on some of them, or leaves some out. */
  function someOf(offer: Offer, currency: string, random: Random): { order: Required<Order>; claimed: ClaimedOffer } {
    const items = Array.from({ length: random.int(1, 5) }, (_, index) => ({
      id: String(index),
      price: fromMinor(random.int(0, 10 ** random.int(1, 8)), currency),
      quantity: random.int(1, 9),
      ...(random.int(0, 1) ? { was: fromMinor(random.int(0, 10 ** 8), currency) } : {}),
      ...(random.int(0, 2) ? { category: random.pick(['Tea', 'Mugs']) } : {}),
    }));
    const ids = items.map(({ id }) => id).filter(() => random.int(0, 1));
    const claimed: ClaimedOffer = {
      ...offer,
      on: random.pick(['items', 'cart', 'order']),
      exclude: random.pick([{}, { reduced: true }, { categories: ['tea'] }, { categories: ['mugs'], reduced: true }]),
      claimed: { items: ids },
    };
    const total = items.reduce((sum, { price, quantity }) => sum + toMinor(price, currency) * quantity, 0);
    return { order: { total: fromMinor(total, currency), items }, claimed };
  }

  test('on some things alone: never below 0, never more than what these cost, the same whoever adds the total up', () => {
    each(6, (_minor, currency, offer, random) => {
      const { order, claimed } = someOf(offer, currency, random);
      const all = discountOn(order, { ...claimed, kind: 'percent', value: 100 }, currency) ?? Number.NaN;
      const discount = discountOn(order, claimed, currency) ?? Number.NaN;
      expect(discount).toBeGreaterThanOrEqual(0);
      expect(discount).toBeLessThanOrEqual(all);
      expect(all).toBeLessThanOrEqual(order.total ?? 0);
      expect(fromMinor(toMinor(discount, currency), currency)).toBe(discount);
      expect(discountOn({ items: order.items }, claimed, currency)).toBe(discount);
      if (offer.kind === 'fixed')
        expect(discount).toBe(Math.min(all, fromMinor(toMinor(offer.value ?? 0, currency), currency)));
    });
  });

  test('the prices that were shown are those that are paid: what is saved on each piece adds up to the discount', () => {
    each(7, (_minor, currency, offer, random) => {
      const { order, claimed } = someOf(offer, currency, random);
      // Where a category is unknown nothing was promised, and more may be given.
      const surely = !claimed.exclude?.categories || order.items?.every(({ category }) => category);
      if (offer.kind !== 'percent' || !isForSome(claimed)) return;
      let saved = 0;
      for (const item of order.items ?? []) {
        const left = priceUnderOffer(item, claimed, currency);
        if (left !== null) saved += (toMinor(item.price ?? 0, currency) - toMinor(left, currency)) * item.quantity;
      }
      const discount = toMinor(discountOn(order, claimed, currency) ?? Number.NaN, currency);
      if (surely) expect(discount).toBe(saved);
      else expect(discount).toBeGreaterThanOrEqual(saved);
    });
  });
});
