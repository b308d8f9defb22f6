/** What the sentences of a letter may speak of, from its props and what was made of them. */

import type { Offer } from '../core/rules/offer.ts';
import { cleanText } from './clean-text.ts';
import type { Dates } from './format.ts';
import type { LetterProps } from './letter.ts';
import type { Story } from './story.ts';
import type { Told } from './words/words.ts';

export function toldOf(
  { shop, offer, promise, expiresAt, holiday, ends, points, download, keptUntil, locale }: LetterProps,
  { code, items, goals, stars, order, recommended, reviews, replyTo, answer, referralUrl }: Omit<Story, 'told'>,
  amount: (offer: Offer) => string,
  { day }: Dates,
): Told {
  const what = cleanText(ends?.what ?? '', 80);
  const feast = cleanText(holiday?.name ?? '', 60);
  return {
    shop: cleanText(shop.name, 80),
    kind: code ? offer.kind : 'none',
    amount: amount(offer),
    promised: promise && promise.kind !== 'none' ? { kind: promise.kind, amount: amount(promise) } : null,
    day: code && expiresAt !== null ? day(expiresAt) : null,
    count: items.length,
    first: cleanText(items[0]?.title ?? '', 48),
    priced: items.some((item) => item.reduced),
    order,
    recommended: recommended?.items.length ?? 0,
    category: recommended?.category ?? '',
    because: recommended?.reason ?? null,
    reviews: reviews.length,
    stars: stars !== null,
    referral: referralUrl !== null,
    replyTo: replyTo !== null,
    answered: answer !== null,
    holiday: feast
      ? {
          name: feast,
          lastDay: holiday?.lastOrderDay === undefined ? null : day(holiday.lastOrderDay),
          sale: holiday?.sale ?? false,
          apart: holiday?.apart ?? false,
        }
      : null,
    ends: ends && what ? { what, day: day(ends.at), daysLeft: ends.daysLeft } : null,
    points: points
      ? {
          amount: new Intl.NumberFormat(locale).format(points.amount),
          count: points.amount,
          day: day(points.expiresAt),
        }
      : null,
    download: goals['to-download'] ? cleanText(download?.title ?? '', 80) : '',
    keptDay: keptUntil === undefined ? null : day(keptUntil),
  };
}
