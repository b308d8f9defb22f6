/** A count with its noun, by the plural rules of the language. */

import type { Locale } from '../../core/values/locale.ts';

export type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };

export function counted(count: number, locale: Locale, forms: Forms): string {
  const form = forms[new Intl.PluralRules(locale).select(count)] ?? forms.other;
  return `${count} ${form}`;
}
