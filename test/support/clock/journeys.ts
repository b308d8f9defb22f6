/** Chains of letters in twelve zones, and a clock that leaps, falls back and stands still: what both engines of the clock table are led through. */

import type { LetterKey, Step } from '../../../core/flows/flow.ts';
import type { QuietHours } from '../../../core/values/calendar.ts';
import type { Duration } from '../../../core/values/duration.ts';
import type { Random } from '../random.ts';

/** Whole, half and quarter hours, summers in the north and in the south, one of half an hour, one that ends for Ramadan, and none. */
export const ZONES = [
  'UTC',
  'Europe/London',
  'Europe/Berlin',
  'Europe/Moscow',
  'Africa/Casablanca',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Chatham',
  'Pacific/Kiritimati',
  'America/New_York',
  'America/St_Johns',
] as const;

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

export interface Journey {
  /** Two may have the same person. */
  person: string;
  zone: string;
  /** By the clock, ms since the epoch. */
  enterAt: number;
  steps: Step[];
}

export interface SentLetter {
  journey: Journey;
  /** The place of its step. */
  place: number;
  /** Null: given up, for this reason. */
  sentAt: number | null;
  reason: string | null;
  prompt: boolean;
}

export interface Sending {
  dailyCap: number | null;
  quietHours: QuietHours | null;
}

const LETTERS: LetterKey[] = ['offer', 'reminder-1', 'reminder-2', 'last-chance'];
const WAITS: Duration[] = ['1h', '5h', '36h', '1d', '1d', '2d', '3d', '1w'];

/** Four letters with three waits between them. */
export const journeySteps = (random: Random): Step[] =>
  LETTERS.flatMap((send, number): Step[] => [
    ...(number === 0 ? [] : [wait(random)]),
    { send, ...(random.chance(0.2) ? { expiresAfter: random.pick<Duration>(['2h', '1d', '2d']) } : {}) },
  ]);

const wait = (random: Random): Step => ({
  wait: random.pick(WAITS),
  ...(random.chance(0.4) ? { until: random.pick(['10:00', '18:30', '02:30', '23:30']) } : {}),
  ...(random.chance(0.2) ? { days: random.pick([[1], [6, 7], [1, 2, 3, 4, 5]]) } : {}),
});

export interface Fault {
  /** By the clock. */
  at: number;
  /** What the clock leaps, in ms, back where it is negative; or how long nothing runs. */
  leap?: number;
  outage?: number;
}

/** The moments at which an engine looks, by its clock, from `from` on until `days` have really passed. */
export function* moments(from: number, days: number, faults: readonly Fault[], random: Random): Generator<number> {
  const left = [...faults].sort((one, other) => one.at - other.at);
  let shift = 0;
  for (let real = from; real < from + days * DAY; real += random.int(10, 90) * 60_000 + random.int(0, 999)) {
    const due = left[0];
    if (due && real + shift >= due.at) {
      left.shift();
      shift += due.leap ?? 0;
      real += due.outage ?? 0;
    }
    yield real + shift;
  }
}
