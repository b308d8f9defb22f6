/**
 * How far apart two means are, with an interval that holds at every moment at once: it may be looked at daily, and the experiment be ended
 * the day it leaves zero. An asymptotic confidence sequence: Robbins' normal mixture over the sample means (Waudby-Smith, Arbour, Sinha,
 * Kennedy and Ramdas, "Time-uniform central limit theory", 2021, eq. 10). A bootstrap or Welch's interval is narrower, and right for one look only.
 */

/** One group: how many, and the sum and the sum of squares of what each brought. */
export interface Sample {
  count: number;
  sum: number;
  squares: number;
}

export interface Difference {
  /** Of the second's mean from the first's. */
  value: number;
  low: number;
  high: number;
}

export const meanOf = ({ count, sum }: Sample): number => (count > 0 ? sum / count : 0);

/** Null where a group is too small to have a spread. `error`: the chance ever to leave out the truth. */
export function difference(first: Sample, second: Sample, error: number): Difference | null {
  const spread = spreadOf(first, second);
  if (!spread) return null;
  const value = meanOf(second) - meanOf(first);
  const half = halfWidth(spread, error);
  return { value, low: value - half, high: value + half };
}

/** How many times as many of both it takes until a difference of `value` is told from zero; null where it never is. */
export function growthToSee(first: Sample, second: Sample, value: number, error: number): number | null {
  const spread = spreadOf(first, second);
  if (!spread || value === 0) return null;
  const seen = (growth: number): boolean =>
    halfWidth({ ...spread, size: spread.size * growth }, error) < Math.abs(value);
  let high = 1;
  while (!seen(high)) {
    high *= 2;
    if (high > MOST_GROWTH) return null;
  }
  let low = high / 2;
  for (let step = 0; step < 30; step += 1) {
    const middle = (low + high) / 2;
    if (seen(middle)) high = middle;
    else low = middle;
  }
  return high;
}

const MOST_GROWTH = 2 ** 20;

/** The two groups as one of `size` with this variance of a single one: their difference has variance / size. */
interface Spread {
  size: number;
  variance: number;
}

function spreadOf(first: Sample, second: Sample): Spread | null {
  if (first.count < 2 || second.count < 2) return null;
  const size = (first.count * second.count) / (first.count + second.count);
  // Few lopsided values that happen to be low also look alike: a group is not taken to be calmer than both together.
  const all = varianceOf({
    count: first.count + second.count,
    sum: first.sum + second.sum,
    squares: first.squares + second.squares,
  });
  const own = [first, second].map((one) => Math.max(varianceOf(one), all) / one.count);
  return { size, variance: own.reduce((sum, one) => sum + one, 0) * size };
}

const varianceOf = ({ count, sum, squares }: Sample): number =>
  Math.max(0, (squares - (sum * sum) / count) / (count - 1));

/** Where the sequence is narrowest: 2,000 held out of 20,000. It holds everywhere. */
const TIGHT_AT = 1_800;

function halfWidth({ size, variance }: Spread, error: number): number {
  const surprise = -2 * Math.log(error);
  const information = (size * (surprise + Math.log(surprise + 1))) / TIGHT_AT;
  return Math.sqrt((variance / size) * (1 + 1 / information) * (surprise + Math.log(information + 1)));
}
