/** What a thing costs under an offer, as far as a popup may promise it. */

import type { Item } from '../../core/catalogue/item.ts';
import { type ClaimedOffer, priceUnderOffer } from '../../core/rules/offer.ts';

export const reducedBy =
  (offer: ClaimedOffer) =>
  (item: Item): number | null =>
    item.currency ? priceUnderOffer(item, offer, item.currency) : null;
