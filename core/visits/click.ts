/** Telling people's clicks from scanners': who follows two links of a letter in two seconds is no reader. */

/** ms in which only a machine follows two links. */
export const SCAN_MS = 2_000;

/** From when on a click can be judged: by then the scanner's next one has come. */
export const clickJudgedAt = (now: number): number => now + SCAN_MS + 500;
