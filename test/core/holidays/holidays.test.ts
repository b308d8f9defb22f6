import { describe, expect, it } from 'vitest';
import { HOLIDAY_KEYS, HOLIDAYS, usualHolidays } from '../../../core/holidays/holiday.ts';
import { holidayDay } from '../../../core/holidays/holiday-day.ts';
import { holidayMoments, holidayOfThing, holidayThing } from '../../../core/holidays/holiday-moments.ts';
import {
  calendarOf,
  type HolidayCalendar,
  NO_HOLIDAYS,
  patchedHolidays,
} from '../../../core/holidays/holiday-settings.ts';
import { holidaysAhead, lastOrderDay } from '../../../core/holidays/kept-holiday.ts';
import { civilDay, daysFromCivil, localDay } from '../../../core/values/calendar.ts';
import { HOLIDAY_DAYS, LAST_ORDERS } from '../../cases/holidays.ts';

const US: HolidayCalendar = { country: 'US', deliveryDays: null, lastOrder: {} };
const dayNumber = (day: string): number => {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  return daysFromCivil(year, month, date);
};

it.each(HOLIDAY_DAYS)('%s in %s is on %s', (key, country, day) => {
  expect(civilDay(holidayDay(key, Number(day.slice(0, 4)), country))).toBe(day);
});

it.each(LAST_ORDERS)(
  'for %s on %s, with %s working days and %s said, the last day is %s',
  (key, day, deliveryDays, said, last) => {
    const lastOrder = said === null ? {} : { [key]: said };
    const found = lastOrderDay(key, dayNumber(day), { ...US, deliveryDays, lastOrder });
    expect(found === null ? null : civilDay(found)).toBe(last);
  },
);

it.each([
  ['en', null, 'US'],
  ['en-GB', null, 'GB'],
  ['ru', null, 'RU'],
  ['zh-Hant-TW', null, 'TW'],
  ['kk', null, 'KZ'],
  ['en-GB', 'IE', 'IE'],
])('a shop that speaks %s and names %s is in %s', (locale, country, expected) => {
  expect(calendarOf({ ...NO_HOLIDAYS, country }, locale).country).toBe(expected);
});

describe('moments', () => {
  const from = Date.UTC(2027, 0, 4, 12);
  const until = from + 365 * 86_400_000;
  const days = (entry: Parameters<typeof holidayMoments>[0], calendar = US, zone = 'UTC') =>
    holidayMoments(entry, calendar, { zone, from, until }).map(({ holiday, at }) => `${holiday} ${localDay(at, zone)}`);

  it('are those of the country’s days for presents where none are named', () => {
    expect(days({ on: 'holiday' })).toEqual([
      'valentines-day 2027-02-04',
      'mothers-day 2027-04-25',
      'fathers-day 2027-06-06',
      'christmas 2027-12-04',
    ]);
    expect(days({ on: 'holiday' }, { ...US, country: 'RU' })).toEqual([
      'valentines-day 2027-02-04',
      'defenders-day 2027-02-13',
      'womens-day 2027-02-24',
      'new-year 2027-12-11',
    ]);
  });

  it('go over the turn of a year, and stand at the hour on each wall', () => {
    const moments = holidayMoments({ on: 'holiday', holidays: ['new-year'], before: '3d', at: '09:30' }, US, {
      zone: 'Asia/Tokyo',
      from,
      until,
    });
    expect(moments).toEqual([{ holiday: 'new-year', year: 2028, at: Date.UTC(2027, 11, 29, 0, 30) }]);
  });

  it('count from the last day to order where the entry says so, and there is one', () => {
    const entry = { on: 'holiday', holidays: ['christmas', 'black-friday'], of: 'last_order', before: '1d' } as const;
    expect(days({ ...entry, holidays: [...entry.holidays] })).toEqual([]);
    expect(days({ ...entry, holidays: [...entry.holidays] }, { ...US, deliveryDays: 3 })).toEqual([
      'christmas 2027-12-20',
    ]);
  });
});

it('every holiday has a name in both languages and comes once a year', () => {
  for (const key of HOLIDAY_KEYS) expect(HOLIDAYS[key].names.ru).toMatch(/[а-яё]|11\.11/i);
  const ahead = holidaysAhead(US, '2026-11-30');
  expect(ahead.map(({ key }) => key).sort()).toEqual([...HOLIDAY_KEYS].sort());
  expect(ahead.slice(0, 3).map(({ key, day }) => `${key} ${day}`)).toEqual([
    'cyber-monday 2026-11-30',
    'st-nicholas-day 2026-12-06',
    'christmas 2026-12-25',
  ]);
  for (const country of ['US', 'RU', 'DE'])
    for (const key of usualHolidays(country)) expect(HOLIDAYS[key].gifts).toBe(true);
});

it('a thing names the holiday and its year, and nothing else does', () => {
  expect(holidayOfThing(holidayThing({ holiday: 'mothers-day', year: 2027 }))).toEqual({
    holiday: 'mothers-day',
    year: 2027,
  });
  for (const other of [null, '', 'tea-club', 'christmas', 'christmas:26', 'my-day:2027'])
    expect(holidayOfThing(other)).toBeNull();
});

it('what is said anew lies over what was said, and null takes it back', () => {
  const said = patchedHolidays(NO_HOLIDAYS, { country: 'GB', deliveryDays: 3, lastOrder: { christmas: 7, easter: 4 } });
  expect(
    patchedHolidays(said, { deliveryDays: null, lastOrder: { easter: null }, guide: { easter: ['Sweets'] } }),
  ).toEqual({
    country: 'GB',
    deliveryDays: null,
    lastOrder: { christmas: 7 },
    guide: { easter: ['Sweets'] },
  });
});
