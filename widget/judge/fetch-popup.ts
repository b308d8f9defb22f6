/** Fetches the popup that a shop's rules need, and its words in the reader's language. */

import { localeOf } from '../../core/locale.ts';
import type { PublicRule } from '../../core/wire.ts';
import type { PopupChunk, PopupChunkName, WordsChunk } from '../bridge.ts';

/** Their file names, put in by the build. */
declare const POPUPS: Record<PopupChunkName, string>;

export function fetchPopup(rules: readonly PublicRule[], locale: string): Promise<[PopupChunk, WordsChunk]> {
  return Promise.all([
    load(rules.some(isFull) ? 'formats' : 'popup').then(async (chunk) => {
      const popup = chunk as PopupChunk;
      await popup.prepare?.(rules, localeOf(locale));
      return popup;
    }),
    load(`words-${localeOf(locale)}`) as Promise<WordsChunk>,
  ]);
}

/** Without reading it; but what the parts of a full popup are only itself can tell. */
export async function bringPopup(rules: readonly PublicRule[], locale: string): Promise<void> {
  if (rules.some(isFull)) await fetchPopup(rules, locale);
  else for (const name of ['popup', `words-${localeOf(locale)}`] as const) await fetch(urlOf(name));
}

const urlOf = (name: PopupChunkName): string => new URL(POPUPS[name], import.meta.url).href;

const load = (name: PopupChunkName): Promise<unknown> => import(urlOf(name));

/** Whether any arm of the rule has more than a plain dialog: another format, further steps or fields, looks of its own. */
const isFull = ({ popup, variants }: PublicRule): boolean =>
  [popup, ...variants.map((one) => one.popup)].some(
    (one) => (one?.format ?? 'modal') !== 'modal' || one?.steps || one?.fields || one?.theme,
  );
