/** Whom a shop has let down is sold nothing meanwhile: their chains rest. */

import type { LetterKey } from './flow.ts';

/** The tag of who is not to be sold anything: set with a critic's answer, taken off by the shop or after 30 days. */
export const UNHAPPY = 'unhappy';

/** What they get all the same: answers, apologies, questions that go on, and what is theirs and ends. */
const SPARED: readonly LetterKey[] = [
  'confirm',
  'form-answer',
  'nps',
  'nps-promoter',
  'nps-passive',
  'nps-critic',
  'review-thanks',
  'service-end',
];

export interface RestingLetter {
  letter: string;
  purpose: 'marketing' | 'transactional';
  /** Its reader has just asked for it. */
  claimed: boolean;
  unhappy: boolean;
}

export const rests = ({ letter, purpose, claimed, unhappy }: RestingLetter): boolean =>
  unhappy && purpose === 'marketing' && !claimed && !SPARED.some((spared) => spared === letter);
