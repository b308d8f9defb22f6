/** Calendar arithmetic on ms numbers: local dates in an IANA zone, whose rules come from Intl. Knows no clock. */

import type { Duration } from './duration.ts';
import { parseDuration } from './duration.ts';

export interface LocalTime {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  /** 1 (Monday) – 7 (Sunday). */
  weekday: number;
}

const DAY_MS = 86_400_000;
const QUARTER_MS = 15 * 60_000;
/** 2012-01-01. Since then every zone has changed its clock on a full quarter of an hour of UTC; Newfoundland did at a minute past midnight before (tz database). */
const QUARTERLY_SINCE = 1_325_376_000_000;
/** Of a zone, some 200 days of quarters that were asked about. */
const MOST_QUARTERS = 20_000;
const formats = new Map<string, Intl.DateTimeFormat>();
/** By zone and quarter of an hour: asking Intl takes longer than all else that is decided about a letter. */
const offsets = new Map<string, Map<number, number>>();

/** Whether `zone` is an IANA time zone this machine knows. Bare offsets ("+03:00") are none: they know no summer. */
export function isTimeZone(zone: string): boolean {
  try {
    return /^[a-z]/i.test(zone) && Boolean(formatFor(zone));
  } catch {
    return false;
  }
}

export function localTime(at: number, zone: string): LocalTime {
  const wall = at + offsetAt(at, zone);
  const days = Math.floor(wall / DAY_MS);
  const seconds = Math.floor((wall - days * DAY_MS) / 1_000);
  return {
    ...civilFromDays(days),
    hour: Math.floor(seconds / 3_600),
    minute: Math.floor(seconds / 60) % 60,
    second: seconds % 60,
    // 1970-01-01 was a Thursday.
    weekday: ((((days + 3) % 7) + 7) % 7) + 1,
  };
}

/** "2026-11-22": the day on the wall. */
export function localDay(at: number, zone: string): string {
  const { year, month, day } = localTime(at, zone);
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** The instant of a local "2026-11-22T09:30", or the first moment of a local day "2026-11-22"; `days` later, if asked. */
export function wallTime(text: string, zone: string, days = 0): number {
  const [date = '', time = '00:00'] = text.split('T');
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  return instantOf({ year, month, day: day + days, ...clock(time) }, zone);
}

/** The moment `duration` after `at`: exact for s, m, h; the same local time some days later for d, w. */
export function after(at: number, duration: Duration, zone: string): number {
  const parsed = parseDuration(duration);
  if (!parsed) throw new RangeError(`not a duration: ${duration}`);
  if (parsed.unit === 'exact') return at + parsed.ms;
  // No days is no wait, also in an hour that comes twice.
  if (parsed.days === 0) return at;
  const local = localTime(at, zone);
  const ms = ((at % 1_000) + 1_000) % 1_000;
  return instantOf({ ...local, day: local.day + parsed.days }, zone) + ms;
}

/** The first moment at or after `at` when the wall clock comes to `time` ("HH:MM"). A time that comes twice a day counts once. */
export function nextAt(at: number, time: string, zone: string): number {
  const local = localTime(at, zone);
  const on = (days: number): number => instantOf({ ...local, day: local.day + days, ...clock(time) }, zone);
  const today = on(0);
  return today >= at ? today : on(1);
}

export interface QuietHours {
  /** Local times "HH:MM"; `from` may be later than `to`: over midnight. */
  from: string;
  to: string;
}

/** When the quiet hours around `at` end, or null when `at` is not in them. `from` equal to `to` means none. */
export function quietUntil(at: number, hours: QuietHours, zone: string): number | null {
  const local = localTime(at, zone);
  const overMidnight = hours.from > hours.to ? 1 : 0;
  // Compared as instants, so that an hour which comes twice neither ends the quiet early nor begins it again.
  for (const days of [-1, 0]) {
    const from = instantOf({ ...local, day: local.day + days, ...clock(hours.from) }, zone);
    const to = instantOf({ ...local, day: local.day + days + overMidnight, ...clock(hours.to) }, zone);
    if (from <= at && at < to) return to;
  }
  return null;
}

/** "HH:MM" as the parts of a local time. */
function clock(time: string): Pick<LocalTime, 'hour' | 'minute' | 'second'> {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return { hour, minute, second: 0 };
}

/**
 * The instant of a local time. An hour that a zone skips moves forward by the skip; one that comes twice means the first.
 * `day` may run past the month's end.
 */
function instantOf(local: Omit<LocalTime, 'weekday'>, zone: string): number {
  const wall =
    daysFromCivil(local.year, local.month, local.day) * DAY_MS +
    ((local.hour * 60 + local.minute) * 60 + local.second) * 1_000;
  // Offsets a day to each side: all that a change of clocks near this moment can be between.
  const before = offsetAt(wall - DAY_MS, zone);
  const behind = offsetAt(wall + DAY_MS, zone);
  for (const offset of [Math.max(before, behind), Math.min(before, behind)]) {
    if (offsetAt(wall - offset, zone) === offset) return wall - offset;
  }
  // In the gap neither offset fits: reading the wall with the offset before the change lands after it, moved forward.
  return wall - before;
}

/** What the zone's wall clock is ahead of UTC at `at`, in ms. */
function offsetAt(at: number, zone: string): number {
  // Before, a clock might be changed at any minute.
  if (!(at >= QUARTERLY_SINCE)) return askedOffset(at, zone);
  const quarter = Math.floor(at / QUARTER_MS);
  const known = offsets.get(zone) ?? new Map<number, number>();
  const kept = known.get(quarter);
  if (kept !== undefined) return kept;
  const offset = askedOffset(quarter * QUARTER_MS, zone);
  if (known.size >= MOST_QUARTERS) known.clear();
  known.set(quarter, offset);
  offsets.set(zone, known);
  return offset;
}

function askedOffset(at: number, zone: string): number {
  const parts: Record<string, string> = {};
  for (const { type, value } of formatFor(zone).formatToParts(at)) parts[type] = value;
  const number = (type: string): number => Number(parts[type]);
  const wall =
    daysFromCivil(number('year'), number('month'), number('day')) * DAY_MS +
    ((number('hour') * 60 + number('minute')) * 60 + number('second')) * 1_000;
  return wall - Math.floor(at / 1_000) * 1_000;
}

/** How many midnights lie between two moments in this zone; negative where the second is earlier. */
export function daysBetween(from: number, to: number, zone: string): number {
  const day = (at: number): number => {
    const { year, month, day: date } = localTime(at, zone);
    return daysFromCivil(year, month, date);
  };
  return day(to) - day(from);
}

/** Days since 1970-01-01 of a proleptic Gregorian date; `day` may be any integer. */
export function daysFromCivil(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** "2026-11-22": the day that lies so many days after 1970-01-01. */
export function civilDay(days: number): string {
  const { year, month, day } = civilFromDays(days);
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** The date that lies so many days after 1970-01-01. */
function civilFromDays(days: number): Pick<LocalTime, 'year' | 'month' | 'day'> {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1_460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  const day = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day };
}

function formatFor(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(zone, format);
  }
  return format;
}
