/** How often pages may call: token buckets, so that who floods one shop costs the others nothing. Knows no shop's rows and stores nothing. */

import { isLoopback } from './ip-address.ts';
import type { Network } from './network.ts';

export interface PageCall {
  /** The site key, whether it is anybody's or not. */
  shop: string;
  /** Null: whoever it is, they are told the same. */
  visitor: string | null;
  network: Pick<Network, 'address' | 'range'>;
}

export interface PageLimiter {
  /** Whether this call is within its limits; counts it. */
  admits(call: PageCall): boolean | Promise<boolean>;
}

export const UNLIMITED: PageLimiter = { admits: () => true };

/** `burst` calls at once, `perSecond` in the long run. */
interface Rate {
  perSecond: number;
  burst: number;
}

type Rates = Record<'network' | 'shop' | 'visitor', Rate>;

/** One network over all shops, one network in a shop, one visitor of it. A carrier's network may hold a thousand shoppers at a time. */
export const RATES: Rates = {
  network: { perSecond: 300, burst: 3_000 },
  shop: { perSecond: 100, burst: 1_000 },
  visitor: { perSecond: 2, burst: 60 },
};

/** Buckets kept at most, the latest used: about 10 MB. One that was not used for a minute is full again, and so is one that is forgotten. */
const MOST_BUCKETS = 50_000;

interface Bucket {
  tokens: number;
  at: number;
}

export interface BucketsOptions {
  /** ms since the epoch. */
  now: () => number;
  most?: number;
  rates?: Rates;
}

/**
 * Buckets in this process' memory. The wide ones are asked first, so that a network that is over its limit makes no more buckets, and
 * only a call that all admit is counted, so that a flood of one shop takes nothing from the same network's calls to another.
 * What comes from this machine itself, or from nobody knows where, is not limited.
 */
export function tokenBuckets({
  now,
  most = MOST_BUCKETS,
  rates = RATES,
}: BucketsOptions): PageLimiter & { size(): number } {
  // What was used since the last turn of generations, and what only before: to forget the oldest half costs the same however many there are.
  let [young, old] = [new Map<string, Bucket>(), new Map<string, Bucket>()];

  /** The bucket as it has filled up by now. */
  const filled = (key: string, { perSecond, burst }: Rate): Bucket => {
    const at = now();
    const known = young.get(key) ?? old.get(key) ?? { tokens: burst, at };
    // A clock that is set back refills nothing.
    const gained = (Math.max(0, at - known.at) / 1_000) * perSecond;
    const bucket = { tokens: Math.min(burst, known.tokens + gained), at };
    if (young.size >= most / 2 && !young.has(key)) [young, old] = [new Map(), young];
    young.set(key, bucket);
    return bucket;
  };

  return {
    admits({ shop, visitor, network: { address, range } }) {
      if (!range || isLoopback(address)) return true;
      const asked: Bucket[] = [];
      const wide = [
        [range, rates.network],
        [`${range} ${shop}`, rates.shop],
      ] as const;
      const own = visitor === null ? [] : ([[`${range} ${shop} ${visitor}`, rates.visitor]] as const);
      for (const [key, rate] of [...wide, ...own]) {
        const bucket = filled(key, rate);
        if (bucket.tokens < 1) return false;
        asked.push(bucket);
      }
      for (const bucket of asked) bucket.tokens -= 1;
      return true;
    },
    size: () => young.size + old.size,
  };
}
