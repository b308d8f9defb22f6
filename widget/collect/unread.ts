/** A page that is left before its reader has come: what it says of its product, kept as it stands for the next page to read. */

import type { MemoryStore } from '../memory.ts';

export interface UnreadPage {
  url: string;
  /** When it was left, in ms since the epoch. */
  at: number;
  /** Its JSON-LD, its OpenGraph tags, its heading. */
  markup: string[];
}

const MOST_LETTERS = 20_000;

/** A page that is hidden and then left is kept twice: the next one sees to it. */
export function keepUnread(store: MemoryStore): void {
  const said = document.querySelectorAll('[type*=ld\\+json],meta[property],h1');
  const page = { url: location.href, at: Date.now(), markup: [...said].map((one) => one.outerHTML) };
  const text = `${page.markup}`;
  if (/product/i.test(text) && text.length < MOST_LETTERS)
    store.update((memory) => {
      memory.unread = [...(memory.unread ?? []), page].slice(-20);
    });
}
