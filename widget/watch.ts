/** Watches what the page is about besides its products: ways of leaving, moments, navigation, what stands in our way. A chunk of its own. */

import type { EventBody, FormKind } from '../core/event.ts';
import type { Item } from '../core/item.ts';
import type { Config } from '../core/wire.ts';
import type { Judge, JudgeChunk, Page, PageChunk, PanelChunk, Watch, WatchRim } from './bridge.ts';
import { formKind, onMarked } from './collect/marked.ts';
import { onNavigation } from './collect/navigation.ts';
import { inTheWay } from './collect/obstacle.ts';
import { onReviewsRead } from './collect/reviews-read.ts';
import { onDeepScroll } from './collect/scroll-depth.ts';
import { searchTerm } from './collect/search-address.ts';
import { onRest, type Rest } from './collect/touch-exit.ts';
import { isTyping } from './collect/typing.ts';
import { guarded, ignore } from './guard.ts';
import { newId } from './new-id.ts';
import { announce, type Told } from './outward.ts';

/** When a tab has said something, the others keep quiet for so long, or until it goes. */
const ONE_TAB_MS = 60_000;
const TIME_EVERY_MS = 5_000;

export function startWatch(rim: WatchRim): Watch {
  const own = newId();
  let stopPage: () => void = ignore;
  /** What this page was told to have been searched for, and what the page before it was about. */
  let searched: string | undefined;
  let before: string | undefined;
  let page: Page | undefined;
  let pages: PageChunk | undefined;
  let judge: Judge | undefined;
  let judges: JudgeChunk | undefined;
  let config: Config | undefined;

  async function begin(): Promise<void> {
    pages = (await rim.load('page')) as PageChunk;
    read();
    rim.flush();
    listen();
    judges = (await rim.load('judge')) as JudgeChunk;
    config = await (await rim.config).json();
    judgeHere();
    rim.judged();
    if (!/[?&]linger=debug(&|$)/.test(location.search)) return;
    ((await rim.load('panel')) as PanelChunk).openPanel(() => judge);
  }

  function read(): void {
    const reader = pages?.readPage((event) => reader === page && record(event));
    page = reader;
    rim.opened();
    reader?.open(rim.tellView);
    stopPage = watchPage();
    judgeHere();
  }

  function judgeHere(): void {
    if (judges && config && page) judge = judges.startJudge({ ...rim, config, page, obstacle, announce: tell });
  }

  function listen(): void {
    onRest(rested);
    onMarked({
      open: (rule) => rim.moment('manual', undefined, rule),
      wish: () => aboutItem((item) => ({ type: 'add_to_wishlist', item })),
      form: tellForm,
    });
    onNavigation({ left, drawn: read });
    // Only where a rule waits for it is time a moment: every tick tells active seconds.
    setInterval(
      guarded(() => {
        const awaited = config?.rules.some(({ moment }) => moment === 'time');
        if (awaited && document.visibilityState === 'visible') rim.moment('time');
      }),
      TIME_EVERY_MS,
    );
    addEventListener('pagehide', guarded(forget));
  }

  function left(): void {
    stopPage();
    before = itemHere()?.id;
    searched = page = judge = undefined;
    rim.left();
  }

  function watchPage(): () => void {
    const term = searchTerm(location.href);
    if (term) record({ type: 'search', term });
    const stops = [
      onDeepScroll(() => rim.moment('scroll')),
      onReviewsRead(() => aboutItem((item) => ({ type: 'view_reviews', item }))),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }

  const itemHere = (): Item | null => page?.state().item ?? null;

  /** A page and its address may both tell of one search, and a page that is drawn anew may still carry the last one's markup. */
  function record(event: EventBody): void {
    if (event.type === 'search') {
      if (event.term === searched) return;
      searched = event.term;
    }
    if (event.type !== 'view_item' || event.item.id !== before) rim.record(event);
  }

  /** On a touch screen a return is a leaving, and so is a rest with something in the cart. */
  function rested({ moment, signal, touch, full }: Rest): void {
    const carted = (): boolean => Number(judge?.ask(moment)?.input.facts.carted) > 0;
    if (touch && (moment === 'return' || carted())) rim.moment('exit', signal);
    if (full) rim.moment(moment);
  }

  function aboutItem(event: (item: Item) => EventBody): void {
    const item = itemHere();
    if (item) rim.record(event(item));
  }

  function tellForm(kind: FormKind): void {
    const item = itemHere();
    rim.record({ type: 'form', kind, ...(item ? { item } : {}) });
  }

  /** Not in the middle of paying or typing, over nothing else, and no discount on what nobody can buy. */
  function obstacle(): string | null {
    if (isClosing()) return 'checkout';
    if (isTyping()) return 'typing';
    if (itemHere()?.available === false) return 'sold out';
    if (document.visibilityState !== 'visible') return 'hidden';
    return elsewhere() ? 'another tab' : inTheWay();
  }

  const isClosing = (): boolean => /checkout|thanks/.test(page?.state().kind ?? '');

  function elsewhere(): boolean {
    const { spoke } = rim.store.read();
    const since = spoke && spoke.page !== own ? Date.now() - spoke.at : ONE_TAB_MS;
    return since >= 0 && since < ONE_TAB_MS;
  }

  function forget(): void {
    if (rim.store.read().spoke?.page !== own) return;
    rim.store.update((memory) => {
      memory.spoke = null;
    });
  }

  function tell(what: Told, rule: string, variant: string | null): void {
    if (what === 'shown')
      rim.store.update((memory) => {
        memory.spoke = { page: own, at: Date.now() };
      });
    announce(what, rule, variant);
  }

  function call(name: unknown, data: unknown): void {
    const kind = name === 'form' && formKind(typeof data === 'object' && data && 'kind' in data ? data.kind : data);
    if (kind) tellForm(kind);
    else page?.call(name, data);
  }

  return { begin, page: () => page, judge: () => judge, call };
}
