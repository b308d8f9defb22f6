/** What this browser remembers between pages, under one key of the place it is allowed; where storage is refused, as long as the page lives. */

import type { VisitEvent } from '../core/visits/event.ts';
import type { VisitorSummary } from '../core/visits/facts.ts';
import type { VisitState } from '../core/visits/visit.ts';
import type { UnreadPage } from './collect/unread.ts';
import { guarded } from './guard.ts';
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
  /** The latest pages that were left before they could be read. */
  unread?: UnreadPage[];
  /** The page that last opened a popup, and when, in ms since the epoch. */
  spoke: { page: string; at: number } | null;
  /** The visitor has agreed to be remembered. */
  agreed?: true;
}

/** '' while nothing may be stored and nothing sent. */
export type Place = 'localStorage' | 'sessionStorage' | '';

export interface MemoryStore {
  readonly place: Place;
  /** From now on it is kept there. What lies elsewhere stays, and is not read. */
  move(to: Place): void;
  /** Nothing of ours is left but in `place`. */
  forgetBut(place: Place): void;
  /** What lies in a place, read from now on or not. */
  stored(place: Place): Memory | null;
  read(): Memory;
  /** Reads again before it writes: another tab may have been here. */
  update(change: (memory: Memory) => void): Memory;
  /** When what changes is written, if it need not be at the end of the turn. */
  soon: (write: () => void) => void;
}

const KEY = 'linger';

export function openMemory(newId: () => string): MemoryStore {
  let place: Place = '';
  /** What could not be written: from then on the page's own copy is the truth. */
  let own: Memory | null = null;
  let written = false;
  /** Somebody new, of whom nothing has been written. */
  let blank: Memory | null = null;
  /** What was last read or written, and what it says. */
  let last: { text: string | null; memory: Memory | null } = { text: null, memory: null };
  /** What is to be written at the end of this turn, however much changes in it. */
  let due: Memory | null = null;
  let soon: MemoryStore['soon'] = queueMicrotask;

  function stored(from: Place): Memory | null {
    if (due && from === place) return due;
    try {
      const text = storage(from).getItem(KEY);
      if (text !== last.text) last = { text, memory: parse(text) };
      return last.memory;
    } catch {
      // Forbidden, or somebody else's: as if there were nothing.
      return null;
    }
  }

  function read(): Memory {
    const known = own ?? stored(place);
    // Taken away by another tab: there the visitor has said no.
    if (!known && written) place = '';
    if (known) return known;
    blank ??= fresh(newId);
    return blank;
  }

  function write(): void {
    const memory = due;
    due = null;
    if (!memory) return;
    try {
      const text = toJson(memory);
      storage(place).setItem(KEY, text);
      last = { text, memory };
      own = blank = null;
      written = true;
    } catch {
      own = memory;
    }
  }

  return {
    get place() {
      return place;
    },
    move(to) {
      if (to === place) return;
      write();
      place = to;
      own = null;
      written = false;
    },
    forgetBut(kept) {
      write();
      for (const other of ['localStorage', 'sessionStorage'] as const)
        if (other !== kept) guarded(() => storage(other).removeItem(KEY))();
    },
    stored,
    read,
    update(change) {
      const memory = read();
      change(memory);
      soon(write);
      due = memory;
      return memory;
    },
    set soon(then: MemoryStore['soon']) {
      soon = then;
    },
  };
}

/** Throws where there is none, or none for us. */
const storage = (place: Place): Storage => window[place as 'localStorage'];

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
