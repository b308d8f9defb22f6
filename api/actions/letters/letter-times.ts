/** The days that a letter speaks of: the end of what its reader has for a time, a holiday and the last day to order for it. */

import type { LetterKey } from '../../../core/flows/flow.ts';
import type { PlanLetter } from '../../../core/simulation/plan.ts';
import { daysBetween, wallTime } from '../../../core/values/calendar.ts';
import { localeOf } from '../../../core/values/locale.ts';
import type { Tx } from '../../../db/connect.ts';
import { endingOfChain } from '../../../db/endings.ts';
import type { LetterProps } from '../../../emails/letter.ts';
import { holidayNamed, holidayOfChain, type KnownHoliday, tellsHoliday } from './know-holiday.ts';

/** Letters that say when something ends. */
const OF_ENDS: readonly LetterKey[] = ['service-end', 'points-expiring'];

export const tellsTimes = (letter: LetterKey): boolean => OF_ENDS.includes(letter) || tellsHoliday(letter);

export type LetterTimes = Pick<LetterProps, 'ends' | 'points' | 'holiday'>;

/** What a chain is about that is only imagined, at the moment of its letter. */
export type Imagined = Pick<PlanLetter, 'at' | 'thing' | 'form' | 'ending'>;

export interface TimesOf {
  shopId: string;
  zone: string;
  locale: string;
  /** Both absent for a letter to nobody. */
  enrollmentId?: string;
  imagined?: Imagined;
}

export async function letterTimes(
  tx: Tx,
  letter: LetterKey,
  of: TimesOf,
): Promise<LetterTimes & { known: KnownHoliday | null }> {
  if (OF_ENDS.includes(letter)) return { ...(await timesOfEnding(tx, of)), known: null };
  const known = tellsHoliday(letter) ? await holidayOf(tx, of) : null;
  return { ...(known ? { holiday: told(known, of) } : {}), known };
}

async function timesOfEnding(tx: Tx, { enrollmentId, imagined, zone }: TimesOf): Promise<LetterTimes> {
  const ending = enrollmentId ? await endingOfChain(tx, enrollmentId) : null;
  if (imagined?.ending) return timesUntil({ ...imagined.ending, now: imagined.at, zone });
  return ending
    ? timesUntil({ ...ending, title: ending.title ?? ending.items[0]?.title ?? null, now: tx.now, zone })
    : {};
}

interface Ending {
  title: string | null;
  endsAt: number;
  points: number | null;
  now: number;
  zone: string;
}

const timesUntil = ({ title: what, endsAt: at, points, now, zone }: Ending): LetterTimes => ({
  ...(what ? { ends: { what, at, daysLeft: daysBetween(now, at, zone) } } : {}),
  ...(points === null ? {} : { points: { amount: points, expiresAt: at } }),
});

function holidayOf(tx: Tx, { shopId, enrollmentId, imagined }: TimesOf): Promise<KnownHoliday | null> | null {
  if (imagined) return holidayNamed(tx, shopId, imagined.thing);
  return enrollmentId ? holidayOfChain(tx, shopId, enrollmentId) : null;
}

function told(
  { names, gifts, apart, lastOrderDay }: KnownHoliday,
  { locale, zone }: Pick<TimesOf, 'locale' | 'zone'>,
): NonNullable<LetterProps['holiday']> {
  return {
    name: names[localeOf(locale)],
    ...(gifts ? {} : { sale: true as const }),
    ...(apart ? { apart } : {}),
    ...(lastOrderDay ? { lastOrderDay: wallTime(`${lastOrderDay}T12:00`, zone) } : {}),
  };
}
