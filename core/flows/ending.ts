/** What somebody has for a time: when flows that watch over its end begin. Knows no clock. */

import { localDay, wallTime } from '../values/calendar.ts';
import { type Duration, durationMs } from '../values/duration.ts';
import { type Entry, USUAL_HOUR } from './flow.ts';

export type EndsEntry = Extract<Entry, { on: 'ends' }>;

/** A discount code of ours, whose expiry Linger knows itself. */
export const CODE = 'code';
export const POINTS = 'points';
/** What a thing is that the shop says no more of. */
export const SERVICE = 'service';
/** What is no service: only an entry that names it speaks of it. */
const APART = [CODE, POINTS];

const DAY_MS = 86_400_000;

/** Whether the entry is about the end of such a thing. */
export const watches = ({ what: wanted }: EndsEntry, what: string): boolean =>
  wanted === undefined ? !APART.includes(what) : wanted === what;

export interface EndMoment {
  before: Duration;
  /** ms since the epoch. */
  at: number;
}

/** The moments from `now` on at which the entry lets in for something that ends at `endsAt`: never after its end. */
export function endMoments(
  { before, at = USUAL_HOUR }: EndsEntry,
  endsAt: number,
  zone: string,
  now: number,
): EndMoment[] {
  const day = localDay(endsAt, zone);
  return (typeof before === 'string' ? [before] : before)
    .map((one) => ({
      before: one,
      at: Math.min(wallTime(`${day}T${at}`, zone, -Math.round(durationMs(one) / DAY_MS)), endsAt),
    }))
    .filter((moment) => moment.at >= now);
}
