/** The days on which people give presents and shops have sales: when they are and what they are called. Data alone. */

import type { Locale } from '../values/locale.ts';

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
export type When =
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

/** Where people give presents on New Year's Eve, and on the days of men and of women. */
const EASTERN = ['RU', 'BY', 'KZ', 'KG', 'UZ', 'TJ', 'TM', 'AM', 'AZ'];

/** The days for presents that are usual in a country. */
export const usualHolidays = (country: string): readonly HolidayKey[] =>
  EASTERN.includes(country)
    ? ['new-year', 'valentines-day', 'defenders-day', 'womens-day']
    : ['valentines-day', 'mothers-day', 'fathers-day', 'christmas'];
