/** What a step tries on people. */

export interface TrialPlan {
  by: 'clicks' | 'goal' | 'never';
  /** How long after a letter was planned what its reader does still counts, whichever variant they drew. */
  windowMs: number;
  variants: number;
}

/** One variant's people whose window is over. */
export interface TrialArm {
  people: number;
  /** Those of them who clicked, or bought. */
  reached: number;
}
