/** Durations as people write them. `90s 30m 2h` are exact time; `1d 4w` are calendar days at the same local time. */

export type Duration = `${number}${'s' | 'm' | 'h' | 'd' | 'w'}`;

export type ParsedDuration = { unit: 'exact'; ms: number } | { unit: 'days'; days: number };

const EXACT = { s: 1_000, m: 60_000, h: 3_600_000 } as const;
const DAYS = { d: 1, w: 7 } as const;
/** Ten years: longer waits are a typing error. */
const MAX_DAYS = 3_660;

/** The parsed duration, or null when `text` is none: a whole number ≥ 0 and one of `s m h d w`, at most ten years. */
export function parseDuration(text: string): ParsedDuration | null {
  const match = /^(\d{1,9})([smhdw])$/.exec(text);
  if (!match) return null;
  const count = Number(match[1]);
  const unit = match[2] as 's' | 'm' | 'h' | 'd' | 'w';
  if (unit === 'd' || unit === 'w') {
    const days = count * DAYS[unit];
    return days <= MAX_DAYS ? { unit: 'days', days } : null;
  }
  const ms = count * EXACT[unit];
  return ms <= MAX_DAYS * 86_400_000 ? { unit: 'exact', ms } : null;
}

/** Length in ms with a day counted as 24 hours: for guards such as "quiet for 30 days", which no calendar moves. */
export function durationMs(duration: Duration): number {
  const parsed = parseDuration(duration);
  if (!parsed) throw new RangeError(`not a duration: ${duration}`);
  return parsed.unit === 'exact' ? parsed.ms : parsed.days * 86_400_000;
}
