/** What an offer takes off. */

import { describe, expect, test } from 'vitest';
import { fromMinor, toMinor } from '../../core/money.ts';
import {
  changedOffer,
  discountOn,
  OFFER_KINDS,
  type Offer,
  type OfferTier,
  priceUnderOffer,
} from '../../core/offer.ts';
import { discountCases, priceCases } from '../cases/offers.ts';
import { type Random, seeded } from '../support/random.ts';

describe('discounts', () => {
  test.each(discountCases)('%s', (_name, total, offer, currency, discount) => {
    expect(discountOn(total, offer, currency)).toBe(discount);
  });
});

describe('prices under an offer', () => {
  test.each(priceCases)('%s', (_name, price, offer, currency, expected) => {
    expect(priceUnderOffer(price, offer, currency)).toBe(expected);
  });
});

test('another kind of offer keeps no tiers, another value does', () => {
  const offer: Offer = { kind: 'percent', value: 5, tiers: [{ from: 100, kind: 'percent', value: 10 }] };
  expect(changedOffer(offer, { kind: 'shipping' })).toEqual({ kind: 'shipping' });
  expect(changedOffer(offer, { value: 7 })).toEqual({ ...offer, value: 7 });
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
      const discount = discountOn(fromMinor(minor, currency), offer, currency);
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
      expect(toMinor(discountOn(fromMinor(minor, currency), offer, currency), currency)).toBe(expected);
    });
  });

  test('the price under a percent and its discount make up the price', () => {
    each(3, (minor, currency, offer) => {
      const price = fromMinor(minor, currency);
      const left = priceUnderOffer(price, offer, currency);
      if (left === null) return;
      expect(toMinor(left, currency) + toMinor(discountOn(price, offer, currency), currency)).toBe(minor);
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
        const discount = discountOn(less, tiered, currency);
        expect(discountOn(more, tiered, currency)).toBeGreaterThanOrEqual(discount);
        expect(discount).toBeGreaterThanOrEqual(discountOn(less, offer, currency));
        expect(discount).toBeLessThanOrEqual(less);
        expect(fromMinor(toMinor(discount, currency), currency)).toBe(discount);
      }
      if (edge > 0) {
        const under = fromMinor(edge - 1, currency);
        expect(discountOn(under, tiered, currency)).toBeLessThanOrEqual(
          discountOn(fromMinor(edge, currency), tiered, currency),
        );
      }
    });
  });

  test('a larger percent never takes less', () => {
    each(4, (minor, currency, offer, random) => {
      if (offer.kind !== 'percent') return;
      const total = fromMinor(minor, currency);
      const more = { ...offer, value: Math.min(100, (offer.value ?? 0) + random.int(1, 50)) };
      expect(discountOn(total, more, currency)).toBeGreaterThanOrEqual(discountOn(total, offer, currency));
    });
  });
});
