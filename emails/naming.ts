/** How a reader is addressed: by what is known of the name, in the way that the shop chose. A name that is none is not used. */

import type { Locale } from '../core/values/locale.ts';
import { fullNameOf, greetableName, type NameStyle } from '../core/values/person-name.ts';

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
  // Forms have one field, and people write all of it there.
  const whole = fullNameOf(name ?? '');
  const full = whole && Object.values(whole).every((part) => part === null || greetableName(part)) ? whole : null;
  const [given, middle, family] = [full?.first ?? name, patronymic ?? full?.patronymic, last ?? full?.last].map(
    greetableName,
  );
  if (!given || style === 'none') return null;
  // English has no patronymics, and Russian politeness needs no family name where it has one.
  const said = {
    first: [given],
    'first-patronymic': locale === 'ru' ? [given, middle] : [given],
    formal: locale === 'ru' && middle ? [given, middle] : [given, family],
  }[style];
  return said.filter(Boolean).join(' ');
}
