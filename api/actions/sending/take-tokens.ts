/** Lets as many letters go as the paces of their shops and of the instance allow now; the others stay where they are, and nobody's turn is lost. */

import { type Allotment, allot, refill, waitFor } from '../../../core/letters/pacing.ts';
import type { Tx } from '../../../db/connect.ts';
import type { DueMessage } from '../../../db/due-letters.ts';
import { type Buckets, lockBuckets, saveBuckets } from '../../../db/pace.ts';
import type { Settings } from '../../settings.ts';

type Paced = Pick<DueMessage, 'shopId' | 'settings'>;

export interface Taken<T> extends Allotment<T> {
  /** ms until the next of those that wait may go; null where none waits. */
  waitMs: number | null;
}

export async function takeTokens<T extends Paced>(
  tx: Tx,
  settings: Settings,
  letters: readonly T[],
): Promise<Taken<T>> {
  const paces = pacesOf(settings, letters);
  if (letters.length === 0 || paces.size === 0) return { go: [...letters], wait: [], waitMs: null };
  const buckets: Buckets = new Map();
  for (const [shop, bucket] of await lockBuckets(tx, paces)) {
    buckets.set(shop, refill(bucket, paces.get(shop) ?? 0, tx.now));
  }
  const own = new Map<string, number>();
  for (const [shop, { tokens }] of buckets) if (shop !== null) own.set(shop, tokens);
  const { go, wait } = allot(letters, own, buckets.get(null)?.tokens ?? Number.POSITIVE_INFINITY);
  for (const [shop, bucket] of buckets) {
    const taken = shop === null ? go.length : go.filter(({ shopId }) => shopId === shop).length;
    buckets.set(shop, { ...bucket, tokens: bucket.tokens - taken });
  }
  await saveBuckets(tx, buckets);
  return { go, wait, waitMs: wait.length === 0 ? null : soonest(wait, buckets, paces) };
}

function pacesOf({ lettersPerSecond }: Settings, letters: readonly Paced[]): Map<string | null, number> {
  const paces = new Map<string | null, number>();
  for (const { shopId, settings } of letters) {
    const pace = settings.limits?.lettersPerSecond ?? null;
    if (pace !== null) paces.set(shopId, pace);
  }
  if (lettersPerSecond !== null) paces.set(null, lettersPerSecond);
  return paces;
}

/** Of each letter that waits, the slower of its buckets; of all letters, the first to go. */
function soonest(wait: readonly Paced[], buckets: Buckets, paces: ReadonlyMap<string | null, number>): number {
  const until = (shop: string | null): number => {
    const bucket = buckets.get(shop);
    return bucket ? waitFor(bucket, paces.get(shop) ?? 1) : 0;
  };
  return Math.max(1, until(null), Math.min(...wait.map(({ shopId }) => until(shopId))));
}
