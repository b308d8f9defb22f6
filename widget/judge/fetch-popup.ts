/** Fetches the popup that a shop's rules need, and its words in the reader's language. */

import { localeOf } from '../../core/values/locale.ts';
import type { PublicRule } from '../../core/visits/wire.ts';
import type { PopupChunk, PopupChunkName, WordsChunk } from '../bridge.ts';
import { isFull } from '../popup/parts-of.ts';

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

const load = (name: PopupChunkName): Promise<unknown> => import(new URL(POPUPS[name], import.meta.url).href);
