/** Chooses what else a letter shows, from what the shop's orders and visits tell. */

import {
  type Candidate,
  type Companion,
  type Recommendation,
  recommend,
  WISHES,
} from '../../../core/catalogue/recommend.ts';
import type { LetterKey } from '../../../core/flows/flow.ts';
import type { Tx } from '../../../db/connect.ts';
import { bestOf, companionsOf, freshOf, type Leanings, leaningsOf, type Tallied } from '../../../db/tallies.ts';
import type { LetterSource } from './compose-letter.ts';
import { mailableItems } from './mailable-items.ts';

/** Enough that some are left once what the reader has is taken out. */
const MOST_BEST = 24;
const MOST_CATEGORIES = 3;
const MOST_FRESH = 50;

export type RecommendFor = Pick<LetterSource, 'shopId' | 'items' | 'order' | 'origins' | 'contactId' | 'leanings'> & {
  /** Categories of presents, none: of all; null: the letter is about no presents. */
  guide?: readonly string[] | null;
};

/** Null where the letter has no room for it, or there is nothing to say. */
export async function recommendItems(tx: Tx, key: LetterKey, letter: RecommendFor): Promise<Recommendation | null> {
  if (!WISHES[key]) return null;
  const { shopId, items, order, origins, contactId, guide = null } = letter;
  const leanings = letter.leanings ?? (contactId ? await leaningsOf(tx, shopId, contactId) : NONE);
  const before = [...items, ...(order?.body.items ?? [])];
  const ids = [...new Set(before.map(({ id }) => id))];
  const categories = new Set(before.flatMap(({ category }) => category ?? []));
  for (const category of leanings.categories) categories.add(category);
  const candidates = (tallied: Tallied): Candidate[] => candidatesOf(tallied, origins);
  const best = async (category: string | null): Promise<Candidate[]> =>
    (await bestOf(tx, shopId, category, MOST_BEST)).flatMap(candidates);
  /** Under the first category of the reader's that it stands in. */
  const fresh = async () =>
    (await freshOf(tx, shopId, MOST_FRESH)).flatMap(({ item, categories: own, arrivedAt }) =>
      candidates({ item, sold: 0, viewed: 0, arrivedAt }).map((candidate) => ({
        category: [...categories].find((category) => own.includes(category)) ?? item.category ?? null,
        candidate,
      })),
    );
  const bestOfEach = <C extends string | null>(some: readonly C[]) =>
    Promise.all(some.map(async (category) => ({ category, best: await best(category) })));
  // Asked together: a letter waits for the database once instead of seven times.
  const [companions, liked, overall, presents, arrivals] = await Promise.all([
    mailableCompanions(tx, shopId, ids, origins),
    bestOfEach([...categories].slice(0, MOST_CATEGORIES)),
    best(null),
    guide && bestOfEach(guide.length > 0 ? guide : [null]),
    WISHES[key].reasons.includes('new') ? fresh() : [],
  ]);
  return recommend({
    letter: key,
    companions,
    categories: liked,
    best: overall,
    guide: presents,
    fresh: arrivals,
    avoid: new Set([...ids, ...leanings.bought]),
    avoidTitles: new Set([...before.map(({ title }) => title), ...leanings.titles]),
  });
}

/** What goes with these, as far as it may stand in a letter. */
export async function mailableCompanions(
  tx: Tx,
  shopId: string,
  ids: readonly string[],
  origins: readonly string[],
): Promise<Companion[]> {
  return (await companionsOf(tx, shopId, ids)).flatMap((one) =>
    candidatesOf(one, origins).map((candidate) => ({
      kind: one.kind,
      with: one.with,
      total: one.total,
      count: one.count,
      candidate,
    })),
  );
}

const candidatesOf = ({ item, sold, viewed, arrivedAt }: Tallied, origins: readonly string[]): Candidate[] =>
  mailableItems([item], origins).map((mailable) => ({ item: mailable, sold, viewed, arrivedAt }));

const NONE: Leanings = { bought: [], titles: [], categories: [] };
