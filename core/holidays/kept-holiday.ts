/** A holiday of one year as a shop keeps it, and until when to order for it. */

import { civilDay } from '../values/calendar.ts';
import type { Locale } from '../values/locale.ts';
import { HOLIDAY_KEYS, HOLIDAYS, type HolidayKey } from './holiday.ts';
import { holidayDay, weekdayOf } from './holiday-day.ts';
import type { HolidayCalendar } from './holiday-settings.ts';

export interface HolidayOfYear {
  holiday: HolidayKey;
  year: number;
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
export function keptHoliday({ holiday: key, year }: HolidayOfYear, calendar: HolidayCalendar): KeptHoliday {
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
