/** Random numbers of other shapes, made from uniform ones in [0, 1) that the caller brings. */

export type Uniform = () => number;

/** Standard normal, by Box and Muller. */
export const normalDraw = (random: Uniform): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

/** Gamma of this shape (more than 0) and scale 1, by Marsaglia and Tsang (2000). */
export function gammaDraw(shape: number, random: Uniform): number {
  if (shape < 1) return gammaDraw(shape + 1, random) * (1 - random()) ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = normalDraw(random);
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(1 - random()) < (x * x) / 2 + d - d * v + d * Math.log(v)) return d * v;
  }
}

/** Beta with these counts, both more than 0. */
export function betaDraw(successes: number, failures: number, random: Uniform): number {
  const one = gammaDraw(successes, random);
  return one / (one + gammaDraw(failures, random));
}
