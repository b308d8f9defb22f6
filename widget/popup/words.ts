/** Says each text of a popup: the rule's own where it has one, else the built-in one, with what stands in braces filled in. */

import type { Offer } from '../../core/rules/offer.ts';
import type { PopupText } from '../../core/rules/popup.ts';
import type { Speech, Words } from '../bridge.ts';
import type { BuiltIn } from './texts/built-in.ts';

/** How a popup speaks whose built-in language this is. Part of each language's chunk: the popup itself knows none. */
export const speaking =
  (builtIn: BuiltIn) =>
  ({ rule, shop, locale, more, numbers }: Speech): Words => {
    const language = locale.split(/[-_]/)[0] ?? '';
    const named = rule.popup.texts ?? {};
    const spoken = [locale, language].find((tag) => named[tag]) ?? builtIn.locale;
    const own = named[spoken] ?? {};
    const { offer } = rule;
    const offered = builtIn.offers[offer.kind];
    const money = (amount: number, currency: string): string => numbers.money(amount, currency, spoken);
    const counted = (count: number, unit: string): string => numbers.count(count, unit, spoken);
    const { kind, value = 0, expiresIn } = offer;
    const expires = expiresIn ? lasting(expiresIn, counted) : '';
    const texts: Partial<Record<PopupText, string>> = {
      ...builtIn.words,
      ...more?.words,
      ...more?.offers[offer.kind],
      ...(rule.popup.fields && more?.withFields),
      ...(offered.button ? { button: offered.button } : {}),
      title: offered.title,
      text: expires && offered.lasting ? offered.lasting : offered.text,
      ...own,
    };
    const values: Record<string, string> = {
      // The Russian texts bring quotation marks of their own.
      shop: shop.name.replace(/^«([^»]*)»$/, '$1'),
      expires,
      discount:
        kind === 'fixed' ? money(value, shop.currency) : kind === 'percent' ? numbers.percent(value, spoken) : '',
      gift: offer.gift ?? '',
      except: [...(offer.exclude?.categories ?? []), ...(offer.exclude?.reduced ? [texts.reduced] : [])].join(', '),
      minOrder: offer.minOrder ? money(offer.minOrder, shop.currency) : '',
    };
    return {
      locale: spoken,
      direction: RIGHT_TO_LEFT.test(spoken) ? 'rtl' : 'ltr',
      money,
      moment: (iso) => momentText(iso, spoken),
      left: (iso, now) => remaining(iso, now, counted),
      say: (key, more) =>
        (texts[key] ?? '').replace(/\{(\w+)\}/g, (whole, name: string) => more?.[name] ?? values[name] ?? whole),
    };
  };

/** Languages whose usual script runs from right to left. */
const RIGHT_TO_LEFT = /^(ar|ckb|dv|fa|he|ps|sd|ug|ur|yi)\b/;

type Counted = (count: number, unit: string) => string;

const UNITS: Record<string, string> = { s: 'second', m: 'minute', h: 'hour', d: 'day', w: 'week' };

/** "7 days", «7 дней»: in the unit that the rule's author chose, and on one line. */
function lasting(duration: NonNullable<Offer['expiresIn']>, counted: Counted): string {
  const unit = UNITS[duration.slice(-1)];
  return unit ? counted(Number.parseInt(duration, 10), unit).replace(' ', '\u00a0') : '';
}

/** "6 days 23 hours", and "05:59:07" on the last day; "" where the end is unknown or over. */
export function remaining(iso: string | undefined, now: number, counted: Counted): string {
  const seconds = Math.floor((Date.parse(iso ?? '') - now) / 1_000);
  if (!(seconds > 0)) return '';
  const [days, hours] = [Math.floor(seconds / 86_400), Math.floor(seconds / 3_600) % 24];
  if (days) return `${counted(days, 'day')} ${counted(hours, 'hour')}`;
  return [hours, Math.floor(seconds / 60) % 60, seconds % 60].map((part) => `${part}`.padStart(2, '0')).join(':');
}

/** A moment as the reader's own clock shows it. */
function momentText(iso: string | undefined, locale: string): string {
  const at = Date.parse(iso ?? '');
  if (Number.isNaN(at)) return '';
  return new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', hour: 'numeric', minute: '2-digit' }).format(
    at,
  );
}
