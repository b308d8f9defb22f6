/** A letter in the shop's own words: what it may replace of the built-in one. Every text is Liquid; what it may speak of is checked on save. */

import type { Locale } from '../values/locale.ts';

/** The sentences of a letter, each in its place. */
export const OWN_SENTENCES = [
  'subject',
  'preheader',
  'headline',
  'greeting',
  'body',
  'after',
  'button',
  'items',
] as const;
export type OwnSentence = (typeof OWN_SENTENCES)[number];

/** A place of the letter by its name, a paragraph, or markup. */
export type OwnBlock = string | { paragraph: string } | { html: string };

export interface OwnWords extends Partial<Record<OwnSentence, string>> {
  /** Which parts stand in which order. */
  blocks?: OwnBlock[];
  /** Everything between the shop's head and the foot, instead of `blocks`. */
  html?: string;
  /** The same as plain text; absent: made from what the letter shows. */
  text?: string;
}

export type OwnLetter = { [locale in Locale]?: OwnWords };
