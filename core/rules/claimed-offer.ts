/** The offer as a visit claims it: the page shows prices by it, and the server keeps it with the code. */

import { cartValue, MOST_OFFERED, offeredItems, type VisitState } from '../visits/visit.ts';
import type { Condition } from './condition.ts';
import type { ClaimedOffer, Offer, OfferTarget } from './offer.ts';
import type { Rule } from './rule.ts';

export function claimedOffer(offer: Offer, visit: VisitState, currency: string): ClaimedOffer {
  const things = offer.on === 'cart' ? visit.cart : offeredItems(visit, MOST_OFFERED);
  const cart = offer.tiers ? cartValue(visit, currency) : null;
  const { claimed = {}, ...meant } = offerOn(offer, things);
  return cart === null ? offerOn(offer, things) : { ...meant, claimed: { ...claimed, cart } };
}

/** The offer on these things, where it isn't for whole orders. */
export const offerOn = (offer: Offer, things: readonly { id: string }[]): ClaimedOffer =>
  (offer.on ?? 'order') === 'order'
    ? offer
    : { ...offer, claimed: { items: [...new Set(things.map(({ id }) => id))] } };

/** An offer on certain things means nothing to who has none of them. Held against all arms alike, so that they stay comparable. */
export function thingsCondition({
  offer,
  variants = [],
}: Pick<Rule, 'offer'> & Partial<Pick<Rule, 'variants'>>): Condition | null {
  const targets: (OfferTarget | undefined)[] = [offer.on, ...variants.map((one) => one.offer?.on)];
  if (targets.includes('cart')) return ['carted', '>=', 1];
  return targets.includes('items')
    ? {
        any: [
          ['carted', '>=', 1],
          ['viewed', '>=', 1],
        ],
      }
    : null;
}
