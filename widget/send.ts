/** Brings events to the server in batches that survive a lost answer, a closed tab and an outage. Knows no event's meaning. */

import type { EventBody } from '../core/event.ts';
import { VISIT_GAP_MS } from '../core/visit.ts';
import type { VisitAnswer, VisitBatch } from '../core/wire.ts';
import type { Carried } from './bridge.ts';
import { ignore } from './guard.ts';
import { fromJson, toJson } from './json.ts';
import type { Memory, MemoryStore, SealedBatch } from './memory.ts';

const EVERY_MS = 15_000;
/** Browsers let all keepalive requests of a page carry 64 KiB together. */
const MOST_BYTES = 60_000;
const MOST_EVENTS = 100;
const MOST_BATCHES = 5;
/** Within this time another tab, or the page before this one, may still be waiting for the answer. */
const PATIENCE_MS = 10_000;

export interface Sender {
  /** Adds an event to the visit; a new visit begins after half an hour without one. */
  record(body: EventBody): void;
  /** Sends what there is to tell, now. `leaving`: the page may be gone before the answer comes. */
  flush(leaving?: boolean): void;
  carry(): Carried;
  settle(batch: string | undefined): void;
}

export interface SenderOptions {
  origin: string;
  shop: string;
  store: MemoryStore;
  now: () => number;
  newId: () => string;
  /** What a visit that begins in the middle of a page must know of that page. */
  opening: () => EventBody[];
  beforeFlush: () => void;
  onAnswer: () => void;
}

export function createSender(options: SenderOptions): Sender {
  const { store, now, newId } = options;
  let flushedAt: number | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function seal(memory: Memory): SealedBatch | undefined {
    const events = memory.queue.splice(0, fitting(memory.queue));
    if (!events.length) return undefined;
    const { visitor, visit } = memory;
    const id = newId();
    const content: VisitBatch = { shop: options.shop, visitor, visit, batch: id, sentAt: now(), events };
    const batch = { id, body: toJson(content), triedAt: 0 };
    memory.outbox = [...memory.outbox, batch].slice(-MOST_BATCHES);
    return batch;
  }

  function record(body: EventBody): void {
    const at = now();
    store.update((memory) => {
      const added = [{ ...body, at }];
      if (at - memory.lastAt > VISIT_GAP_MS) {
        seal(memory);
        if (memory.lastAt) memory.visit = newId();
        memory.state = null;
        memory.queue = memory.tail = [];
        if (body.type !== 'page_view') added.unshift(...options.opening().map((event) => ({ ...event, at })));
      }
      memory.lastAt = at;
      memory.tail = [...memory.tail, ...added].slice(-2 * MOST_EVENTS);
      memory.queue = [...memory.queue, ...added].slice(-2 * MOST_EVENTS);
    });
    // Before the first flush the page is still loading: that flush will take this along.
    if (flushedAt !== null) timer ??= setTimeout(() => flush(), Math.max(0, flushedAt + EVERY_MS - at));
  }

  function flush(leaving = false): void {
    options.beforeFlush();
    clearTimeout(timer);
    timer = undefined;
    const at = now();
    flushedAt = at;
    let due: SealedBatch[] = [];
    store.update((memory) => {
      seal(memory);
      // A page that goes takes its latest with it; the next one takes what is left.
      due = memory.outbox.filter((batch) => at - batch.triedAt > PATIENCE_MS).slice(leaving ? -1 : 0);
      for (const batch of due) batch.triedAt = at;
    });
    inOrder(due, leaving).catch(ignore);
  }

  async function inOrder(batches: SealedBatch[], keepalive: boolean): Promise<void> {
    for (const batch of batches) await post(batch, keepalive);
  }

  async function post({ id, body }: SealedBatch, keepalive: boolean): Promise<void> {
    const response = await fetch(`${options.origin}/v1/visits`, {
      method: 'POST',
      body,
      keepalive,
      credentials: 'omit',
    });
    const { status } = response;
    // A batch that the server calls malformed will never be anything else.
    const hopeless = status >= 400 && status < 500 && status !== 408 && status !== 429;
    if (response.ok || hopeless) settle(id);
    if (!response.ok) return;
    const { visitor }: VisitAnswer = await response.json();
    if (!visitor?.arms) return;
    store.update((memory) => {
      memory.summary = visitor;
    });
    options.onAnswer();
  }

  function settle(id: string | undefined): void {
    store.update((memory) => {
      memory.outbox = memory.outbox.filter((batch) => batch.id !== id);
    });
  }

  function carry(): Carried {
    options.beforeFlush();
    const { visitor, visit, outbox } = store.update((memory) => {
      const sealed = seal(memory);
      if (sealed) sealed.triedAt = now();
    });
    // The latest one that nobody confirmed: a second try at a claim must bring what the first one brought.
    const latest = outbox[outbox.length - 1];
    if (!latest) return { visitor, visit };
    const content: VisitBatch = fromJson(latest.body);
    if (content.visit !== visit) return { visitor, visit };
    return { visitor, visit, batch: latest.id, sentAt: content.sentAt, events: content.events };
  }

  return { record, flush: (leaving) => flush(leaving), carry, settle };
}

/** How many events from the front make a batch that every browser lets go of. */
function fitting(events: readonly unknown[]): number {
  const encoder = new TextEncoder();
  let bytes = 300;
  let count = 0;
  for (const event of events.slice(0, MOST_EVENTS)) {
    bytes += encoder.encode(toJson(event)).length + 1;
    if (bytes > MOST_BYTES) break;
    count += 1;
  }
  // One event above the limit would block the queue for ever: the server may judge it.
  return count || Math.min(1, events.length);
}
