/** How a reader is addressed: by what is known of the name, in the way that the shop chose. A name that is none is not used. */

import type { Locale } from '../core/locale.ts';
import { greetableName, type NameStyle } from '../core/person-name.ts';

export interface NameParts {
  patronymic?: string;
  last?: string;
}

/** What follows "Hello" in this language, or null: then the greeting stands alone. */
export function addressed(
  name: string | null,
  { patronymic, last }: NameParts,
  style: NameStyle,
  locale: Locale,
): string | null {
  const [given, middle, family] = [name, patronymic, last].map(greetableName);
  if (!given || style === 'none') return null;
  // English has no patronymics, and Russian politeness needs no family name where it has one.
  const full = {
    first: [given],
    'first-patronymic': locale === 'ru' ? [given, middle] : [given],
    formal: locale === 'ru' && middle ? [given, middle] : [given, family],
  }[style];
  return full.filter(Boolean).join(' ');
}
