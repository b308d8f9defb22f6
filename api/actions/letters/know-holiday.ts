/** Which holiday a chain is about, as its shop keeps it: for the letters that name it, and for what is looked at by way of them. */

import { holidayOfThing } from '../../../core/holidays/holiday-moments.ts';
import { calendarOf } from '../../../core/holidays/holiday-settings.ts';
import { type KeptHoliday, keptHoliday } from '../../../core/holidays/kept-holiday.ts';
import type { Tx } from '../../../db/connect.ts';
import { enrollmentById } from '../../../db/enrollments.ts';
import { shopById } from '../../../db/shops.ts';

/** Letters that may be about one. */
const OF_HOLIDAYS: readonly string[] = ['holiday', 'holiday-last-day'];

export const tellsHoliday = (letter: string): boolean => OF_HOLIDAYS.includes(letter);

export interface KnownHoliday extends KeptHoliday {
  /** Categories that the shop chose for the presents; none: all it has. */
  guide: readonly string[];
  /** Presents, and the shop's links tell that it was by way of the letter that somebody came. */
  apart: boolean;
}

/** `thing`: as the chain has it. Null where it is about none: a shop may send these letters on any day. */
export async function holidayNamed(tx: Tx, shopId: string, thing: string | null): Promise<KnownHoliday | null> {
  const named = holidayOfThing(thing);
  const shop = named && (await shopById(tx, shopId));
  if (!named || !shop) return null;
  const { holidays, sending } = shop.settings;
  const kept = keptHoliday(named, calendarOf(holidays, shop.locale));
  return { ...kept, guide: holidays.guide[named.holiday] ?? [], apart: kept.gifts && (sending.clicks || sending.utm) };
}

export const holidayOfChain = async (tx: Tx, shopId: string, enrollmentId: string): Promise<KnownHoliday | null> =>
  holidayNamed(tx, shopId, (await enrollmentById(tx, enrollmentId))?.thing ?? null);
