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
const formats = new Map<string, Intl.DateTimeFormat>();

/** Whether `zone` is an IANA time zone this machine knows. */
export function isTimeZone(zone: string): boolean {
  try {
    return Boolean(formatFor(zone));
  } catch {
    return false;
  }
}

export function localTime(at: number, zone: string): LocalTime {
  const parts: Record<string, number> = {};
  for (const { type, value } of formatFor(zone).formatToParts(at)) parts[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  const days = daysFromCivil(year, month, day);
  return { year, month, day, hour, minute, second, weekday: ((((days + 3) % 7) + 7) % 7) + 1 };
}

/** "2026-11-22": the day on the wall. */
export function localDay(at: number, zone: string): string {
  const { year, month, day } = localTime(at, zone);
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** The moment `duration` after `at`: exact for s, m, h; the same local time some days later for d, w. */
export function after(at: number, duration: Duration, zone: string): number {
  const parsed = parseDuration(duration);
  if (!parsed) throw new RangeError(`not a duration: ${duration}`);
  if (parsed.unit === 'exact') return at + parsed.ms;
  const local = localTime(at, zone);
  const ms = ((at % 1_000) + 1_000) % 1_000;
  return instantOf({ ...local, day: local.day + parsed.days }, zone) + ms;
}

/** The first moment at or after `at` when the wall clock shows `time` ("HH:MM"). */
export function nextAt(at: number, time: string, zone: string): number {
  const local = localTime(at, zone);
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  for (const days of [0, 1]) {
    const candidate = instantOf({ ...local, day: local.day + days, hour, minute, second: 0 }, zone);
    if (candidate >= at) return candidate;
  }
  return instantOf({ ...local, day: local.day + 2, hour, minute, second: 0 }, zone);
}

export interface QuietHours {
  /** Local times "HH:MM"; `from` may be later than `to`: over midnight. */
  from: string;
  to: string;
}

/** When the quiet hours around `at` end, or null when `at` is not in them. */
export function quietUntil(at: number, hours: QuietHours, zone: string): number | null {
  const local = localTime(at, zone);
  const minutes = local.hour * 60 + local.minute;
  const from = minutesOf(hours.from);
  const to = minutesOf(hours.to);
  const quiet = from <= to ? minutes >= from && minutes < to : minutes >= from || minutes < to;
  return quiet ? nextAt(at, hours.to, zone) : null;
}

const minutesOf = (time: string): number => {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return hour * 60 + minute;
};

/**
 * The instant of a local time. An hour that a zone skips moves forward by the skip; one that comes twice means the first.
 * `day` may run past the month's end.
 */
export function instantOf(local: Omit<LocalTime, 'weekday'>, zone: string): number {
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
  const local = localTime(at, zone);
  const wall =
    daysFromCivil(local.year, local.month, local.day) * DAY_MS +
    ((local.hour * 60 + local.minute) * 60 + local.second) * 1_000;
  return wall - Math.floor(at / 1_000) * 1_000;
}

/** Days since 1970-01-01 of a proleptic Gregorian date; `day` may be any integer. */
function daysFromCivil(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
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
