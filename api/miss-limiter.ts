/** How many unknown codes a caller may ask about: whoever tries names at a checkout soon gets no answer at all. Known codes cost nothing. */

export interface MissLimiter {
  /** Whether this caller may ask. */
  admits(caller: string): boolean;
  /** It asked for a code that there is not. */
  missed(caller: string): void;
}

export interface MissLimiterOptions {
  /** ms since the epoch. */
  now: () => number;
  /** Misses at once: a morning's typing errors of a large shop. */
  burst?: number;
  /** Misses that are forgiven in the long run. */
  perSecond?: number;
  /** Callers remembered; the one that asked longest ago is forgotten first. */
  most?: number;
}

interface Debt {
  misses: number;
  at: number;
}

export function missLimiter({ now, burst = 300, perSecond = 1, most = 10_000 }: MissLimiterOptions): MissLimiter {
  const debts = new Map<string, Debt>();
  const owed = (caller: string): number => {
    const debt = debts.get(caller);
    return debt ? Math.max(0, debt.misses - (Math.max(0, now() - debt.at) / 1_000) * perSecond) : 0;
  };
  return {
    admits: (caller) => owed(caller) < burst,
    missed(caller) {
      const misses = owed(caller) + 1;
      debts.delete(caller);
      debts.set(caller, { misses, at: now() });
      const [oldest] = debts.keys();
      if (debts.size > most && oldest !== undefined) debts.delete(oldest);
    },
  };
}
