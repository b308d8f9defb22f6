/** The days that a letter speaks of: the end of what its reader has for a time. */

import { daysBetween } from '../../core/calendar.ts';
import type { LetterKey } from '../../core/flow.ts';
import type { Tx } from '../../db/connect.ts';
import { endingOfChain } from '../../db/endings.ts';
import type { LetterProps } from '../../emails/letter.ts';

/** Letters that say when something ends. */
const OF_ENDS: readonly LetterKey[] = ['service-end', 'points-expiring'];

export type LetterTimes = Pick<LetterProps, 'ends' | 'points'>;

export const tellsTimes = (letter: LetterKey): boolean => OF_ENDS.includes(letter);

/** `enrollmentId`: absent for a letter to nobody. */
export async function letterTimes(
  tx: Tx,
  { enrollmentId, zone }: { enrollmentId?: string; zone: string },
): Promise<LetterTimes> {
  const ending = enrollmentId ? await endingOfChain(tx, enrollmentId) : null;
  if (!ending) return {};
  const { endsAt: at, points, title, items } = ending;
  const what = title ?? items[0]?.title;
  return {
    ...(what ? { ends: { what, at, daysLeft: daysBetween(tx.now, at, zone) } } : {}),
    ...(points === null ? {} : { points: { amount: points, expiresAt: at } }),
  };
}
