/** What a letter shows beside what its message holds, asked for when it is made: what buyers wrote, what goes with its things, and how these stand now. */

import { type Recommendation, toldRecommendation } from '../../../core/catalogue/recommend.ts';
import { LETTER_KEYS, type LetterKey } from '../../../core/flows/flow.ts';
import { formOf } from '../../../core/flows/form-about.ts';
import { localeOf } from '../../../core/values/locale.ts';
import type { FormKind } from '../../../core/visits/event.ts';
import type { Tx } from '../../../db/connect.ts';
import { enrollmentById } from '../../../db/enrollments.ts';
import { noteRecommended } from '../../../db/messages.ts';
import { ratingsOf, reviewsToShow } from '../../../db/reviews.ts';
import { DRAFTS } from '../../../emails/drafts.ts';
import type { LetterItem, LetterProps } from '../../../emails/letter.ts';
import { compile } from '../../../emails/own/compile.ts';
import type { Deps } from '../../deps.ts';
import type { LetterSource } from './compose-letter.ts';
import { currentItems } from './current-items.ts';
import { knowsGoods } from './knows-goods.ts';
import { type Imagined, type LetterTimes, letterTimes, tellsTimes } from './letter-times.ts';
import { type RecommendFor, recommendItems } from './recommend-items.ts';

export interface LetterExtras extends LetterTimes, Pick<LetterProps, 'reviews' | 'keptUntil'> {
  recommended?: Recommendation;
  /** The form that the letter answers. */
  form?: FormKind;
  /** The message's things as the catalogue has them now, without those that can't be bought; absent: there is no catalogue. */
  items?: LetterItem[];
}

/** Their things are the reader's already: nothing of it is offered. */
const OWNED: readonly LetterKey[] = ['review-request', 'cross-sell-1', 'cross-sell-2'];

const MOST_REVIEWS = 3;

/** The parts that the letter places, and what its words speak of where they are the shop's own. */
export function needsOf(key: LetterKey, { own, locale }: Pick<LetterSource, 'own' | 'locale'>): ReadonlySet<string> {
  const words = own?.words?.[localeOf(locale)];
  return words ? compile(key, words).needs : new Set(DRAFTS[key]);
}

async function formAnswered(
  tx: Tx,
  { enrollmentId, imagined }: { enrollmentId: string | undefined; imagined: Imagined | undefined },
): Promise<FormKind | null> {
  if (imagined || !enrollmentId) return imagined?.form ?? null;
  return formOf((await enrollmentById(tx, enrollmentId))?.dedupeKey ?? '');
}

/** Only what the shop confirmed of all that the letter shows. */
async function keptFor(
  tx: Tx,
  enrollmentId: string,
  { items }: Recommendation,
): Promise<Pick<LetterProps, 'keptUntil'>> {
  const kept = (await enrollmentById(tx, enrollmentId))?.kept;
  const all = kept && items.every(({ item }) => kept.ids.includes(item.id));
  return all && kept.until > tx.now ? { keptUntil: kept.until } : {};
}

/** Where buyers' words stand, what the catalogue says of each thing and what they give it stand with it. */
async function itemsNow(
  tx: Tx,
  shopId: string,
  { items, current, described }: { items: LetterItem[]; current: boolean; described: boolean },
): Promise<LetterItem[]> {
  const now: LetterItem[] = current ? await currentItems(tx, shopId, items) : items;
  if (!described) return now.map(({ description: _description, ...item }) => item);
  const ratings = await ratingsOf(tx, shopId, [...new Set(items.map(({ id }) => id))]);
  return now.map((item) => {
    const rating = ratings.get(item.id);
    return rating ? { ...item, rating } : item;
  });
}

/** What is recommended is noted down beside the letter, with the reasons. */
export async function gatherExtras(
  deps: Deps,
  {
    id,
    letter,
    own = null,
    zone,
    enrollmentId,
    imagined,
    ...source
  }: RecommendFor & Pick<LetterSource, 'id' | 'letter' | 'own' | 'locale' | 'zone' | 'enrollmentId' | 'imagined'>,
): Promise<LetterExtras> {
  const key = LETTER_KEYS.find((known) => known === letter);
  if (!key) return {};
  const needs = needsOf(key, { own, locale: source.locale });
  const reviewed = needs.has('reviews');
  const recommending = needs.has('recommended');
  const timed = tellsTimes(key);
  const { shopId, items } = source;
  const shown = DRAFTS[key].includes('items') || needs.has('items');
  const offers = items.length > 0 && shown && !OWNED.includes(key);
  const current = offers && (await knowsGoods(deps, shopId));
  const answering = key === 'form-answer';
  if (!reviewed && !recommending && !timed && !current && !answering) return {};
  return deps.db.shop(shopId, async (tx) => {
    const ids = items.map((item) => item.id);
    const reviews = reviewed ? await reviewsToShow(tx, shopId, ids, MOST_REVIEWS) : [];
    const of = {
      shopId,
      zone,
      locale: source.locale,
      ...(enrollmentId ? { enrollmentId } : {}),
      ...(imagined ? { imagined } : {}),
    };
    const { known = null, ...times } = timed ? await letterTimes(tx, key, of) : {};
    const guide = known?.gifts ? known.guide : null;
    const recommended = recommending ? await recommendItems(tx, key, { ...source, guide }) : null;
    if (recommended) await noteRecommended(tx, shopId, id, toldRecommendation(recommended));
    const form = answering ? await formAnswered(tx, { enrollmentId, imagined }) : null;
    return {
      ...times,
      ...(form ? { form } : {}),
      ...(recommended && enrollmentId ? await keptFor(tx, enrollmentId, recommended) : {}),
      ...(reviews.length > 0 ? { reviews: reviews.map(({ author, stars, text }) => ({ author, stars, text })) } : {}),
      ...(recommended ? { recommended } : {}),
      ...(current || (reviewed && items.length > 0)
        ? { items: await itemsNow(tx, shopId, { items, current, described: reviewed }) }
        : {}),
    };
  });
}
