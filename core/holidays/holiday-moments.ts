/** When flows of holidays begin, and what their chains are about. */

import { type Entry, USUAL_HOUR } from '../flows/flow.ts';
import { civilDay, localTime, wallTime } from '../values/calendar.ts';
import { durationMs } from '../values/duration.ts';
import { HOLIDAY_KEYS, HOLIDAYS, usualHolidays } from './holiday.ts';
import { holidayDay } from './holiday-day.ts';
import type { HolidayCalendar } from './holiday-settings.ts';
import { type HolidayOfYear, lastOrderDay } from './kept-holiday.ts';

export type HolidayEntry = Extract<Entry, { on: 'holiday' }>;

export interface HolidayMoment extends HolidayOfYear {
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
export const holidayThing = ({ holiday, year }: HolidayOfYear): string => `${holiday}:${year}`;

export function holidayOfThing(thing: string | null): HolidayOfYear | null {
  const [, key, year] = /^([a-z-]+):(\d{4})$/.exec(thing ?? '') ?? [];
  const holiday = HOLIDAY_KEYS.find((one) => one === key);
  return holiday ? { holiday, year: Number(year) } : null;
}
