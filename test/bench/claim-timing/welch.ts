/** Welch's t of two groups of times: how many standard errors their means lie apart (TVLA takes 4.5 for a leak). */

export function welch(one: readonly number[], other: readonly number[]): number {
  const [first, second] = [spreadOf(one), spreadOf(other)];
  const error = Math.sqrt(first.variance / one.length + second.variance / other.length);
  return error === 0 ? 0 : (first.mean - second.mean) / error;
}

function spreadOf(values: readonly number[]): { mean: number; variance: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { mean, variance: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1) };
}

/** The value below which this part of them lies. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? Number.NaN;
}

/** The largest t of any two groups; `below`: of the times up to this quantile of them all, where a busy machine hides nothing (dudect). */
export function largestT(groups: readonly (readonly number[])[], below = 1): number {
  const most = below === 1 ? Number.POSITIVE_INFINITY : quantile(groups.flat(), below);
  const kept = groups.map((group) => group.filter((value) => value <= most));
  const all = kept.flatMap((one, index) => kept.slice(index + 1).map((other) => Math.abs(welch(one, other))));
  return Math.max(...all);
}
