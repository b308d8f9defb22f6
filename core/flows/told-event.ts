/** What a shop's server may tell of, in the words of flows' entries. */

import { ENTRY_EVENTS, type EntryEvent } from './flow.ts';

/** Entries that the shop's word begins; any other name is the shop's own and begins `custom` ones. */
export const TOLD_ENTRIES = [
  'registered',
  'subscribed',
  'form_submitted',
  'shared',
  'item_back',
  'item_price_dropped',
  'items_arrived',
] as const satisfies readonly EntryEvent[];
export type ToldEntry = (typeof TOLD_ENTRIES)[number];

export const toldEntry = (name: string): ToldEntry | null => TOLD_ENTRIES.find((known) => known === name) ?? null;

/** Told with fields of their own: a date that comes every year, and the end of what somebody has for a time. */
export const TOLD_TIMES = ['date', 'ends'] as const;

/** Names of what is seen or told elsewhere (an order, a click): a second source would begin flows twice. */
export const isSeenElsewhere = (name: string): boolean =>
  name !== 'custom' &&
  !toldEntry(name) &&
  !TOLD_TIMES.some((told) => told === name) &&
  ENTRY_EVENTS.some((known) => known === name);
