/** The days on which people give presents and shops have sales: when they are, what they are called, and until when to order. Data and arithmetic; knows no clock. */

import { civilDay, daysFromCivil, localTime, wallTime } from '../values/calendar.ts';
import { durationMs } from '../values/duration.ts';
import type { Locale } from '../values/locale.ts';
import { type Entry, USUAL_HOUR } from './flow.ts';

export const HOLIDAY_KEYS = [
  'new-year',
  'orthodox-christmas',
  'valentines-day',
  'defenders-day',
  'womens-day',
  'easter',
  'orthodox-easter',
  'mothers-day',
  'fathers-day',
  'childrens-day',
  'knowledge-day',
  'teachers-day',
  'halloween',
  'singles-day',
  'black-friday',
  'cyber-monday',
  'st-nicholas-day',
  'christmas',
] as const;
export type HolidayKey = (typeof HOLIDAY_KEYS)[number];

/** `MM-DD`; the nth (the last: -1) weekday of a month, 1 (Monday) – 7, a week later where it falls on `unless`; or so many days from Easter. `plus`: days after it. */
type When =
  | string
  | { nth: number; weekday: number; month: number; plus?: number; unless?: When }
  | { easter: 'western' | 'orthodox'; plus?: number };

export interface Holiday {
  names: Record<Locale, string>;
  /** How many days ahead one writes of it, where a flow says nothing else. */
  ahead: number;
  /** Presents for others; else something for oneself, at a better price. */
  gifts: boolean;
  when: When;
  /** Where it is another day, by ISO 3166 country. */
  elsewhere?: Readonly<Record<string, When>>;
}

const sunday = (nth: number, month: number): When => ({ nth, weekday: 7, month });
const western = (plus: number): When => ({ easter: 'western', plus });
const THANKSGIVING = { nth: 4, weekday: 4, month: 11 };

/** Each `where` maps countries that keep the same day. */
const where = (...days: readonly (readonly [string, When])[]): Record<string, When> =>
  Object.fromEntries(days.flatMap(([countries, when]) => countries.split(' ').map((country) => [country, when])));

export const HOLIDAYS: Record<HolidayKey, Holiday> = {
  'new-year': { names: { en: 'New Year', ru: 'Новый год' }, ahead: 21, gifts: true, when: '01-01' },
  'orthodox-christmas': { names: { en: 'Orthodox Christmas', ru: 'Рождество' }, ahead: 14, gifts: true, when: '01-07' },
  'valentines-day': {
    names: { en: 'Valentine’s Day', ru: 'День святого Валентина' },
    ahead: 10,
    gifts: true,
    when: '02-14',
  },
  'defenders-day': {
    names: { en: 'Defender of the Fatherland Day', ru: '23 Февраля' },
    ahead: 10,
    gifts: true,
    when: '02-23',
  },
  'womens-day': { names: { en: 'International Women’s Day', ru: '8 Марта' }, ahead: 12, gifts: true, when: '03-08' },
  easter: { names: { en: 'Easter', ru: 'Пасха' }, ahead: 12, gifts: true, when: western(0) },
  'orthodox-easter': {
    names: { en: 'Orthodox Easter', ru: 'Пасха' },
    ahead: 12,
    gifts: true,
    when: { easter: 'orthodox' },
  },
  'mothers-day': {
    names: { en: 'Mother’s Day', ru: 'День матери' },
    ahead: 14,
    gifts: true,
    when: sunday(2, 5),
    elsewhere: where(
      ['GB IE', western(-21)],
      ['FR', { nth: -1, weekday: 7, month: 5, unless: western(49) }],
      ['SE', sunday(-1, 5)],
      ['ES PT HU LT RO', sunday(1, 5)],
      ['PL', '05-26'],
      ['MX', '05-10'],
      ['RU', sunday(-1, 11)],
      ['BY', '10-14'],
      ['KZ', sunday(3, 9)],
      ['NO', sunday(2, 2)],
      ['GE', '03-03'],
      ['AR', sunday(3, 10)],
    ),
  },
  'fathers-day': {
    names: { en: 'Father’s Day', ru: 'День отца' },
    ahead: 14,
    gifts: true,
    when: sunday(3, 6),
    elsewhere: where(
      // Ascension Day.
      ['DE', western(39)],
      ['AT BE', sunday(2, 6)],
      ['CH', sunday(1, 6)],
      ['IT ES PT', '03-19'],
      ['DK', '06-05'],
      ['PL', '06-23'],
      ['BR', sunday(2, 8)],
      ['AU NZ', sunday(1, 9)],
      ['SE NO FI EE IS', sunday(2, 11)],
      ['RU', sunday(3, 10)],
      ['BY', '10-21'],
    ),
  },
  'childrens-day': { names: { en: 'Children’s Day', ru: 'День защиты детей' }, ahead: 10, gifts: true, when: '06-01' },
  'knowledge-day': { names: { en: 'Back to school', ru: 'День знаний' }, ahead: 14, gifts: false, when: '09-01' },
  'teachers-day': { names: { en: 'Teachers’ Day', ru: 'День учителя' }, ahead: 10, gifts: true, when: '10-05' },
  halloween: { names: { en: 'Halloween', ru: 'Хеллоуин' }, ahead: 10, gifts: false, when: '10-31' },
  'singles-day': { names: { en: 'Singles’ Day', ru: 'Распродажа 11.11' }, ahead: 1, gifts: false, when: '11-11' },
  'black-friday': {
    names: { en: 'Black Friday', ru: 'Чёрная пятница' },
    ahead: 1,
    gifts: false,
    when: { ...THANKSGIVING, plus: 1 },
  },
  'cyber-monday': {
    names: { en: 'Cyber Monday', ru: 'Киберпонедельник' },
    ahead: 0,
    gifts: false,
    when: { ...THANKSGIVING, plus: 4 },
  },
  'st-nicholas-day': {
    names: { en: 'St Nicholas Day', ru: 'День святого Николая' },
    ahead: 10,
    gifts: true,
    when: '12-06',
  },
  christmas: { names: { en: 'Christmas', ru: 'Рождество' }, ahead: 21, gifts: true, when: '12-25' },
};

