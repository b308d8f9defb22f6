/**
 * The net promoter score with its interval: Bonett and Price's adjusted Wald interval for the difference of two shares of the same people
 * ("Adjusted Wald confidence interval for a difference of binomial proportions based on paired data", 2012), at 95 %. It holds for few
 * answers, too, where the plain one is too narrow.
 */

export interface NpsCounts {
  promoters: number;
  passives: number;
  critics: number;
}

export interface NetScore {
  /** −100 to 100: the percentage of promoters less that of critics. */
  index: number;
  /** Where the index of everybody who might have answered lies, in 95 of 100 such reports. */
  low: number;
  high: number;
}

/** Of the normal distribution: 95 % lie within so many standard deviations. */
const Z = 1.959963984540054;

/** Null where nobody has answered. */
export function netScore({ promoters, passives, critics }: NpsCounts): NetScore | null {
  const answers = promoters + passives + critics;
  if (answers === 0) return null;
  const up = (promoters + 1) / (answers + 2);
  const down = (critics + 1) / (answers + 2);
  const half = Z * Math.sqrt((up + down - (up - down) ** 2) / (answers + 2));
  return {
    index: (100 * (promoters - critics)) / answers,
    low: 100 * Math.max(-1, up - down - half),
    high: 100 * Math.min(1, up - down + half),
  };
}
