/** What a letter shows beside what its message holds, asked for when it is made: what buyers wrote. */

import { LETTER_KEYS } from '../../core/flow.ts';
import { reviewsToShow } from '../../db/reviews.ts';
import { DRAFTS } from '../../emails/drafts.ts';
import type { LetterProps } from '../../emails/letter.ts';
import type { Deps } from '../deps.ts';
import type { LetterSource } from './compose-letter.ts';

export type LetterExtras = Pick<LetterProps, 'reviews'>;

const MOST_REVIEWS = 3;

export async function gatherExtras(
  deps: Deps,
  { letter, shopId, items }: Pick<LetterSource, 'letter' | 'shopId' | 'items'>,
): Promise<LetterExtras> {
  const key = LETTER_KEYS.find((known) => known === letter);
  if (!key || !DRAFTS[key].includes('reviews')) return {};
  const ids = items.map(({ id }) => id);
  const found = await deps.db.shop(shopId, (tx) => reviewsToShow(tx, shopId, ids, MOST_REVIEWS));
  return found.length > 0 ? { reviews: found.map(({ author, stars, text }) => ({ author, stars, text })) } : {};
}
