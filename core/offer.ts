/** What a visitor is offered, and what it does to a price. Money is exact: all arithmetic is in the currency's minor units. */

import type { Duration } from './duration.ts';
import { fromMinor, toMinor } from './money.ts';

export const OFFER_KINDS = ['percent', 'fixed', 'shipping', 'gift', 'none'] as const;
export type OfferKind = (typeof OFFER_KINDS)[number];

/** What an order from `from` on gets in place of the offer's own value: the same kind of discount, never a smaller one. */
export interface OfferTier {
  /** The order's total before the discount, in the shop's currency. */
  from: number;
  kind: 'percent' | 'fixed';
  value: number;
}

export interface Offer {
  kind: OfferKind;
  /** Percent 1–100 for `percent`, an amount of money for `fixed`; absent for the other kinds. */
  value?: number;
  /** Smallest order total, in the shop's currency, that the code is good for. */
  minOrder?: number;
  /** Ascending by `from`; below the first one the offer itself holds. */
  tiers?: OfferTier[];
  /** How long the code lives from the moment it is issued. */
  expiresIn?: Duration;
  /** What the gift is, for `gift`. */
  gift?: string;
}

/** The offer with a variant's change laid over it. Another kind keeps nothing of what only the first kind had. */
export function changedOffer(offer: Offer, change: Partial<Offer>): Offer {
  const { value: _value, gift: _gift, tiers: _tiers, ...rest } = offer;
  return { ...((change.kind ?? offer.kind) === offer.kind ? offer : rest), ...change };
}

/** What an order of `total` gets: the highest tier that it reaches, or the offer itself. */
function tierAt(total: number, { kind, value, tiers }: Offer, currency: string): Pick<Offer, 'kind' | 'value'> {
  const minor = toMinor(total, currency);
  const reached = tiers?.findLast(({ from }) => toMinor(from, currency) <= minor);
  return reached ?? { kind, ...(value === undefined ? {} : { value }) };
}

/** The price of one item under the offer, before any tier (none makes it higher), or null where the offer doesn't touch single prices (or the price is unknown). */
export function priceUnderOffer(price: number | null, offer: Offer, currency: string): number | null {
  if (price === null || offer.kind !== 'percent') return null;
  return fromMinor(toMinor(price, currency) - percentOf(toMinor(price, currency), offer.value ?? 0), currency);
}

/** What the offer takes off an order of `total`, never more than the total. 0 for kinds that aren't money (shipping, gift, none). */
export function discountOn(total: number, offer: Offer, currency: string): number {
  const minor = toMinor(total, currency);
  const { kind, value = 0 } = tierAt(total, offer, currency);
  switch (kind) {
    case 'percent':
      return fromMinor(percentOf(minor, value), currency);
    case 'fixed':
      return fromMinor(Math.min(minor, toMinor(value, currency)), currency);
    case 'shipping':
    case 'gift':
    case 'none':
      return 0;
  }
}

/**
 * Basis points keep a percent with two decimals exact; halves round in the visitor's favour. The whole ten-thousands go
 * apart from the rest, because a large total times its basis points would leave the exact integers.
 */
function percentOf(minor: number, percent: number): number {
  const points = Math.min(10_000, Math.round(percent * 100));
  const rest = minor % 10_000;
  return ((minor - rest) / 10_000) * points + Math.round((rest * points) / 10_000);
}
