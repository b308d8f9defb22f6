/** Refuses words that can never become a letter, naming each mistake by its path. */

import type { LetterKey } from '../../../core/flows/flow.ts';
import type { OwnLetter } from '../../../core/letters/own-letter.ts';
import { LOCALES } from '../../../core/values/locale.ts';
import { compile } from '../../../emails/own/compile.ts';
import { deadLinks } from '../../../emails/own/dead-links.ts';
import { Problem } from '../../problem.ts';

const MOST_ERRORS = 20;

/** `under`: where in the body they are. */
export function checkTemplate(key: LetterKey, letter: OwnLetter, under = ''): void {
  const errors = LOCALES.flatMap((locale) => {
    const words = letter[locale];
    if (!words) return [];
    return [...compile(key, words).complaints, ...deadLinks(words)].map(({ path, message }) => ({
      path: [under, locale, path].filter(Boolean).join('.'),
      message,
    }));
  });
  if (errors.length > 0) throw new Problem('invalid', { errors: errors.slice(0, MOST_ERRORS) });
}
