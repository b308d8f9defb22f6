/** A page that is left before its reader has come: what it says of its product, kept as it stands for the next page to read. */

import type { EarlyWord } from '../bridge.ts';
import { guarded } from '../guard.ts';
import { toJson } from '../json.ts';
import type { MemoryStore } from '../memory.ts';

export interface UnreadPage {
  url: string;
  /** When it was left, in ms since the epoch. */
  at: number;
  /** Its JSON-LD, its OpenGraph tags, its heading. */
  markup: string[];
  /** What was said of an order, to us or to `dataLayer`: JSON. */
  words?: string[];
}

const MOST_LETTERS = 20_000;

/** A page that is hidden and then left is kept twice: the next one sees to it. */
export function keepUnread(store: MemoryStore, early: readonly EarlyWord[]): void {
  const said = document.querySelectorAll('[type*=ld\\+json],meta[property],h1');
  const markup = [...said].map((one) => one.outerHTML);
  const words = early.map((word) => guarded(toJson)(word) ?? '').filter((word) => /"order|purchase/i.test(word));
  const page = { url: location.href, at: Date.now(), markup, words };
  const { length } = `${markup}${words}`;
  if ((words.length || /product/i.test(`${markup}`)) && length < MOST_LETTERS)
    store.update((memory) => {
      memory.unread = [...(memory.unread ?? []), page].slice(-20);
    });
}
