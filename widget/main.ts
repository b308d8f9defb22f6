/** The loader's only file that acts when it is read: ties the page, the memory, the sender and the judge together. */

import type { EventBody, ExitSignal, PageKind } from '../core/event.ts';
import type { Moment } from '../core/rule.ts';
import type { ChunkName, PreviewChunk, Watch, WatchChunk } from './bridge.ts';
import { onDataLayer } from './collect/data-layer.ts';
import { onEngagement } from './collect/engagement.ts';
import { pageView } from './collect/page-view.ts';
import { onPointerExit } from './collect/pointer-exit.ts';
import { guarded, ignore } from './guard.ts';
import { toJson } from './json.ts';
import { openMemory } from './memory.ts';
import { newId } from './new-id.ts';
import { createSender } from './send.ts';
import { readTag, type Tag } from './tag.ts';
import { whenActive, whenQuiet } from './when-quiet.ts';

/** The other chunks' file names, put in by the build. */
declare const CHUNKS: Record<ChunkName, string>;

interface Linger {
  (name: unknown, data?: unknown): void;
  /** Calls made before we were here. */
  q?: (ArrayLike<unknown> | null)[];
  loaded?: true;
}

declare global {
  interface Window {
    linger?: Linger;
  }
}

guarded(() => {
  const tag = readTag();
  if (tag) whenActive(() => window.linger?.loaded !== true && start(tag));
})();

function start(tag: Tag): void {
  let watch: Watch | undefined;
  /** Told once a page, whoever comes first: the page's reader, or the visitor's leaving. */
  let view: EventBody | undefined;
  /** A `linger('open')` that came before the judge did. */
  let asked: { name: unknown; data: unknown } | undefined;
  /** What came before its reader did. */
  let early: (() => void)[] = [];

  const load = (chunk: ChunkName): Promise<unknown> => import(new URL(CHUNKS[chunk], tag.src).href);
  if (location.search.includes('linger=preview:')) {
    whenQuiet(() =>
      load('preview')
        .then((chunk) => (chunk as PreviewChunk).preview({ tag, load }))
        .catch(ignore),
    );
    return;
  }

  const store = openMemory(newId);
  const sender = createSender({
    origin: tag.origin,
    shop: tag.shop,
    store,
    now: Date.now,
    newId,
    opening,
    beforeFlush: () => engagement.tell(),
    onAnswer: guarded(() => watch?.judge()?.prepare()),
  });
  const engagement = onEngagement((ms) => sender.record({ type: 'engagement', ms }));

  onDataLayer((entry) => later(() => watch?.page()?.entry(entry)));
  onPointerExit(() => moment('exit', 'pointer'));
  answerCalls();
  whenQuiet(() => wake().catch(ignore));
  const leaving = guarded(() => {
    tellView('unknown');
    sender.flush(true);
  });
  document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && leaving());
  addEventListener('pagehide', leaving);

  function later(act: () => void): void {
    if (watch?.page()) act();
    else early.push(act);
  }

  function tellView(kind: PageKind): void {
    if (view) return;
    view = pageView(kind);
    sender.record(view);
  }

  /** What a visit that begins in the middle of this page must start with. */
  function opening(): EventBody[] {
    const item = watch?.page()?.state().item;
    return [...(view ? [view] : []), ...(item ? [{ type: 'view_item' as const, item }] : [])];
  }

  function moment(name: Moment, signal?: ExitSignal, rule?: string): void {
    tellView('unknown');
    engagement.tell();
    if (signal) sender.record({ type: 'exit_intent', signal });
    watch?.judge()?.consider(name, rule);
  }

  /** Puts the real `linger` in the stub's place and makes the calls that the stub has kept. */
  function answerCalls(): void {
    const linger: Linger = guarded((name: unknown, data?: unknown) => {
      if (name !== 'open') later(() => watch?.call(name, data));
      else if (watch?.judge()) moment('manual', undefined, typeof data === 'string' ? data : undefined);
      else asked = { name, data };
    });
    linger.loaded = true;
    const kept = guarded(() => [...(window.linger?.q ?? [])])() ?? [];
    window.linger = Object.freeze(linger);
    for (const call of kept) linger(call?.[0], call?.[1]);
  }

  async function wake(): Promise<void> {
    const config = fetch(`${tag.origin}/v1/config?shop=${encodeURIComponent(tag.shop)}`, { credentials: 'omit' });
    // All at once; the watch asks for them again, and finds them there.
    for (const promise of [config, load('page'), load('judge')]) promise.catch(ignore);
    const { startWatch } = (await load('watch')) as WatchChunk;
    watch = startWatch({
      ...sender,
      tag,
      config,
      store,
      toJson,
      load,
      moment,
      tellView,
      left: () => (view = undefined),
      opened() {
        for (const act of early) guarded(act)();
        early = [];
      },
      judged: () => asked && window.linger?.(asked.name, asked.data),
    });
    await watch.begin();
  }
}
