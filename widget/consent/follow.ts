/** Follows what is said of consent while the page lives, and keeps the memory where that allows it. A chunk of its own: most pages say nothing. */

import { MEMORY_MODES, type MemoryMode, type VisitBatch } from '../../core/visits/wire.ts';
import type { ConsentRim } from '../bridge.ts';
import { guarded, ignore } from '../guard.ts';
import { toJson } from '../json.ts';
import type { Place } from '../memory.ts';
import { newId } from '../new-id.ts';
import type { Tag } from '../tag.ts';
import { readGoogle } from './google.ts';
import { type Answer, memoryMode, type Permission } from './memory-mode.ts';
import { hasBanner, onTcf } from './tcf.ts';

/** A banner whose script has not come yet is waited for, not for ever. */
const PATIENCE_MS = 1_000;

const PLACE: Record<MemoryMode, Place> = { none: '', session: 'sessionStorage', full: 'localStorage' };

/** Returns what is to be called when more words have come. */
export function followConsent({ tag, setting, words, store, lasting, open }: ConsentRim): () => void {
  const since = performance.now();
  let tcf: Answer | null = null;
  let hasTcf = false;
  /** Then the server's own cookie may be there too. */
  let hasCookie = lasting;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const look = guarded((): void => {
    if (store.stored('localStorage')) hasCookie = true;
    if (!hasTcf && hasBanner()) {
      hasTcf = true;
      tcf = 'waiting';
      onTcf(answered);
    }
    const google = readGoogle(words);
    const permission = memoryMode({
      setting,
      said: saidIn(words),
      google: google.answer,
      tcf,
      gpc: 'globalPrivacyControl' in navigator && navigator.globalPrivacyControl === true,
      agreed: agreedBefore(),
    });
    const patience = since + Math.max(google.patience, PATIENCE_MS) - performance.now();
    clearTimeout(timer);
    if (!permission.settled && patience > 0) timer = setTimeout(look, patience);
    else keep(permission);
  });

  /** A banner that is opened again leaves its last answer standing until there is another. */
  function answered(answer: Answer | null): void {
    if (answer !== 'waiting') tcf = answer;
    look();
  }

  /** What a tab was allowed to remember until now is remembered for good with it, where nothing older is. */
  function keep({ mode, by, settled }: Permission): void {
    const to = PLACE[mode];
    const before = mode === 'full' && !store.stored(to) ? store.stored('sessionStorage') : null;
    store.move(to);
    if (before) store.update((memory) => void Object.assign(memory, before));
    if (settled) store.forgetBut(to);
    if (tag.own && hasCookie && settled && mode !== 'full') {
      hasCookie = false;
      takeBack(tag);
    }
    const agreed = by === 'shop' || by === 'agreed' || (by === 'banner' && mode === 'full');
    if (to && agreed && !store.read().agreed)
      store.update((memory) => {
        memory.agreed = true;
      });
    open();
  }

  /** Only what was agreed to, not what the shop's setting allowed at that time. */
  const agreedBefore = (): MemoryMode | null =>
    (['full', 'session'] as const).find((mode) => store.stored(PLACE[mode])?.agreed) ?? null;

  look();
  return look;
}

/** No page can reach the server's own cookie: it is asked to take it back, by nobody in particular, about nothing. */
function takeBack({ origin, shop }: Tag): void {
  const nobody = { shop, visitor: newId(), visit: newId(), sentAt: Date.now(), events: [], remember: false };
  const body = toJson(nobody satisfies VisitBatch);
  fetch(`${origin}/v1/visits`, { method: 'POST', body, credentials: 'include', keepalive: true }).catch(ignore);
}

/** The shop's latest word, or null. */
function saidIn(words: readonly ArrayLike<unknown>[]): MemoryMode | null {
  const said = words.map(({ 1: word }) => MEMORY_MODES.find((mode) => mode === word));
  return said.filter((mode) => mode !== undefined).pop() ?? null;
}
