/** What this browser remembers between pages, under one localStorage key; where storage is refused, as long as the page lives. */

import type { VisitEvent } from '../core/event.ts';
import type { VisitorSummary } from '../core/facts.ts';
import type { VisitState } from '../core/visit.ts';
import { fromJson, toJson } from './json.ts';

/** A batch as it was first sent: a retry sends the same bytes. */
export interface SealedBatch {
  id: string;
  body: string;
  /** ms since the epoch of the latest attempt; 0 before the first. */
  triedAt: number;
}

export interface Memory {
  visitor: string;
  visit: string;
  /** ms since the epoch of the latest event. */
  lastAt: number;
  /** The visit as far as it has been folded; `tail` is what came after that. */
  state: VisitState | null;
  tail: VisitEvent[];
  /** Events in no batch yet, and batches the server hasn't confirmed. */
  queue: VisitEvent[];
  outbox: SealedBatch[];
  summary: VisitorSummary | null;
  /** When each rule's offer was shown here, and when one was refused, in ms since the epoch. */
  shown: Record<string, number>;
  refusedAt: number | null;
  /** The page that last opened a popup, and when, in ms since the epoch. */
  spoke: { page: string; at: number } | null;
}

export interface MemoryStore {
  read(): Memory;
  /** Reads again before it writes: another tab may have been here. */
  update(change: (memory: Memory) => void): Memory;
}

const KEY = 'linger';

export function openMemory(newId: () => string): MemoryStore {
  /** What could not be written: from then on the page's own copy is the truth. */
  let own: Memory | null = null;

  function read(): Memory {
    if (own) return own;
    try {
      const known = parse(localStorage.getItem(KEY));
      if (known) return known;
    } catch {
      // Forbidden, or somebody else's: as if there were nothing.
    }
    return fresh(newId);
  }

  return {
    read,
    update(change) {
      const memory = read();
      change(memory);
      try {
        localStorage.setItem(KEY, toJson(memory));
        own = null;
      } catch {
        own = memory;
      }
      return memory;
    },
  };
}

const fresh = (newId: () => string): Memory => ({
  visitor: newId(),
  visit: newId(),
  lastAt: 0,
  state: null,
  tail: [],
  queue: [],
  outbox: [],
  summary: null,
  shown: {},
  refusedAt: null,
  spoke: null,
});

function parse(text: string | null): Memory | null {
  const known: Memory | null = fromJson(text ?? 'null');
  const whole =
    known?.visitor && known.visit && known.shown && [known.tail, known.queue, known.outbox].every(Array.isArray);
  return whole ? known : null;
}
