/** Which other things a letter shows, and why each: from what was bought and looked at in the shop. Pure; knows counts and nobody's name. */

import type { LetterKey } from '../flows/flow.ts';
import type { Item } from './item.ts';

/** `new` needs a catalogue that says what is new; `gift` is for others, whatever the reader likes. */
export const RECOMMENDATION_REASONS = ['bought-together', 'viewed-together', 'popular', 'new', 'gift'] as const;
export type RecommendationReason = (typeof RECOMMENDATION_REASONS)[number];

/** Why this thing: `count` is orders with both, people who looked at both, or orders with it. */
export interface Because {
  /** The ids of the letter's own things that it goes with; empty where it goes with none. */
  with: readonly string[];
  count: number;
}

export interface Recommendation {
  reason: RecommendationReason;
  /** Whose best these are; absent: the whole shop's. */
  category?: string;
  items: readonly { item: Item; because: Because }[];
}

/** What is kept of it beside the letter. */
export interface ToldRecommendation {
  reason: RecommendationReason;
  category?: string;
  items: readonly ({ id: string; title: string } & Because)[];
}

/** A thing that may be shown: it is for sale as far as anybody knows, and its words and links are fit for a letter. */
export interface Candidate {
  item: Item;
  sold: number;
  viewed: number;
  /** When it came new into the catalogue, in ms since the epoch; null where it is not new, or nobody says. */
  arrivedAt?: number | null;
}

/** `count` times together with `with`, which itself was counted `total` times. */
export interface Companion {
  kind: 'bought' | 'viewed';
  with: string;
  total: number;
  count: number;
  candidate: Candidate;
}

export interface RecommendInput {
  letter: LetterKey;
  companions: readonly Companion[];
  /** The best of each category that the reader is known to care for, most cared for first. */
  categories: readonly { category: string; best: readonly Candidate[] }[];
  /** The best of the whole shop. */
  best: readonly Candidate[];
  /** Presents: the best of each category that the shop chose, or of the whole shop; null: the letter is about none. */
  guide?: readonly { category: string | null; best: readonly Candidate[] }[] | null;
  /** What is new, the latest first; empty without a catalogue. */
  fresh: readonly { category: string | null; candidate: Candidate }[];
  /** What the letter has, and what the reader bought. */
  avoid: ReadonlySet<string>;
  /** Titles of the same, for sizes and colours with ids of their own. */
  avoidTitles: ReadonlySet<string>;
}

interface Wish {
  reasons: readonly RecommendationReason[];
  most: number;
  /** Fewer would look like a mistake. */
  least: number;
  /** New arrivals before all others. */
  newFirst?: true;
}

const GOES_WITH: readonly RecommendationReason[] = ['bought-together', 'viewed-together'];
const MATCHING: Wish = { reasons: [...GOES_WITH, 'popular'], most: 4, least: 2 };
const LIKED: Wish = { reasons: ['new', 'popular'], most: 4, least: 2 };
const PRESENTS: Wish = { reasons: ['gift', 'popular'], most: 4, least: 2 };
const BEST: Wish = { reasons: ['popular'], most: 4, least: 2 };

/** The letters that have room for it, with what suits each: the first reason that has enough is the letter's. */
export const WISHES: { readonly [key in LetterKey]?: Wish } = {
  'welcome-2': BEST,
  // One or two that go with what was carted, and nothing beside the point.
  'cart-1': { reasons: GOES_WITH, most: 2, least: 1 },
  'browse-2': { reasons: ['viewed-together', 'bought-together', 'popular'], most: 4, least: 2 },
  thanks: MATCHING,
  'cross-sell-1': { reasons: GOES_WITH, most: 4, least: 2, newFirst: true },
  'cross-sell-2': { reasons: ['viewed-together', 'bought-together'], most: 4, least: 2, newFirst: true },
  'miss-you': LIKED,
  'win-back-1': LIKED,
  'win-back-2': LIKED,
  birthday: LIKED,
  holiday: PRESENTS,
  'holiday-last-day': PRESENTS,
  'points-expiring': LIKED,
  'new-arrivals': BEST,
};

/** Twice by chance is still chance. */
const LEAST_TOGETHER = { bought: 2, viewed: 3 };
const LEAST_SOLD = 2;

/** Null where there is nothing to say. */
export function recommend(input: RecommendInput): Recommendation | null {
  const wish = WISHES[input.letter];
  if (!wish) return null;
  for (const reason of wish.reasons) {
    const found = BY_REASON[reason](input, wish);
    if (found && found.items.length >= wish.least) return { reason, ...found };
  }
  return null;
}

type Found = Omit<Recommendation, 'reason'> | null;

