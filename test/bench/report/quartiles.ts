/** A measurement that was repeated, in the three numbers that outliers move least. */

export interface Quartiles {
  q1: number;
  median: number;
  q3: number;
}

/** Between the two nearest values, as most programs do it (type 7). NaN of nothing. */
export function quartiles(values: readonly number[]): Quartiles {
  const sorted = [...values].sort((one, other) => one - other);
  const at = (part: number): number => {
    const place = part * (sorted.length - 1);
    const [low, high] = [sorted[Math.floor(place)] ?? Number.NaN, sorted[Math.ceil(place)] ?? Number.NaN];
    return low + (high - low) * (place - Math.floor(place));
  };
  return { q1: at(0.25), median: at(0.5), q3: at(0.75) };
}

/** To so many digits behind the point: more would claim what was not measured. */
export const rounded = (value: number, digits = 1): number => Number(value.toFixed(digits));
