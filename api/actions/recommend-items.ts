/** Chooses what else a letter shows, from what the shop's orders and visits tell. */

import type { LetterKey } from '../../core/flow.ts';
import {
  type Candidate,
  type Companion,
  type Recommendation,
  type RecommendInput,
  recommend,
  WISHES,
} from '../../core/recommend.ts';
import type { Tx } from '../../db/connect.ts';
import { bestOf, companionsOf, freshOf, type Leanings, leaningsOf, type Tallied } from '../../db/tallies.ts';
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
  const companions = await mailableCompanions(tx, shopId, ids, origins);
  const liked: { category: string; best: Candidate[] }[] = [];
  for (const category of [...categories].slice(0, MOST_CATEGORIES))
    liked.push({ category, best: await best(category) });
  return recommend({
    letter: key,
    companions,
    categories: liked,
    best: await best(null),
    guide: guide && (await presents(guide, best)),
    fresh: WISHES[key].reasons.includes('new') ? await fresh() : [],
    avoid: new Set([...ids, ...leanings.bought]),
    avoidTitles: new Set([...before.map(({ title }) => title), ...leanings.titles]),
  });
}

const presents = async (
  guide: readonly string[],
  best: (category: string | null) => Promise<Candidate[]>,
): Promise<NonNullable<RecommendInput['guide']>> => {
  const chosen: { category: string | null; best: Candidate[] }[] = [];
  for (const category of guide.length > 0 ? guide : [null]) chosen.push({ category, best: await best(category) });
  return chosen;
};

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
