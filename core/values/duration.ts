/** Durations as people write them. `90s 30m 2h` are exact time; `1d 4w` are calendar days at the same local time. */

export type Duration = `${number}${'s' | 'm' | 'h' | 'd' | 'w'}`;

export type ParsedDuration = { unit: 'exact'; ms: number } | { unit: 'days'; days: number };

const DAY_MS = 86_400_000;
const UNITS = { s: 1_000, m: 60_000, h: 3_600_000, d: DAY_MS, w: 7 * DAY_MS } as const;
/** Ten years: longer waits are a typing error. */
const MOST_MS = 3_660 * DAY_MS;

/** The parsed duration, or null when `text` is none: a whole number ≥ 0 and one of `s m h d w`, at most ten years. */
export function parseDuration(text: string): ParsedDuration | null {
  const match = /^(\d{1,9})([smhdw])$/.exec(text);
  if (!match) return null;
  const unit = match[2] as keyof typeof UNITS;
  const ms = Number(match[1]) * UNITS[unit];
  if (ms > MOST_MS) return null;
  return unit === 'd' || unit === 'w' ? { unit: 'days', days: ms / DAY_MS } : { unit: 'exact', ms };
}

/** Length in ms with a day counted as 24 hours: for guards such as "quiet for 30 days", which no calendar moves. */
export function durationMs(duration: Duration): number {
  const parsed = parseDuration(duration);
  if (!parsed) throw new RangeError(`not a duration: ${duration}`);
  return parsed.unit === 'exact' ? parsed.ms : parsed.days * DAY_MS;
}
