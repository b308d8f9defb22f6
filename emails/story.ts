/** A letter's props made fit to print: clean texts, guarded links, formatted money and time. Chooses no words. */

import { isTimeZone } from '../core/calendar.ts';
import type { Item } from '../core/item.ts';
import type { Locale } from '../core/locale.ts';
import { formatMoney } from '../core/money.ts';
import { type Offer, priceUnderOffer } from '../core/offer.ts';
import { cleanText } from './clean-text.ts';
import type { LetterProps } from './letter.ts';
import { withQuery } from './links.ts';
import { safeUrl } from './safe-url.ts';
import { WORDS } from './words/by-locale.ts';
import type { Told, Words } from './words/words.ts';

/** More would bury the code. */
const MAX_ITEMS = 5;

export interface Story {
  words: Words;
  told: Told;
  name: string | null;
  code: string | null;
  /** When the code expires: date, time and zone. */
  moment: string | null;
  minOrder: string | null;
  items: ItemView[];
  /** Where the button leads: the first item with a usable link, else the shop. */
  shopUrl: string | null;
  /** Where a tap on a number leads, or null where none is asked for. */
  scores: ((score: number) => string) | null;
}

export interface ItemView {
  title: string;
  url: string | null;
  image: string | null;
  /** What it costs, under the offer where that is known; null where the page named no price. */
  price: string | null;
  /** The price before, or null where the offer does not change it. */
  was: string | null;
}

export function storyOf(props: LetterProps): Story {
  const { locale, offer, shop } = props;
  const currency = cleanText(props.currency, 3);
  const code = cleanText(props.code ?? '', 64) || null;
  const items = props.items.slice(0, MAX_ITEMS).map((item) => viewOf(item, props));
  const scoreUrl = safeUrl(props.scoreUrl);
  const moment = code && props.expiresAt !== null ? momentOf(props.expiresAt, props) : null;
  return {
    words: WORDS[locale],
    told: {
      shop: cleanText(shop.name, 80),
      kind: code ? offer.kind : 'none',
      amount: amountOf(offer, currency, locale),
      count: items.length,
      first: cleanText(items[0]?.title ?? '', 48),
      priced: items.some((item) => item.was !== null),
      day: moment?.day ?? null,
    },
    name: cleanText(props.name ?? '', 40) || null,
    code,
    moment: moment?.text ?? null,
    minOrder: code && offer.minOrder ? formatMoney(offer.minOrder, currency, locale) : null,
    items,
    shopUrl: safeUrl(props.buttonUrl) ?? items.find((item) => item.url)?.url ?? safeUrl(shop.url),
    scores: scoreUrl ? (score) => withQuery(scoreUrl, [['score', String(score)]]) : null,
  };
}

function viewOf(item: Item, { offer, code, currency: shopCurrency, locale }: LetterProps): ItemView {
  // A shop counts in its own currency wherever a page shows a bare number.
  const currency = cleanText(item.currency ?? shopCurrency, 3);
  const money = (amount: number): string => formatMoney(amount, currency, locale);
  const reduced = code ? priceUnderOffer(item.price, offer, currency) : null;
  const lower = item.price !== null && reduced !== null && reduced < item.price;
  return {
    title: cleanText(item.title, 120),
    url: safeUrl(item.url),
    image: safeUrl(item.image),
    price: item.price === null ? null : money(lower ? reduced : item.price),
    was: lower && item.price !== null ? money(item.price) : null,
  };
}

function amountOf(offer: Offer, currency: string, locale: Locale): string {
  switch (offer.kind) {
    case 'percent':
      return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 2 }).format(
        (offer.value ?? 0) / 100,
      );
    case 'fixed':
      return formatMoney(offer.value ?? 0, currency, locale);
    case 'gift':
      return cleanText(offer.gift ?? '', 60);
    case 'shipping':
    case 'none':
      return '';
  }
}

function momentOf(at: number, { locale, timeZone: zone }: LetterProps): { day: string; text: string } {
  const timeZone = isTimeZone(zone) ? zone : 'UTC';
  const write = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone });
  const date = write({ day: 'numeric', month: 'long', year: 'numeric' }).format(at);
  const time = write({ hour: 'numeric', minute: '2-digit' }).format(at);
  const parts = write({ hour: 'numeric', timeZoneName: 'shortGeneric' }).formatToParts(at);
  const name = parts.find((part) => part.type === 'timeZoneName')?.value ?? timeZone;
  return {
    day: write({ day: 'numeric', month: 'long' }).format(at),
    text: WORDS[locale].moment(date, time, name === 'GMT+0' ? 'UTC' : name),
  };
}
