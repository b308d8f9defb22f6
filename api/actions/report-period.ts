/** The time that a report is about: told, or the last 30 days, or so many as the report says. Bounded, so that no report reads all there ever was. */

import { Problem } from '../problem.ts';

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
  { from, to }: { from?: number; to?: number },
  now: number,
  defaultDays = DEFAULT_DAYS,
): Period {
  const until = to ?? now;
  const since = from ?? until - defaultDays * DAY_MS;
  if (since >= until) throw invalid('to', 'must be later than from');
  if (until - since > MOST_DAYS * DAY_MS) throw invalid('from', `must be at most ${MOST_DAYS} days before to`);
  return { from: since, to: until };
}

const invalid = (path: string, message: string): Problem => new Problem('invalid', { errors: [{ path, message }] });
