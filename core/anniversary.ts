/** Days that come every year: birthdays, and what a shop remembers of a contact. */

import { daysFromCivil, localTime } from './calendar.ts';

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

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
