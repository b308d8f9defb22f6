/** A flow as it is written: entry, steps, stops, goal. How it runs is `advance`'s business. */

import type { Duration } from './duration.ts';

export const ENTRY_EVENTS = ['offer_accepted'] as const;
export type EntryEvent = (typeof ENTRY_EVENTS)[number];

export const STOP_EVENTS = ['redeemed', 'purchased', 'unsubscribed', 'code_expired'] as const;
export type StopEvent = (typeof STOP_EVENTS)[number];

export const LETTER_KEYS = ['offer', 'reminder-1', 'reminder-2', 'last-chance'] as const;
export type LetterKey = (typeof LETTER_KEYS)[number];

export type Step =
  /** `expiresAfter`: a letter that could not leave within this time is skipped instead of sent stale. */
  | { send: LetterKey; expiresAfter?: Duration }
  /** `until` is a local time "HH:MM": after the wait, the next moment with that time on the wall. */
  | { wait: Duration; until?: string }
  | { stop: string };

export interface Flow {
  key: string;
  name: string;
  enabled: boolean;
  purpose: 'marketing' | 'transactional';
  entry: { on: EntryEvent };
  goal?: { on: 'purchased'; within: Duration };
  stopOn: StopEvent[];
  steps: Step[];
}
