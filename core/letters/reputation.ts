/** How mailbox providers will come to see a sender, from what became of its latest letters. They bar who goes on regardless. */

/** What is counted: the latest letters that sell, at most this many. */
export const COUNTED_LETTERS = 1_000;

/** Of the counted letters. */
export interface Fates {
  sent: number;
  complained: number;
  /** Addresses that there are not. */
  bounced: number;
}

export type Reputation =
  | { state: 'good' }
  | { state: 'warn'; reason: string }
  /** What sells has to wait until somebody has looked. */
  | { state: 'halt'; reason: string };

/** Gmail and Yahoo ask senders to stay below 0.1 % and never to reach 0.3 %: https://support.google.com/a/answer/81126 */
const WARN_COMPLAINTS = 0.001;
const HALT_COMPLAINTS = 0.003;
const HALT_BOUNCES = 0.05;
/** A typing error or two among a new shop's first letters says nothing. */
const FEWEST_LETTERS = 50;

/** Complaints are held against a thousand letters also where there were fewer: one of the first ten is no 10 %. */
export function reputationOf({ sent, complained, bounced }: Fates): Reputation {
  const complaints = complained / COUNTED_LETTERS;
  if (complaints >= HALT_COMPLAINTS)
    return { state: 'halt', reason: `${complained} of the last ${told(sent)} complained` };
  if (sent >= FEWEST_LETTERS && bounced > sent * HALT_BOUNCES) {
    return { state: 'halt', reason: `${bounced} of the last ${told(sent)} went to addresses that don’t exist` };
  }
  if (complaints >= WARN_COMPLAINTS)
    return { state: 'warn', reason: `${complained} of the last ${told(sent)} complained` };
  return { state: 'good' };
}

const told = (sent: number): string => (sent === 1 ? 'letter' : `${sent} letters`);