/** What the shop says of holidays. */
export interface HolidaySettings {
  /** ISO 3166, where its people live; null: what its locale says. */
  country: string | null;
  /** Working days (Monday – Friday) from an order to its delivery; null: not told, and no letter promises a day. */
  deliveryDays: number | null;
  /** The last day to order by, in days before the holiday, where the days of delivery don't say it. */
  lastOrder: { [key in HolidayKey]?: number };
  /** Categories that the gift guide of a holiday is made from; the whole shop's best where none are named. */
  guide: { [key in HolidayKey]?: string[] };
}

export const NO_HOLIDAYS: HolidaySettings = { country: null, deliveryDays: null, lastOrder: {}, guide: {} };

/** What is said anew, over what was said; null takes back. */
export interface HolidayPatch {
  country?: string | null;
  deliveryDays?: number | null;
  lastOrder?: { [key in HolidayKey]?: number | null };
  guide?: { [key in HolidayKey]?: string[] | null };
}

export const patchedHolidays = (said: HolidaySettings, patch: HolidayPatch = {}): HolidaySettings => ({
  country: patch.country === undefined ? said.country : patch.country,
  deliveryDays: patch.deliveryDays === undefined ? said.deliveryDays : patch.deliveryDays,
  lastOrder: overlaid(said.lastOrder, patch.lastOrder),
  guide: overlaid(said.guide, patch.guide),
});

const overlaid = <Value>(
  said: { [key in HolidayKey]?: Value },
  anew: { [key in HolidayKey]?: Value | null } = {},
): { [key in HolidayKey]?: Value } =>
  Object.fromEntries(Object.entries({ ...said, ...anew }).filter(([, value]) => value !== null));

/** The days as one shop keeps them. */
export interface HolidayCalendar extends Pick<HolidaySettings, 'deliveryDays' | 'lastOrder'> {
  country: string;
}

/** Where most of those live who read a language that is told without a country. */
const HOMES: Readonly<Record<string, string>> = {
  en: 'US',
  uk: 'UA',
  be: 'BY',
  kk: 'KZ',
  cs: 'CZ',
  da: 'DK',
  sv: 'SE',
  el: 'GR',
};

export const calendarOf = ({ country, deliveryDays, lastOrder }: HolidaySettings, locale: string): HolidayCalendar => ({
  country: country ?? countryOf(locale),
  deliveryDays,
  lastOrder,
});

function countryOf(locale: string): string {
  const [language = '', ...rest] = locale.split(/[-_]/);
  const region = rest.find((part) => /^[a-z]{2}$/i.test(part));
  return (region ?? HOMES[language.toLowerCase()] ?? language).toUpperCase();
}

/** Where people give presents on New Year's Eve, and on the days of men and of women. */
const EASTERN = ['RU', 'BY', 'KZ', 'KG', 'UZ', 'TJ', 'TM', 'AM', 'AZ'];

/** The days for presents that are usual in a country. */
export const usualHolidays = (country: string): readonly HolidayKey[] =>
  EASTERN.includes(country)
    ? ['new-year', 'valentines-day', 'defenders-day', 'womens-day']
    : ['valentines-day', 'mothers-day', 'fathers-day', 'christmas'];

/** Days since 1970-01-01. */
export function holidayDay(key: HolidayKey, year: number, country: string): number {
  const { when, elsewhere = {} } = HOLIDAYS[key];
  return dayOf(elsewhere[country] ?? when, year);
}

function dayOf(when: When, year: number): number {
  if (typeof when === 'string') {
    const [month = 1, day = 1] = when.split('-').map(Number);
    return daysFromCivil(year, month, day);
  }
  if ('easter' in when)
    return (when.easter === 'western' ? westernEaster(year) : orthodoxEaster(year)) + (when.plus ?? 0);
  const { nth, weekday, month, plus = 0, unless } = when;
  const day = nth > 0 ? firstOn(weekday, year, month) + 7 * (nth - 1) : firstOn(weekday, year, month + 1) + 7 * nth;
  return day + plus + (unless !== undefined && dayOf(unless, year) === day ? 7 : 0);
}