const BY_REASON: Record<RecommendationReason, (input: RecommendInput, wish: Wish) => Found> = {
  'bought-together': (input, wish) => together(input, wish, 'bought'),
  'viewed-together': (input, wish) => together(input, wish, 'viewed'),
  popular(input, wish) {
    for (const { category, best } of input.categories) {
      const items = favourites(input, wish, best);
      if (items.length >= wish.least) return { category, items };
    }
    return { items: favourites(input, wish, input.best) };
  },
  gift({ guide, ...input }, wish) {
    if (!guide) return null;
    const [only, ...others] = guide;
    const category = others.length === 0 ? only?.category : null;
    return { ...(category ? { category } : {}), items: favourites(input, wish, inTurn(guide.map(({ best }) => best))) };
  },
  new(input, wish) {
    const liked = new Set(input.categories.map(({ category }) => category));
    const suited = input.fresh.filter(({ category }) => category !== null && liked.has(category));
    // Somebody of whom nothing is known sees all that is new.
    const fresh = (liked.size > 0 ? suited : input.fresh).map(({ candidate }) => candidate);
    const items = chosen(input, wish, fresh).map(because([]));
    const [only, ...others] = new Set(suited.map(({ category }) => category));
    return { ...(liked.size > 0 && only && others.length === 0 ? { category: only } : {}), items };
  },
};

const favourites = (input: RecommendInput, wish: Wish, best: readonly Candidate[]): Recommendation['items'] =>
  chosen(
    input,
    wish,
    best.filter(({ sold, viewed }) => sold >= LEAST_SOLD || viewed >= LEAST_TOGETHER.viewed),
  ).map(because([]));

/** The first of each, then the second of each, and so on. */
const inTurn = (lists: readonly (readonly Candidate[])[]): Candidate[] =>
  Array.from({ length: Math.max(0, ...lists.map(({ length }) => length)) }, (_, place) =>
    lists.flatMap((list) => list[place] ?? []),
  ).flat();

const because =
  (company: readonly string[]) =>
  ({ item, sold }: Candidate): Recommendation['items'][number] => ({ item, because: { with: company, count: sold } });

/** How much more often together than two things so common would be by chance, and less for what rests on little. */
function closeness({ kind, count, total, candidate }: Companion): number {
  const own = kind === 'bought' ? candidate.sold : candidate.viewed;
  return (count / Math.sqrt(Math.max(1, total) * Math.max(1, own))) * (count / (count + 2));
}

function together(input: RecommendInput, wish: Wish, kind: Companion['kind']): Found {
  const near = new Map<string, { candidate: Candidate; score: number; count: number; with: string[] }>();
  for (const companion of input.companions) {
    if (companion.kind !== kind || companion.count < LEAST_TOGETHER[kind]) continue;
    const { candidate, count } = companion;
    const known = near.get(candidate.item.id) ?? { candidate, score: 0, count: 0, with: [] };
    known.score += closeness(companion);
    known.count += count;
    known.with.push(companion.with);
    near.set(candidate.item.id, known);
  }
  const sorted = [...near.values()].sort(
    (one, other) =>
      newFirst(one, other, wish) ||
      other.score - one.score ||
      other.count - one.count ||
      (one.candidate.item.id < other.candidate.item.id ? -1 : 1),
  );
  const items = chosen(
    input,
    wish,
    sorted.map(({ candidate }) => candidate),
  ).map((candidate) => {
    const { with: company, count } = near.get(candidate.item.id) ?? { with: [], count: 0 };
    return { item: candidate.item, because: { with: company, count } };
  });
  return { items };
}

const newFirst = (one: { candidate: Candidate }, other: { candidate: Candidate }, wish: Wish): number =>
  wish.newFirst ? (other.candidate.arrivedAt ?? 0) - (one.candidate.arrivedAt ?? 0) : 0;

/** Letters that are about nothing but what goes with an order: without it they are not sent. */
export const ONLY_RECOMMENDING: readonly LetterKey[] = ['cross-sell-1', 'cross-sell-2'];

/** The first of them that the reader has neither before them nor at home, each title once. */
function chosen({ avoid, avoidTitles }: RecommendInput, { most }: Wish, candidates: readonly Candidate[]): Candidate[] {
  const titles = new Set([...avoidTitles].map(sameTitle));
  const fit: Candidate[] = [];
  for (const candidate of candidates) {
    const { id, title, available } = candidate.item;
    if (fit.length === most) break;
    if (avoid.has(id) || available === false || titles.has(sameTitle(title))) continue;
    titles.add(sameTitle(title));
    fit.push(candidate);
  }
  return fit;
}

/** What a scenario says goes with its things, as if counted often enough. */
export const toldCompanions = (goesWith: Readonly<Record<string, readonly string[]>>): Companion[] =>
  Object.entries(goesWith).flatMap(([thing, others]) =>
    others.map((id) => {
      const item = { id, title: id, price: null, currency: null, url: '' };
      const candidate = { item, sold: OFTEN, viewed: OFTEN };
      return { kind: 'bought' as const, with: thing, total: OFTEN, count: OFTEN, candidate };
    }),
  );
const OFTEN = 10;

const sameTitle = (title: string): string => title.trim().toLowerCase();

export const toldRecommendation = ({ reason, category, items }: Recommendation): ToldRecommendation => ({
  reason,
  ...(category ? { category } : {}),
  items: items.map(({ item, because }) => ({ id: item.id, title: item.title, ...because })),
});
