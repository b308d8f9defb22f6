/** Days that come every year: birthdays, and what a shop remembers of a contact. */

import { daysFromCivil, localTime, wallTime } from './calendar.ts';

/** Whole local days from `now` (ms) to the next `MM-DD` or `YYYY-MM-DD`, 0 on the day; null where that is no date. 29 February is the 28th in common years. */
export function daysUntil(date: string, now: number, zone: string): number | null {
  const match = /^(?:\d{4}-)?(\d{2})-(\d{2})$/.exec(date);
  if (!match) return null;
  const month = Number(match[1]);
  const day = Number(match[2]);
  const today = localTime(now, zone);
  const start = daysFromCivil(today.year, today.month, today.day);
  const inYear = (year: number): number =>
    daysFromCivil(year, month, month === 2 && day === 29 && !isLeap(year) ? 28 : day);
  const next = inYear(today.year) >= start ? inYear(today.year) : inYear(today.year + 1);
  return next - start;
}

export interface Yearly {
  /** `MM-DD` or `YYYY-MM-DD`. */
  date: string;
  /** How many days ahead of it. */
  before: number;
  /** "HH:MM" on the wall of `zone`. */
  at: string;
  zone: string;
}

/** When the day is next kept, at or after `from` (ms), and the year whose day it is; null where that is no date. */
export function nextKept({ date, before, at, zone }: Yearly, from: number): { at: number; year: number } | null {
  const match = /^(?:\d{4}-)?((\d{2})-(\d{2}))$/.exec(date);
  if (!match) return null;
  const [, day = ''] = match;
  const thisYear = localTime(from, zone).year;
  for (let year = thisYear; year <= thisYear + 2; year += 1) {
    const inYear = day === '02-29' && !isLeap(year) ? '02-28' : day;
    const moment = wallTime(`${year}-${inYear}T${at}`, zone, -before);
    if (moment >= from) return { at: moment, year };
  }
  return null;
}

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
