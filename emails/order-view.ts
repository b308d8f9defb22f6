/** An order made fit to print: its lines, its sums, its dates, its links. */

import { cleanText } from './clean-text.ts';
import { type Dates, formatSum } from './format.ts';
import { type ItemView, itemView } from './item-view.ts';
import type { LetterOrder, LetterProps } from './letter.ts';
import { safeUrl } from './safe-url.ts';
import type { ToldOrder } from './words/words.ts';

/** Longer orders are told by their sum. */
const MAX_LINES = 20;

export interface OrderView extends ToldOrder {
  lines: ItemView[];
  total: string;
  tracking: string | null;
  payUrl: string | null;
  trackingUrl: string | null;
}

export function orderView(order: LetterOrder, dates: Dates, { locale }: Pick<LetterProps, 'locale'>): OrderView {
  const currency = cleanText(order.currency, 3);
  const money = (amount: number): string => formatSum(amount, currency, locale);
  const sum = (amount: number | undefined): string | null => (amount ? money(amount) : null);
  const day = (at: number | undefined): string | null => (at === undefined ? null : dates.day(at));
  const plain = { offer: { kind: 'none' as const }, code: null, currency, locale };
  return {
    number: cleanText(order.number, 40),
    lines: order.items
      .slice(0, MAX_LINES)
      .map(({ url, ...line }) => itemView({ ...line, id: '', currency, url: url ?? '' }, plain)),
    total: money(order.total),
    due: sum(order.due),
    refunded: sum(order.refunded),
    payDay: day(order.payBefore),
    delivery: day(order.delayedUntil) ?? dates.span(order.deliveryFrom, order.deliveryTo),
    delayedDay: day(order.delayedUntil),
    tracking: cleanText(order.tracking ?? '', 64) || null,
    payUrl: safeUrl(order.payUrl),
    trackingUrl: safeUrl(order.trackingUrl),
  };
}
