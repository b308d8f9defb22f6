/** How many letters may leave at this moment, and whose turn it is: a token bucket, and fair shares of it. */

/** Tokens there were at a moment (ms since the epoch). Each lets one letter go. */
export interface Bucket {
  tokens: number;
  at: number;
}

/** What a second brings, and never less than one letter: saved up is no more than that, so that nobody is flooded after a pause. */
const capacityOf = (perSecond: number): number => Math.max(1, perSecond);

export const fullBucket = (perSecond: number, now: number): Bucket => ({ tokens: capacityOf(perSecond), at: now });

/** The bucket now. A clock that is behind the one that wrote it brings nothing, and takes nothing. */
export function refill({ tokens, at }: Bucket, perSecond: number, now: number): Bucket {
  const brought = (Math.max(0, now - at) / 1_000) * perSecond;
  return { tokens: Math.min(capacityOf(perSecond), tokens + brought), at: Math.max(at, now) };
}

/** ms until a letter may go. */
export const waitFor = ({ tokens }: Bucket, perSecond: number): number =>
  tokens >= 1 ? 0 : Math.ceil(((1 - tokens) / perSecond) * 1_000);

export interface Allotment<T> {
  go: T[];
  wait: T[];
}

/**
 * One letter of each shop in turn while there are tokens; shops and letters in the order in which they come, so with the longest waiting
 * first nobody starves. A shop that is not in `shops` has no pace of its own; `whole` is what all of them may take together.
 */
export function allot<T extends { shopId: string }>(
  letters: readonly T[],
  shops: ReadonlyMap<string, number>,
  whole: number,
): Allotment<T> {
  const queues = new Map<string, T[]>();
  for (const letter of letters) queues.set(letter.shopId, [...(queues.get(letter.shopId) ?? []), letter]);
  const left = new Map(shops);
  const go = new Set<T>();
  let rest = whole;
  for (let turn = 0; go.size < letters.length; turn += 1) {
    const before = go.size;
    for (const [shop, queue] of queues) {
      const letter = queue[turn];
      const own = left.get(shop) ?? Number.POSITIVE_INFINITY;
      if (!letter || own < 1 || rest < 1) continue;
      left.set(shop, own - 1);
      rest -= 1;
      go.add(letter);
    }
    if (go.size === before) break;
  }
  return { go: letters.filter((letter) => go.has(letter)), wait: letters.filter((letter) => !go.has(letter)) };
}
