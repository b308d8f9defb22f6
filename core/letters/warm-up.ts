/** How many letters a sender that nobody knows yet may send on each of its first days: mailbox providers take a flood from a stranger for spam. */

import { daysBetween } from '../values/calendar.ts';

/** Letters a day to one mailbox provider: about twice as many as the day before, until nobody counts any more. */
export const WARM_UP_SCHEDULE = [50, 100, 200, 400, 800, 1_500, 3_000, 6_000, 12_000, 25_000] as const;

/** Null once it is over. `day`: from 1. */
export type WarmUp = { day: number; cap: number } | null;

/** The day of the warm-up that it is in this zone, by local days: a sender that begins in the evening has had a day by midnight. */
export function warmUpAt(since: number, now: number, zone: string): WarmUp {
  const past = Math.max(0, daysBetween(since, now, zone));
  const cap = WARM_UP_SCHEDULE[past];
  return cap === undefined ? null : { day: past + 1, cap };
}
