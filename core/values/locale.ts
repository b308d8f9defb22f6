/** The languages Linger speaks out of the box, and which of them a reader gets. */

export const LOCALES = ['en', 'ru'] as const;
export type Locale = (typeof LOCALES)[number];

/** Languages whose readers are better served in Russian than in English where we have nothing closer. */
const READS_RUSSIAN = new Set(['ru', 'be', 'kk', 'ky', 'tg', 'uk', 'uz']);

/** The built-in language for a BCP 47 tag: `ru-RU` → ru, `de` → en. */
export function localeOf(tag: string | null | undefined): Locale {
  const language = (tag ?? '').toLowerCase().split(/[-_]/)[0] ?? '';
  return READS_RUSSIAN.has(language) ? 'ru' : 'en';
}
