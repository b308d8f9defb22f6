/** What people may say about letters without writing a line: why they go, how likely they would recommend the shop, what about they want to hear. */

import type { NpsGroup } from '../flows/flow.ts';

/** Why somebody wants no more letters, or fewer. Kept as the contact's `reason`. */
export const MAIL_REASONS = [
  'too_often',
  'not_interesting',
  'price',
  'bought_elsewhere',
  'never_asked',
  'other',
] as const;
export type MailReason = (typeof MAIL_REASONS)[number];

/** Why somebody stays away, one tap in a letter. Kept as the contact's `reason`, too. */
export const AWAY_REASONS = ['price', 'bought_elsewhere', 'not_needed', 'delivery', 'quality', 'too_often'] as const;
export type AwayReason = (typeof AWAY_REASONS)[number];

/** What a review gives, as a number of stars. */
export const STARS = [1, 2, 3, 4, 5] as const;

export const NPS_SCORES = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10] as const;

/** The three groups of the net promoter score. */
export function npsGroup(score: number): NpsGroup {
  if (score <= 6) return 'critic';
  return score <= 8 ? 'passive' : 'promoter';
}

/** Flows are switched on and off by their intent; those without one are one topic together. */
export const OTHER_TOPIC = 'other';
export const topicOf = ({ intent }: { intent?: string | null }): string => intent ?? OTHER_TOPIC;
