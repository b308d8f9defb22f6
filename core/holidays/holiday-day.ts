/** The arithmetic of holidays: nth weekdays, Easters. Knows no clock. */

import { daysFromCivil } from '../values/calendar.ts';
import { HOLIDAYS, type HolidayKey, type When } from './holiday.ts';

/** On which day a holiday falls there, in days since 1970-01-01. `country`: ISO 3166. */
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

/** 1 (Monday) – 7 of a day since 1970-01-01, which was a Thursday. */
export const weekdayOf = (day: number): number => ((((day + 3) % 7) + 7) % 7) + 1;

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
