/** Says each text of a popup: the rule's own where it has one, else the built-in one, with what stands in braces filled in. */

import { formatMoney } from '../../core/money.ts';
import type { Offer } from '../../core/offer.ts';
import type { PopupText } from '../../core/popup.ts';
import type { PopupOptions } from '../bridge.ts';
import type { OwnText } from './texts/built-in.ts';

export type Say = (key: PopupText | OwnText, more?: Record<string, string>) => string;

export interface Words {
  say: Say;
  /** BCP 47 of the words, which may be another language than the reader asked for. */
  locale: string;
  money(amount: number, currency: string): string;
}

export function wordsOf({
  rule,
  shop,
  locale,
  words: builtIn,
}: Pick<PopupOptions, 'rule' | 'shop' | 'locale' | 'words'>): Words {
  const language = locale.split(/[-_]/)[0] ?? '';
  const spoken = builtIn.locale;
  const own = rule.popup.texts?.[locale] ?? rule.popup.texts?.[language] ?? rule.popup.texts?.[spoken] ?? {};
  const { offer } = rule;
  const offered = builtIn.offers[offer.kind];
  const expires = offer.expiresIn ? lasting(offer.expiresIn, spoken) : '';
  const texts: Partial<Record<PopupText | OwnText, string>> = {
    ...builtIn.words,
    ...(offered.button ? { button: offered.button } : {}),
    title: offered.title,
    text: expires && offered.lasting ? offered.lasting : offered.text,
    ...own,
  };
  const money = (amount: number, currency: string): string => formatMoney(amount, currency, spoken);
  const values: Record<string, string> = {
    // The Russian texts bring quotation marks of their own.
    shop: shop.name.replace(/^«([^»]*)»$/, '$1'),
    expires,
    discount: discountText(offer, shop.currency, spoken),
    gift: offer.gift ?? '',
    minOrder: offer.minOrder ? money(offer.minOrder, shop.currency) : '',
  };
  return {
    locale: spoken,
    money,
    say: (key, more) =>
      (texts[key] ?? '').replace(/\{(\w+)\}/g, (whole, name: string) => more?.[name] ?? values[name] ?? whole),
  };
}

function discountText(offer: Offer, currency: string, locale: string): string {
  const value = offer.value ?? 0;
  if (offer.kind === 'fixed') return formatMoney(value, currency, locale);
  if (offer.kind !== 'percent') return '';
  return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 2 }).format(value / 100);
}

const UNITS: Record<string, string> = { s: 'second', m: 'minute', h: 'hour', d: 'day', w: 'week' };

/** "7 days", «7 дней»: in the unit that the rule's author chose. */
function lasting(duration: NonNullable<Offer['expiresIn']>, locale: string): string {
  const unit = UNITS[duration.slice(-1)];
  if (!unit) return '';
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(
    Number.parseInt(duration, 10),
  );
}

/** A moment as the reader's own clock shows it. */
export function momentText(iso: string | undefined, locale: string): string {
  const at = Date.parse(iso ?? '');
  if (Number.isNaN(at)) return '';
  return new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit' }).format(
    at,
  );
}
