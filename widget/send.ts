/** Brings events to the server in batches that survive a lost answer, a closed tab and an outage. Knows no event's meaning. */

import type { EventBody, VisitEvent } from '../core/visits/event.ts';
import { VISIT_GAP_MS } from '../core/visits/visit.ts';
import type { VisitAnswer, VisitBatch } from '../core/visits/wire.ts';
import { ignore } from './guard.ts';
import { fromJson, toJson } from './json.ts';
import type { Memory, MemoryStore, SealedBatch } from './memory.ts';
import type { Tag } from './tag.ts';

const EVERY_MS = 15_000;
/** Browsers let all keepalive requests of a page carry 64 KiB together, and no letter takes more than three bytes. */
const MOST_LETTERS = 20_000;
const MOST_EVENTS = 100;
const MOST_BATCHES = 5;
/** Within this time another tab, or the page before this one, may still be waiting for the answer. */
const PATIENCE_MS = 10_000;

export type Post = (path: string, body: string, more?: RequestInit) => Promise<Response>;

/** What matters of a response. */
type Answered = Pick<Response, 'ok' | 'status' | 'json'>;

export interface Sender {
  /** A call of the page's, with the server's own cookie where it has one and the visitor may be remembered for good. */
  post: Post;
  /** What was held back is told: from now on there is a memory. */
  release(): void;
  /** Adds an event to the visit; a new visit begins after half an hour without one. */
  record(body: EventBody): void;
  /** Sends what there is to tell, now. `leaving`: the page may be gone before the answer comes. */
  flush(leaving?: boolean): void;
  /** Makes a batch of what there is to tell, for somebody else to take along. */
  pack(): Memory;
  settle(batch: string | undefined): void;
}

export interface SenderOptions {
  tag: Pick<Tag, 'origin' | 'shop' | 'own'>;
  store: MemoryStore;
  now: () => number;
  newId: () => string;
  /** What a visit that begins in the middle of a page must know of that page. */
  opening: () => EventBody[];
  beforeFlush: () => void;
  onAnswer: () => void;
}

export function createSender(options: SenderOptions): Sender {
  const { tag, store, now, newId } = options;
  /** What happened while nothing may be stored or sent. */
  let held: VisitEvent[] = [];
  let flushedAt: number | null = null;
  /** Whether it was the page's end; undefined before the first flush. */
  let gone: boolean | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function seal(memory: Memory): SealedBatch | undefined {
    const events = memory.queue.splice(0, fitting(memory.queue));
    if (!events.length) return undefined;
    const { visitor, visit } = memory;
    const id = newId();
    const content: VisitBatch = { shop: tag.shop, visitor, visit, batch: id, sentAt: now(), events };
    const batch = { id, body: toJson(content), triedAt: 0 };
    memory.outbox = [...memory.outbox, batch].slice(-MOST_BATCHES);
    return batch;
  }

  function record(body: EventBody, at = now()): void {
    if (!store.place) {
      held = [...held, { ...body, at }].slice(-2 * MOST_EVENTS);
      return;
    }
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
    gone = leaving;
    if (!store.place) return;
    let due: SealedBatch[] = [];
    store.update((memory) => {
      seal(memory);
      // A page that goes takes its latest with it; the next one takes what is left.
      due = memory.outbox.filter((batch) => at - batch.triedAt > PATIENCE_MS).slice(leaving ? -1 : 0);
      for (const batch of due) batch.triedAt = at;
    });
    inOrder(due, leaving).catch(ignore);
  }

  function release(): void {
    if (!store.place) return;
    const events = held;
    held = [];
    for (const { at, ...body } of events) record(body, at);
    if (events.length && gone !== undefined) flush(gone);
  }

  const post: Post = (path, body, more) => {
    const credentials = tag.own && store.place === 'localStorage' ? 'include' : 'omit';
    return fetch(`${tag.origin}/v1/${path}`, { method: 'POST', body, credentials, ...more });
  };

  async function inOrder(batches: SealedBatch[], keepalive: boolean): Promise<void> {
    for (const batch of batches) await deliver(batch, keepalive);
  }

  /** As `fetch` does it, for half of what that costs a page; but it ends with the page, and can't be told to leave cookies of the page's own site at home. */
  const ask = (body: string): Promise<Answered> =>
    new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      request.open('POST', `${tag.origin}/v1/visits`);
      request.onload = () => {
        const { status, responseText } = request;
        resolve({ ok: status < 300, status, json: () => fromJson(responseText) });
      };
      request.onerror = reject;
      request.send(body);
    });

  async function deliver({ id, body }: SealedBatch, leaving: boolean): Promise<void> {
    const response = await (leaving || tag.own ? post('visits', body, { keepalive: leaving }) : ask(body));
    // A batch that the server calls malformed will never be anything else; one that came too late or too soon may.
    if (response.ok || /^4(?!08|29)/.test(`${response.status}`)) settle(id);
    if (!response.ok) return;
    const { visitor }: VisitAnswer = await response.json();
    if (!visitor?.arms) return;
    store.update((memory) => {
      memory.summary = visitor;
      memory.visitor = visitor.id ?? memory.visitor;
    });
    options.onAnswer();
  }

  function settle(id: string | undefined): void {
    store.update((memory) => {
      memory.outbox = memory.outbox.filter((batch) => batch.id !== id);
    });
  }

  function pack(): Memory {
    options.beforeFlush();
    return store.update((memory) => {
      const sealed = seal(memory);
      if (sealed) sealed.triedAt = now();
    });
  }

  return { record, flush, pack, settle, post, release };
}

/** How many events from the front make a batch that every browser lets go of. */
function fitting(events: readonly unknown[]): number {
  let letters = 100;
  const over = events.findIndex((event, count) => {
    letters += toJson(event).length + 1;
    return count >= MOST_EVENTS || letters > MOST_LETTERS;
  });
  // One event above the limit would block the queue for ever: the server may judge it.
  return over < 0 ? events.length : over || 1;
}
