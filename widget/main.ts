/** The loader's only file that acts when it is read: ties the page, the memory, the sender and the judge together. */

import type { EventBody, ExitSignal, PageKind } from '../core/event.ts';
import type { Moment } from '../core/rule.ts';
import type { ChunkName, PreviewChunk, Watch, WatchChunk } from './bridge.ts';
import { onDataLayer } from './collect/data-layer.ts';
import { onEngagement } from './collect/engagement.ts';
import { pageView } from './collect/page-view.ts';
import { keepUnread } from './collect/unread.ts';
import { guarded, ignore } from './guard.ts';
import { toJson } from './json.ts';
import { openMemory } from './memory.ts';
import { newId } from './new-id.ts';
import { createPermission } from './permission.ts';
import { createSender } from './send.ts';
import { readConfig, readTag, type Tag } from './tag.ts';
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
  /** A `linger('open')` that came before the rules did. */
  let asked: (() => void) | undefined;
  let ruled = false;
  let begun = false;
  /** How the pointer last came or went: it may have gone before anyone was there to follow it. */
  let crossed: MouseEvent | undefined;
  /** What came before its reader did. */
  let early: (() => void)[] = [];
  /** Whether it is known how much may be remembered, and who has asked for the visitor's id. */
  let known = false;
  const curious: ((id: string | null) => void)[] = [];

  const load = (chunk: ChunkName): Promise<unknown> => import(tag.base + CHUNKS[chunk]);
  /** Then it is never asked whether anything may be remembered, so that nothing is. */
  const isPreview = location.search.includes('linger=preview:');

  const store = openMemory(newId);
  const sender = createSender({
    tag,
    store,
    now: Date.now,
    newId,
    opening,
    beforeFlush() {
      tellTime();
      permission.look();
      tellVisitor();
    },
    onAnswer: guarded(() => {
      tellVisitor();
      watch?.prepare();
    }),
  });
  const permission = createPermission({
    tag,
    store,
    load,
    open: guarded(() => {
      known = true;
      sender.release();
      tellVisitor();
    }),
  });
  // Where our name is taken for good, this is where we stop.
  const answerCalls = takeName();
  const tellTime = onEngagement((ms) => sender.record({ type: 'engagement', ms }));

  const lookAtLayer = onDataLayer((entry) => {
    if (isConsent(entry)) permission.hear(entry);
    else later(() => watch?.page()?.entry(entry));
  });
  answerCalls();
  if (curious.length) begin();
  const begins = (): unknown => wake().catch(ignore);
  // Somebody has bought something, and may be gone the next moment.
  if (/orders?[-/]|thank|success|spasibo/i.test(location.href)) begins();
  else whenQuiet(begins);
  const leaving = guarded(() => {
    begin();
    lookAtLayer();
    if (!watch?.leaving()) keepUnread(store);
    tellView('unknown');
    sender.flush(true);
  });
  document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && leaving());
  for (const type of ['mouseleave', 'mouseenter'] as const)
    document.documentElement.addEventListener(type, (event) => (crossed = event));
  addEventListener('pagehide', leaving);

  /** Not before there is something to remember: the first look into a browser's storage is dear. */
  function begin(): void {
    if (!begun && !isPreview) permission.begin();
    begun = true;
  }

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

  /** Whom a shop may write into its orders: to those who asked, and into the fields it has marked. Nobody, where nobody may be known. */
  function tellVisitor(): void {
    if (!known) return;
    const fields = document.querySelectorAll<HTMLInputElement>('input[data-linger-visitor]');
    if (!fields.length && !curious.length) return;
    const id = store.place ? store.update(ignore).visitor : null;
    for (const field of fields) field.value = id ?? '';
    for (const tell of curious.splice(0)) guarded(tell)(id);
  }

  function moment(name: Moment, signal?: ExitSignal, rule?: string): void {
    tellView('unknown');
    tellTime();
    if (signal) sender.record({ type: 'exit_intent', signal });
    watch?.consider(name, rule);
  }

  /** Puts the real `linger` in the stub's place; returns what makes the calls that the stub has kept. */
  function takeName(): () => void {
    const linger: Linger = guarded((name: unknown, data?: unknown) => {
      if (name === 'consent') permission.hear([name, data]);
      else if (name === 'visitor') {
        curious.push(data as (id: string | null) => void);
        tellVisitor();
      } else if (name !== 'open') later(() => watch?.call(name, data));
      else if (ruled) moment('manual', undefined, typeof data === 'string' ? data : undefined);
      else asked = () => linger(name, data);
    });
    linger.loaded = true;
    const kept = guarded(() => [...(window.linger?.q ?? [])])() ?? [];
    window.linger = Object.freeze(linger);
    return () => {
      for (const call of kept) linger(call?.[0], call?.[1]);
    };
  }

  async function wake(): Promise<void> {
    if (isPreview) return ((await load('preview')) as PreviewChunk).preview({ tag, load });
    begin();
    const config = readConfig(tag);
    permission.settle(config);
    // Whoever asks for it finds it there, or asks in vain.
    config.catch(ignore);
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
      crossed: () => crossed,
      opened() {
        for (const act of early) guarded(act)();
        early = [];
      },
      ruled() {
        ruled = true;
        asked?.();
      },
    });
    await watch.begin();
  }
}

/** `gtag('consent', …)` as it stands in `dataLayer`. */
function isConsent(entry: unknown): entry is ArrayLike<unknown> {
  return (entry as ArrayLike<unknown>)[0] === 'consent';
}
