/** Holds back what a page would store and send until it is known how much of that may be; the verdict on what banners say is a chunk's. */

import type { Config } from '../core/visits/wire.ts';
import type { ChunkName, ConsentChunk } from './bridge.ts';
import type { MemoryStore } from './memory.ts';
import { ownGlobal } from './own-global.ts';
import type { Tag } from './tag.ts';

export interface PermissionOptions {
  tag: Tag;
  store: MemoryStore;
  load(chunk: ChunkName): Promise<unknown>;
  /** It is known how much may be remembered, or it is known anew. */
  open(): void;
}

export interface Permission {
  /** A word on consent: `linger('consent', …)`, or an entry of `dataLayer` that says so. */
  hear(word: ArrayLike<unknown>): void;
  /** Remembers as this browser did before, where nothing on the page says otherwise. Else the config must tell. */
  begin(): void;
  settle(answer: Promise<Config>): void;
  /** Something may have changed that tells nobody of it. */
  look(): void;
}

export function createPermission({ tag, store, load, open }: PermissionOptions): Permission {
  const words: ArrayLike<unknown>[] = [];
  let config: Promise<Config> | undefined;
  let lasting = false;
  let following: Promise<() => void> | undefined;

  /** Global Privacy Control, and the banners of the IAB. */
  const isAsked = (): unknown =>
    words.length || ownGlobal('__tcfapi') || (navigator as { globalPrivacyControl?: unknown }).globalPrivacyControl;

  function hear(word: ArrayLike<unknown>): void {
    words.push(word);
    // Nothing more until the word has been weighed; a no needs no weighing.
    if (!following || word[1] === 'none') store.move('');
    if (word[1] === 'none') store.forgetBut('');
    look();
  }

  function remember(): void {
    lasting = true;
    store.move('localStorage');
    open();
  }

  function begin(): void {
    if (!isAsked() && store.stored('localStorage')) remember();
  }

  function look(): void {
    // Where the config or the chunk can't be had, it stays as it is.
    config?.then(weigh).catch(open);
  }

  async function weigh({ settings }: Config): Promise<void> {
    if (following || settings.memory !== 'full' || isAsked()) {
      following ??= load('consent').then((chunk) =>
        (chunk as ConsentChunk).followConsent({ tag, setting: settings.memory, words, store, lasting, open }),
      );
      (await following)();
    } else if (!lasting) remember();
  }

  return {
    hear,
    begin,
    settle(answer) {
      config = answer;
      look();
    },
    look,
  };
}
