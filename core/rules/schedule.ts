/** When a rule is in season: dates, weekdays and hours on the shop's wall. Knows no clock; a zone's changes of time are the calendar's business. */

import { type LocalTime, localTime, wallTime } from '../values/calendar.ts';
import type { Condition } from './condition.ts';

export interface Schedule {
  /** Local: "2026-11-27" (from its first moment) or "2026-11-27T09:30". */
  startsAt?: string;
  /** Local: "2026-11-30" (that day included) or "2026-11-30T18:00" (from then on no more). */
  endsAt?: string;
  /** 1 (Monday) – 7 (Sunday). Hours past midnight belong to the day on which they began. */
  weekdays?: readonly number[];
  /** Whole hours, `from` included and `to` not; `from` later than `to` runs over midnight. */
  hours?: { from: number; to: number };
}

/** In ms: the first moment, and the first after the last; null where it is open. */
export interface Season {
  from: number | null;
  to: number | null;
}

export function seasonOf({ startsAt, endsAt }: Schedule, zone: string): Season {
  return {
    from: startsAt === undefined ? null : wallTime(startsAt, zone),
    to: endsAt === undefined ? null : wallTime(endsAt, zone, endsAt.includes('T') ? 0 : 1),
  };
}

/** The schedule without its weekdays and hours. */
export const datesOf = ({ weekdays: _weekdays, hours: _hours, ...dates }: Schedule): Schedule => dates;

export const inSchedule = (schedule: Schedule, at: number, zone: string): boolean =>
  inSeason(seasonOf(schedule, zone), at) && inHours(schedule, localTime(at, zone));

export const inSeason = ({ from, to }: Season, at: number): boolean =>
  (from === null || at >= from) && (to === null || at < to);

export const inHours = (schedule: Schedule, { hour, weekday }: Pick<LocalTime, 'hour' | 'weekday'>): boolean =>
  spells(schedule).some(({ weekdays, first, last }) => weekdays.includes(weekday) && first <= hour && hour <= last);

/** The same weekdays and hours in the language of conditions, which every page speaks; null where any will do. */
export function scheduleCondition(schedule: Schedule): Condition | null {
  if (!schedule.weekdays && !schedule.hours) return null;
  return {
    any: spells(schedule).map(({ weekdays, first, last }) => ({
      all: [
        ['weekday', 'in', weekdays],
        ['hour', '>=', first],
        ['hour', '<=', last],
      ],
    })),
  };
}

interface Spell {
  weekdays: readonly number[];
  /** Hours, both included. */
  first: number;
  last: number;
}

const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];

/** Stretches of hours that lie within one day each. */
function spells({ weekdays = EVERY_DAY, hours = { from: 0, to: 24 } }: Schedule): Spell[] {
  const { from, to } = hours;
  if (from < to) return [{ weekdays, first: from, last: to - 1 }];
  const late = { weekdays, first: from, last: 23 };
  return to === 0 ? [late] : [late, { weekdays: weekdays.map((day) => (day % 7) + 1), first: 0, last: to - 1 }];
}