/** 1970-01-01 was a Thursday. */
const weekdayOf = (day: number): number => ((((day + 3) % 7) + 7) % 7) + 1;

function firstOn(weekday: number, year: number, month: number): number {
  const first = daysFromCivil(year, month, 1);
  return first + ((weekday - weekdayOf(first) + 7) % 7);
}

/** Gauss's rule as Meeus, Jones and Butcher have it (Astronomical Algorithms, chapter 8). */
function westernEaster(year: number): number {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const e = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - d - (c % 4)) % 7;
  const f = d + e - 7 * Math.floor((a + 11 * d + 22 * e) / 451) + 114;
  return daysFromCivil(year, Math.floor(f / 31), (f % 31) + 1);
}

/** Meeus's Julian rule, moved by the 13 days between the calendars (1900 – 2099). */
function orthodoxEaster(year: number): number {
  const d = (19 * (year % 19) + 15) % 30;
  const e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7;
  const f = d + e + 114;
  return daysFromCivil(year, Math.floor(f / 31), (f % 31) + 1) + 13;
}

/** The last day to order by for delivery on the eve at the latest; null where nobody knows how long delivery takes, or there is nothing to give. */
export function lastOrderDay(
  key: HolidayKey,
  day: number,
  { deliveryDays, lastOrder }: HolidayCalendar,
): number | null {
  if (!HOLIDAYS[key].gifts) return null;
  const said = lastOrder[key];
  if (said !== undefined) return day - said;
  if (deliveryDays === null) return null;
  let order = day - 1;
  for (let left = deliveryDays; left > 0; order -= 1) if (weekdayOf(order) <= 5) left -= 1;
  return order;
}

export type HolidayEntry = Extract<Entry, { on: 'holiday' }>;

export interface HolidayMoment {
  holiday: HolidayKey;
  year: number;
  /** ms since the epoch. */
  at: number;
}

const DAY_MS = 86_400_000;

/** When such a flow begins for somebody in this zone, in [from, until), the earliest first. */
export function holidayMoments(
  { holidays, of, before, at = USUAL_HOUR }: HolidayEntry,
  calendar: HolidayCalendar,
  { zone, from, until }: { zone: string; from: number; until: number },
): HolidayMoment[] {
  const moments: HolidayMoment[] = [];
  const years = [localTime(from, zone).year, localTime(until, zone).year + 1] as const;
  for (const holiday of holidays ?? usualHolidays(calendar.country)) {
    for (let year = years[0]; year <= years[1]; year += 1) {
      const day = holidayDay(holiday, year, calendar.country);
      const counted = of === 'last_order' ? lastOrderDay(holiday, day, calendar) : day;
      if (counted === null) continue;
      const ahead = before
        ? Math.round(durationMs(before) / DAY_MS)
        : of === 'last_order'
          ? 0
          : HOLIDAYS[holiday].ahead;
      const moment = wallTime(`${civilDay(counted - ahead)}T${at}`, zone);
      if (moment >= from && moment < until) moments.push({ holiday, year, at: moment });
    }
  }
  return moments.sort((one, other) => one.at - other.at);
}

/** Which holiday of which year, as chains and entries name it: `christmas:2026`. */
export const holidayThing = ({ holiday, year }: Pick<HolidayMoment, 'holiday' | 'year'>): string =>
  `${holiday}:${year}`;

export function holidayOfThing(thing: string | null): Pick<HolidayMoment, 'holiday' | 'year'> | null {
  const [, key, year] = /^([a-z-]+):(\d{4})$/.exec(thing ?? '') ?? [];
  const holiday = HOLIDAY_KEYS.find((one) => one === key);
  return holiday ? { holiday, year: Number(year) } : null;
}

export interface KeptHoliday {
  key: HolidayKey;
  names: Record<Locale, string>;
  gifts: boolean;
  ahead: number;
  /** `YYYY-MM-DD`. */
  day: string;
  lastOrderDay: string | null;
}

/** The day of one year as the shop keeps it. */
export function keptHoliday(
  { holiday: key, year }: Pick<HolidayMoment, 'holiday' | 'year'>,
  calendar: HolidayCalendar,
): KeptHoliday {
  const { names, gifts, ahead } = HOLIDAYS[key];
  const day = holidayDay(key, year, calendar.country);
  const last = lastOrderDay(key, day, calendar);
  return { key, names, gifts, ahead, day: civilDay(day), lastOrderDay: last === null ? null : civilDay(last) };
}

/** Each holiday's next day from `today` (`YYYY-MM-DD`) on, the nearest first. */
export function holidaysAhead(calendar: HolidayCalendar, today: string): KeptHoliday[] {
  const year = Number(today.slice(0, 4));
  return HOLIDAY_KEYS.flatMap((holiday) => {
    const next = [year, year + 1]
      .map((one) => keptHoliday({ holiday, year: one }, calendar))
      .find(({ day }) => day >= today);
    return next ? [next] : [];
  }).sort((one, other) => (one.day < other.day ? -1 : 1));
}
