/** Money, days and moments as readers of a letter write them. Builds each formatter once: making one costs more than a letter. */

import { isTimeZone } from '../core/values/calendar.ts';
import type { Locale } from '../core/values/locale.ts';
import { WORDS } from './words/by-locale.ts';

const SHAPES = {
  day: { day: 'numeric', month: 'long' },
  date: { day: 'numeric', month: 'long', year: 'numeric' },
  time: { hour: 'numeric', minute: '2-digit' },
  zone: { hour: 'numeric', timeZoneName: 'shortGeneric' },
} satisfies Record<string, Intl.DateTimeFormatOptions>;

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(shape: keyof typeof SHAPES, locale: Locale, zone: string): Intl.DateTimeFormat {
  const key = `${shape} ${locale} ${zone}`;
  const format = formats.get(key) ?? new Intl.DateTimeFormat(locale, { ...SHAPES[shape], timeZone: zone });
  formats.set(key, format);
  return format;
}

/** Dates of one reader. A zone that nobody knows is UTC. */
export interface Dates {
  /** "November 29". */
  day(at: number): string;
  /** "November 28 – 30", or one day where both are the same or only one is known; null where none is. */
  span(from: number | undefined, to: number | undefined): string | null;
  /** Date, time and zone. */
  moment(at: number): string;
}

export function datesOf(locale: Locale, timeZone: string): Dates {
  const zone = isTimeZone(timeZone) ? timeZone : 'UTC';
  const write = (shape: keyof typeof SHAPES, at: number): string => formatOf(shape, locale, zone).format(at);
  return {
    day: (at) => write('day', at),
    span: (from, to) => {
      if (from === undefined || to === undefined) {
        const at = from ?? to;
        return at === undefined ? null : write('day', at);
      }
      return formatOf('day', locale, zone).formatRange(Math.min(from, to), Math.max(from, to));
    },
    moment: (at) => {
      const parts = formatOf('zone', locale, zone).formatToParts(at);
      const name = parts.find((part) => part.type === 'timeZoneName')?.value ?? zone;
      return WORDS[locale].moment(write('date', at), write('time', at), name === 'GMT+0' ? 'UTC' : name);
    },
  };
}

const percents = new Map<Locale, Intl.NumberFormat>();

/** 12.5 as "12.5%". */
export function formatPercent(value: number, locale: Locale): string {
  const format = percents.get(locale) ?? new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 2 });
  percents.set(locale, format);
  return format.format(value / 100);
}

const averages = new Map<Locale, Intl.NumberFormat>();

/** 4.666 as "4.7". */
export function formatAverage(value: number, locale: Locale): string {
  const format = averages.get(locale) ?? new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  averages.set(locale, format);
  return format.format(value);
}

const sums = new Map<string, Intl.NumberFormat>();
/** Currencies are text from outside: more formats than any server needs are not kept. */
const MAX_SUMS = 200;

/** As core's `formatMoney` writes it, for pages where one is written; here thousands are. */
export function formatSum(amount: number, currency: string, locale: Locale): string {
  const whole = Number.isInteger(amount);
  const key = `${locale} ${currency} ${whole}`;
  try {
    const format =
      sums.get(key) ??
      new Intl.NumberFormat(locale, {
        style: 'currency',
        currency,
        currencyDisplay: 'narrowSymbol',
        ...(whole ? { minimumFractionDigits: 0, maximumFractionDigits: 0 } : {}),
      });
    if (sums.size >= MAX_SUMS) sums.clear();
    sums.set(key, format);
    return format.format(amount);
  } catch {
    return `${amount} ${currency}`;
  }
}
