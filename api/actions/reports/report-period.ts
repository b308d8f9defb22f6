/** The time that a report is about: told, or the last 30 days, or so many as the report says. Bounded, so that no report reads all there ever was. */

import { wallTime } from '../../../core/values/calendar.ts';
import { Problem } from '../../problem.ts';

/** ms since the epoch, or a whole day on the shop's wall, such as `2026-11-22`. */
export type DayOrInstant = number | string;

export interface AskedPeriod {
  /** Of a day: its beginning. */
  from?: DayOrInstant;
  /** Of a day: its end, so that it belongs to the period. */
  to?: DayOrInstant;
}

export interface Period {
  /** ms since the epoch; `to` is the first moment beyond. */
  from: number;
  to: number;
}

const DAY_MS = 86_400_000;
const DEFAULT_DAYS = 30;
const MOST_DAYS = 400;

/** Throws `invalid` where it ends before it begins, or is too long. */
export function reportPeriod(
  { from, to }: AskedPeriod,
  { timezone }: { timezone: string },
  now: number,
  defaultDays = DEFAULT_DAYS,
): Period {
  const until = typeof to === 'string' ? wallTime(to, timezone, 1) : (to ?? now);
  const since = typeof from === 'string' ? wallTime(from, timezone) : (from ?? until - defaultDays * DAY_MS);
  if (since >= until) throw invalid('to', 'must be later than from');
  if (until - since > MOST_DAYS * DAY_MS) throw invalid('from', `must be at most ${MOST_DAYS} days before to`);
  return { from: since, to: until };
}

const invalid = (path: string, message: string): Problem => new Problem('invalid', { errors: [{ path, message }] });
