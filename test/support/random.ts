/** Seeded randomness for property tests: the same seed gives the same run, so that a failure can be repeated. */

export interface Random {
  /** Uniform in [0, 1). */
  unit(): number;
  /** A whole number from `low` to `high`, both included. */
  int(low: number, high: number): number;
  chance(probability: number): boolean;
  pick<T>(choices: readonly T[]): T;
  list<T>(most: number, make: () => T): T[];
  bytes(length: number): Uint8Array;
}

/** Mulberry32: 32 bits of state, plenty for tests and nothing else. */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  const unit = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const int = (low: number, high: number): number => low + Math.floor(unit() * (high - low + 1));
  return {
    unit,
    int,
    chance: (probability) => unit() < probability,
    pick: (choices) => {
      const index = int(0, choices.length - 1);
      if (!(index in choices)) throw new RangeError('nothing to pick from');
      return choices[index] as (typeof choices)[number];
    },
    list: (most, make) => Array.from({ length: int(0, most) }, make),
    bytes: (length) => Uint8Array.from({ length }, () => int(0, 255)),
  };
}
