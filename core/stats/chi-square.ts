/** Pearson's test: whether counts are what their expectations allow. */

export interface ChiSquare {
  statistic: number;
  /** Chance of counts at least this far off, were the expectations true. */
  p: number;
}

/** Of cells that something was expected in; null where there are fewer than two, or too few counts for the test to mean anything. */
export function chiSquare(cells: readonly { observed: number; expected: number }[]): ChiSquare | null {
  if (cells.length < 2 || cells.some(({ expected }) => expected < LEAST_EXPECTED)) return null;
  const statistic = cells.reduce((sum, { observed, expected }) => sum + (observed - expected) ** 2 / expected, 0);
  return { statistic, p: upperGamma((cells.length - 1) / 2, statistic / 2) };
}

/** Cochran's rule of thumb. */
const LEAST_EXPECTED = 5;

/** Regularised upper incomplete gamma Q(a, x): by series below a + 1, by Lentz's continued fraction above (Numerical Recipes §6.2). */
export function upperGamma(a: number, x: number): number {
  if (x <= 0) return 1;
  const front = Math.exp(a * Math.log(x) - x - logGamma(a));
  if (x < a + 1) {
    let term = 1 / a;
    let sum = term;
    for (let n = 1; n < MOST_STEPS && Math.abs(term) > Math.abs(sum) * 1e-15; n += 1) {
      term *= x / (a + n);
      sum += term;
    }
    return Math.max(0, 1 - front * sum);
  }
  let b = x + 1 - a;
  let c = 1 / TINY;
  let d = 1 / b;
  let fraction = d;
  for (let n = 1; n < MOST_STEPS; n += 1) {
    const an = -n * (n - a);
    b += 2;
    d = 1 / awayFromZero(an * d + b);
    c = awayFromZero(b + an / c);
    fraction *= d * c;
    if (Math.abs(d * c - 1) < 1e-15) break;
  }
  return front * fraction;
}

const MOST_STEPS = 1_000;
const TINY = 1e-300;
const awayFromZero = (value: number): number => (Math.abs(value) < TINY ? TINY : value);

/** ln Γ(x) for x > 0, by Lanczos with g = 7. */
function logGamma(x: number): number {
  const t = x + 6.5;
  const sum = LANCZOS.reduce((total, coefficient, index) => total + coefficient / (x + index), 0.999_999_999_999_809_9);
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(sum);
}

const LANCZOS = [
  676.520_368_121_885_1, -1_259.139_216_722_402_8, 771.323_428_777_653_1, -176.615_029_162_140_6,
  12.507_343_278_686_905, -0.138_571_095_265_720_12, 9.984_369_578_019_572e-6, 1.505_632_735_149_311_6e-7,
];
