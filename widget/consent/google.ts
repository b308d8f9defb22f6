/** Google Consent Mode: `gtag('consent', 'default' | 'update', …)` as it stands in `dataLayer`. */

import type { Answer } from './memory-mode.ts';

/** Longest wait for a banner that says when it will have answered. */
const MOST_PATIENCE_MS = 2_000;

export interface GoogleSays {
  answer: Answer | null;
  /** ms for which the page asks to wait for the answer. */
  patience: number;
}

/** All entries so far. A default for some regions only is taken for everyone's where it denies: the page doesn't know where it is. */
export function readGoogle(entries: readonly ArrayLike<unknown>[]): GoogleSays {
  let answer: Answer | null = null;
  let patience = 0;
  for (const { 1: command, 2: choice } of entries) {
    const { analytics_storage: stored, wait_for_update: wait } = (choice ?? {}) as Record<string, unknown>;
    if (command === 'default') {
      if (typeof wait === 'number') patience = Math.min(Math.max(wait, patience), MOST_PATIENCE_MS);
      if (stored === 'denied') answer = 'waiting';
      else if (stored === 'granted') answer ??= 'presumed';
    } else if (command === 'update' && (stored === 'granted' || stored === 'denied')) answer = stored;
  }
  return { answer, patience };
}
