/** Items made fit to print: guarded links, formatted prices, what is left of them. */

import { priceUnderOffer } from '../core/rules/offer.ts';
import { cleanText } from './clean-text.ts';
import { formatAverage, formatSum } from './format.ts';
import type { LetterItem, LetterProps } from './letter.ts';
import { safeUrl } from './safe-url.ts';

export interface ItemView {
  title: string;
  url: string | null;
  image: string | null;
  /** What it costs, under the offer where that is known; null where the page named no price. */
  price: string | null;
  /** The price before, or null where nothing changed it. */
  was: string | null;
  /** Whether it is the offer that lowers the price. */
  reduced: boolean;
  /** More than one, or null. */
  quantity: number | null;
  stockLeft: number | null;
  description: string | null;
  rating: { average: string; count: number } | null;
}

/** "Only 5 left" is worth knowing; "only 40 left" is pressure. */
const FEW = 5;

export function itemView(
  item: LetterItem,
  { offer, code, currency: shopCurrency, locale }: Pick<LetterProps, 'offer' | 'code' | 'currency' | 'locale'>,
): ItemView {
  // A shop counts in its own currency wherever a page shows a bare number.
  const currency = cleanText(item.currency ?? shopCurrency, 3);
  const money = (amount: number): string => formatSum(amount, currency, locale);
  const { price, was, quantity, stockLeft, description, rating } = item;
  const under = code ? priceUnderOffer(item, offer, currency) : null;
  const now = price !== null && under !== null && under < price ? under : price;
  const before = Math.max(price ?? 0, was ?? 0);
  return {
    title: cleanText(item.title, 120),
    url: safeUrl(item.url),
    image: safeUrl(item.image),
    price: now === null ? null : money(now),
    was: now !== null && before > now ? money(before) : null,
    reduced: now !== price,
    quantity: isCount(quantity) && quantity > 1 ? quantity : null,
    stockLeft: isCount(stockLeft) && stockLeft <= FEW ? stockLeft : null,
    description: cleanText(description ?? '', 300) || null,
    rating:
      rating && isCount(rating.count) ? { average: formatAverage(rating.average, locale), count: rating.count } : null,
  };
}

const isCount = (value: number | undefined): value is number =>
  value !== undefined && Number.isSafeInteger(value) && value > 0;
