/** The loader's only file that acts when it is read: ties the page, the memory, the sender and the judge together. */

import type { Moment } from '../core/rules/rule.ts';
import type { EventBody, ExitSignal, PageKind } from '../core/visits/event.ts';
import type { Config } from '../core/visits/wire.ts';
import type { ChunkName, EarlyWord, Watch, WatchChunk } from './bridge.ts';
import { onActs } from './collect/acts.ts';
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

/** Who is here for so long after the page has come to rest stays. Whoever leaves sooner, and does nothing, is counted as they go. */
const STAYS_MS = 2_500;

/** The config, where the server has put it into this file: what the file's last call is made with. */
declare const $config: Config | undefined;

/** The other chunks' file names, put in by the build. */
declare const CHUNKS: Record<ChunkName, string>;

type Raw = Record<string | number, unknown>;

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
  /** What came before its reader did: entries of `dataLayer`, and calls. */
  const early: EarlyWord[] = [];
  /** What was clicked before anyone knew whether it is marked. */
  const clicked: EventTarget[] = [];
  /** Somebody has done something that wants the page read; and the page has come to rest. */
  let wanted = false;
  let quiet = false;
  let woken = false;
  let config: Promise<Config> | undefined;
  /** Whether it is known how much may be remembered, and who has asked for the visitor's id. */
  let known = false;
  const curious: ((id: string | null) => void)[] = [];

  const load = (chunk: ChunkName): Promise<unknown> => import(tag.base + CHUNKS[chunk]);
  const { href } = location;
  const [wish, isPreview] = /linger=(preview:)?/.exec(href) ?? [];

  const store = openMemory(newId);
  const sender = createSender({
    tag,
    store,
    now: Date.now,
    newId,
    opening,
    beforeFlush() {
      engagement.tell();
      lookAtLayer();
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
  const engagement = onEngagement((ms) => sender.record({ type: 'engagement', ms }));

  const lookAtLayer = onDataLayer((entry) => {
    if (isConsent(entry)) permission.hear(entry);
    else later({ data: entry });
  });
  answerCalls();
  if (curious.length) begin();
  onActs((event) => {
    const { type, target } = event;
    engagement.touch();
    watch?.stirred(event);
    if (type === 'click' && !watch) clicked.push(target as EventTarget);
    // Not everybody who looks at a page presses something.
    if (/down|click/.test(type)) want();
  });
  // Somebody has bought something, and may be gone the next moment.
  if (/orders?[-/]|thank|success|spasibo/i.test(href)) want(true);
  if (wish) want();
  whenQuiet(arrive);
  const leaving = guarded(() => {
    if ($config) void know();
    begin();
    lookAtLayer();
    if (!watch?.leaving()) keepUnread(store, early);
    tellView('unknown');
    sender.flush(true);
  });
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') leaving();
    else want();
  });
  for (const type of ['mouseleave', 'mouseenter'] as const)
    document.documentElement.addEventListener(type, (event) => {
      crossed = event;
      // Where the pointer rests when a page comes is told as an entering.
      if (type > 'mousel' && event.clientY <= 0) want();
    });
  addEventListener('pagehide', leaving);

  /** Not before there is something to remember: the first look into a browser's storage is dear. In a preview nobody asks whether anything may be remembered, so that nothing is. */
  function begin(): void {
    if (!begun && !isPreview) permission.begin();
    begun = true;
  }

  /** The page's reader is wanted: as soon as the page is quiet, or at once. */
  function want(now = false): void {
    wanted = true;
    if (woken || !(now || quiet)) return;
    woken = true;
    wake().catch(ignore);
  }

  /** The page is quiet: whoever wants more than to look at it has it read; the others do once they have stayed. */
  function arrive(): void {
    quiet = true;
    lookAtLayer();
    if (wanted) want();
    else {
      // Without the config at hand nobody knows yet whether a visit that ends soon may be told of.
      if (!$config || curious.length) void know();
      setTimeout(want, STAYS_MS);
    }
  }

  function know(): Promise<Config> {
    begin();
    if (!config) {
      config = Promise.resolve($config ?? readConfig(tag));
      if (!isPreview) permission.settle(config);
      // Whoever asks for it finds it there, or asks in vain.
      config.catch(ignore);
    }
    return config;
  }

  function later(word: EarlyWord): void {
    if (watch?.page()) hear(word);
    else {
      early.push(word);
      if (isOrder(word)) want(true);
    }
  }

  function hear({ name, data }: EarlyWord): void {
    if (name) watch?.call(name, data);
    else watch?.page()?.entry(data);
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
    engagement.tell();
    if (signal) sender.record({ type: 'exit_intent', signal });
    watch?.consider(name, rule);
  }

  /** Puts the real `linger` in the stub's place; returns what makes the calls that the stub has kept. */
  function takeName(): () => void {
    const linger: Linger = guarded((name: unknown, data?: unknown) => {
      if (name === 'consent') permission.hear([name, data]);
      else if (name === 'visitor') {
        curious.push(data as (id: string | null) => void);
        if (quiet) void know();
        tellVisitor();
      } else if (name !== 'open') later({ name, data });
      else if (ruled) moment('manual', undefined, typeof data === 'string' ? data : undefined);
      else {
        asked = () => linger(name, data);
        want();
      }
    });
    linger.loaded = true;
    const kept = guarded(() => [...(window.linger?.q ?? [])])() ?? [];
    window.linger = Object.freeze(linger);
    return () => {
      for (const call of kept) linger(call?.[0], call?.[1]);
    };
  }

  async function wake(): Promise<void> {
    if (!isPreview) void know();
    const { startWatch, preview } = (await load('watch')) as WatchChunk;
    if (isPreview) return preview(tag);
    // What was told was another page of the same document.
    if (view?.type === 'page_view' && view.path !== location.pathname) view = undefined;
    watch = startWatch({
      ...sender,
      tag,
      config: know(),
      clicked,
      store,
      toJson,
      moment,
      tellView,
      lookAtLayer,
      left: () => (view = undefined),
      crossed: () => crossed,
      opened() {
        for (const word of early.splice(0)) guarded(hear)(word);
      },
      ruled() {
        ruled = true;
        asked?.();
      },
    });
    await watch.begin();
  }
}

/** By the name of a call, or of an entry's event; older analytics have none, but name what they tell of. All else is told on more pages than one, or follows a click. */
function isOrder({ name, data }: EarlyWord): boolean {
  const { event, 1: second, ecommerce } = (data ?? {}) as Raw;
  return /order|purchase/.test(`${name} ${event} ${second} ${Object.keys(ecommerce ?? {})}`);
}

/** `gtag('consent', …)` as it stands in `dataLayer`. */
function isConsent(entry: unknown): entry is ArrayLike<unknown> {
  return (entry as ArrayLike<unknown>)[0] === 'consent';
}
