/** Chooses what else a letter shows, from what the shop's orders and visits tell. */

import type { LetterKey } from '../../core/flow.ts';
import { type Candidate, type Recommendation, recommend, WISHES } from '../../core/recommend.ts';
import type { Tx } from '../../db/connect.ts';
import { bestOf, companionsOf, type Leanings, leaningsOf, type Tallied } from '../../db/tallies.ts';
import type { LetterSource } from './compose-letter.ts';
import { mailableItems } from './mailable-items.ts';

/** Enough that some are left once what the reader has is taken out. */
const MOST_BEST = 24;
const MOST_CATEGORIES = 3;

export type RecommendFor = Pick<LetterSource, 'shopId' | 'items' | 'order' | 'origins' | 'contactId' | 'leanings'>;

/** Null where the letter has no room for it, or there is nothing to say. */
export async function recommendItems(tx: Tx, key: LetterKey, letter: RecommendFor): Promise<Recommendation | null> {
  if (!WISHES[key]) return null;
  const { shopId, items, order, origins, contactId } = letter;
  const leanings = letter.leanings ?? (contactId ? await leaningsOf(tx, shopId, contactId) : NONE);
  const before = [...items, ...(order?.body.items ?? [])];
  const ids = [...new Set(before.map(({ id }) => id))];
  const categories = new Set(before.flatMap(({ category }) => category ?? []));
  for (const category of leanings.categories) categories.add(category);
  const candidates = ({ item, sold, viewed }: Tallied): Candidate[] =>
    mailableItems([item], origins).map((mailable) => ({ item: mailable, sold, viewed }));
  const best = async (category: string | null): Promise<Candidate[]> =>
    (await bestOf(tx, shopId, category, MOST_BEST)).flatMap(candidates);
  const companions = (await companionsOf(tx, shopId, ids)).flatMap((one) =>
    candidates(one).map((candidate) => ({
      kind: one.kind,
      with: one.with,
      total: one.total,
      count: one.count,
      candidate,
    })),
  );
  const liked: { category: string; best: Candidate[] }[] = [];
  for (const category of [...categories].slice(0, MOST_CATEGORIES))
    liked.push({ category, best: await best(category) });
  return recommend({
    letter: key,
    companions,
    categories: liked,
    best: await best(null),
    fresh: [],
    avoid: new Set([...ids, ...leanings.bought]),
    avoidTitles: new Set([...before.map(({ title }) => title), ...leanings.titles]),
  });
}

const NONE: Leanings = { bought: [], titles: [], categories: [] };
