/** Whether somebody must say from their own mailbox that an address is theirs before anything that sells is sent to it (double opt-in). */

export const CONFIRM_MODES = ['always', 'de-at', 'never'] as const;
export type ConfirmMode = (typeof CONFIRM_MODES)[number];

export interface Asker {
  /** BCP 47. */
  shopLocale: string;
  /** What the visitor's browser prefers, a language or a whole tag; null when it doesn't say. */
  language: string | null;
  /** ISO 3166 of the visitor's network; null when unknown. */
  country: string | null;
}

/** German and Austrian courts want it: asked for where the shop or the visitor is there, as far as anybody can tell. Never decided by the address. */
export function mustConfirm(mode: ConfirmMode, { shopLocale, language, country }: Asker): boolean {
  if (mode !== 'de-at') return mode === 'always';
  if (country === 'DE' || country === 'AT') return true;
  return isGerman(shopLocale) || (isGerman(language) && country !== 'CH' && country !== 'LI');
}

/** German as such, or that of Germany and Austria. */
const isGerman = (tag: string | null): boolean => /^de(-[a-z]{4})?(-(de|at))?$/i.test(tag ?? '');
