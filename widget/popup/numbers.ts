/** Writes amounts and spans of time as `Intl` does, and without it in the languages whose words are built in: a page's first number format takes a browser as long as all the rest of a popup. */

import { formatMoney, toMinor } from '../../core/values/money.ts';
import type { Numbers } from '../bridge.ts';

/** What stands before the fraction, and between thousands. */
const MARKS: Record<string, [point: string, group: string]> = { en: ['.', ','], ru: [',', '\u00a0'] };

/** Of currencies with two minor digits. */
const SIGNS: Record<string, string> = { USD: '$', EUR: '€', GBP: '£', RUB: '₽' };

const MOST = 1e12;

const FORMS: Record<string, Record<string, string[]>> = {
  en: {
    second: ['second', 'seconds'],
    minute: ['minute', 'minutes'],
    hour: ['hour', 'hours'],
    day: ['day', 'days'],
    week: ['week', 'weeks'],
  },
  ru: {
    second: ['секунда', 'секунды', 'секунд'],
    minute: ['минута', 'минуты', 'минут'],
    hour: ['час', 'часа', 'часов'],
    day: ['день', 'дня', 'дней'],
    week: ['неделя', 'недели', 'недель'],
  },
};

export const numbers: Numbers = {
  money(amount, currency, locale) {
    const [point, group] = MARKS[locale] ?? [];
    const sign = SIGNS[currency];
    if (!point || !group || !sign || !(amount >= 0 && amount < MOST)) return formatMoney(amount, currency, locale);
    const minor = `${toMinor(amount, currency)}`.padStart(3, '0');
    const whole = minor.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, group);
    const text = Number.isInteger(amount) ? whole : whole + point + minor.slice(-2);
    return locale === 'en' ? sign + text : `${text}\u00a0${sign}`;
  },
  percent(value, locale) {
    const [point] = MARKS[locale] ?? [];
    if (!point)
      return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 2 }).format(value / 100);
    // Without the zeros that nobody writes.
    return `${Number(value.toFixed(2))}`.replace('.', point) + (locale === 'en' ? '%' : '\u00a0%');
  },
  count(count, unit, locale) {
    const forms = FORMS[locale]?.[unit];
    if (!forms) return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(count);
    return `${count} ${forms[locale === 'en' ? Number(count !== 1) : slavic(count)]}`;
  },
};

/** https://www.unicode.org/cldr/charts/latest/supplemental/language_plural_rules.html#ru */
function slavic(count: number): number {
  const [last, teen] = [count % 10, Math.floor(count / 10) % 10 === 1];
  if (last === 1 && !teen) return 0;
  return last > 1 && last < 5 && !teen ? 1 : 2;
}
