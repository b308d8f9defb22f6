/** Values that can only rise, read from noisy ones. */

/** The nearest sequence that never falls, each value counting by its weight: neighbours that fall share their mean (pool adjacent violators). */
export function rising(values: readonly number[], weights: readonly number[]): number[] {
  const pools: { sum: number; weight: number; count: number }[] = [];
  for (const [index, value] of values.entries()) {
    const weight = weights[index] ?? 1;
    let pool = { sum: value * weight, weight, count: 1 };
    for (let last = pools.at(-1); last && last.sum / last.weight > pool.sum / pool.weight; last = pools.at(-1)) {
      pool = { sum: last.sum + pool.sum, weight: last.weight + pool.weight, count: last.count + pool.count };
      pools.pop();
    }
    pools.push(pool);
  }
  return pools.flatMap(({ sum, weight, count }) => Array.from({ length: count }, () => sum / weight));
}
