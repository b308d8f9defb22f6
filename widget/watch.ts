/** Watches what the page is about besides its products: ways of leaving, moments, navigation, what stands in our way. A chunk of its own. */

import type { Item } from '../core/catalogue/item.ts';
import type { Moment } from '../core/rules/rule.ts';
import type { EventBody, FormKind } from '../core/visits/event.ts';
import type { Config } from '../core/visits/wire.ts';
import type {
  AheadName,
  FormsChunk,
  Judge,
  JudgeChunk,
  Page,
  PanelChunk,
  PreviewChunk,
  Reader,
  RestoreChunk,
  ReviewsChunk,
  UnreadChunk,
  Watch,
  WatchRim,
} from './bridge.ts';
import { lookAgain } from './collect/data-layer.ts';
import { formKind, onMarked } from './collect/marked.ts';
import { onNavigation } from './collect/navigation.ts';
import { banners, inTheWay } from './collect/obstacle.ts';
import { onPointerExit } from './collect/pointer-exit.ts';
import { onDeepScroll } from './collect/scroll-depth.ts';
import { searchTerm } from './collect/search-address.ts';
import { onRest, type Rest } from './collect/touch-exit.ts';
import { isTyping } from './collect/typing.ts';
import { guarded, ignore } from './guard.ts';
import { bringOffer, loadAhead } from './judge/bring-offer.ts';
import { localeTag } from './judge/locale-tag.ts';
import { wallClock } from './judge/wall-clock.ts';
import { newId } from './new-id.ts';
import { announce, onNews, type Told } from './outward.ts';
import { createReader } from './page.ts';
import type { Tag } from './tag.ts';
import { whenQuiet } from './when-quiet.ts';

export async function preview(tag: Tag): Promise<void> {
  const chunk = (await loadAhead('preview', tag.base)) as PreviewChunk;
  return chunk.preview({ tag, createReader });
}

/** When a tab has said something, the others keep quiet for so long, or until it goes. */
const ONE_TAB_MS = 60_000;
const TIME_EVERY_MS = 5_000;
/** What comes later answers a question that nobody asks any more. */
const LATEST_MS = 2_000;
/** Longer than a leaving takes to be confirmed. */
const CONFIRMED_MS = 500;
/** Who stays so long may be asked at the end. */
const STAYS_MS = 15_000;

export function startWatch(rim: WatchRim): Watch {
  /** What the other tabs know this one by, once it has said something. */
  let own = '';
  let stopPage: () => void = ignore;
  /** What this page was told to have been searched for, and what the page before it was about. */
  let searched: string | undefined;
  let before: Item | null = null;
  /** The rules whose experiment has kept an offer back on this page. */
  let withheld = new Set<string>();
  let page: Page | undefined;
  let reader: Reader | undefined;
  let prepared = false;
  /** Which page of this document it is: what was fetched for one must not be read as the next. */
  let turn = 0;
  let forms: FormsChunk | undefined;
  /** When the visitor began to fill in a form, in ms since the epoch. */
  let begunAt: number | null = null;
  let judge: Judge | undefined;
  /** The visitor has left, or asked for an offer, before it was known whether anything is to be said of it. */
  let unheard: { moment: Moment; rule?: string | undefined } | undefined;
  /** The visitor has left so, and it is yet to be confirmed. */
  let unexpected = false;
  /** What might be a banner, looked for while a leaving was yet to be confirmed. */
  let foundAhead: Element[] | undefined;
  /** Whether an offer may be wanted soon, and whether what it needs has been fetched. */
  let near = false;
  let fetched = false;
  let config: Config | undefined;
  /** How the shop fills a cart itself. */
  let restorer: unknown;
  let stirred: (event: Event) => void = ignore;
  let stopScroll: () => void = ignore;

  async function begin(): Promise<void> {
    reader = createReader();
    lookAgain(rim.lookAtLayer);
    listen();
    if (rim.store.read().unread) await reader.load('unread').then(tellUnread, ignore);
    await prepare();
    rim.flush();
    const wish = location.search.includes('linger=') && location.search;
    if (wish && /[?&]linger=restore(:|%3A)/i.test(wish)) reader.load('restore').then(restore).catch(ignore);
    if (document.querySelector('[data-linger-form]')) void readyForms();
    config = await rim.config;
    rim.ruled();
    informed();
    watchScroll();
    countTime();
    if (!wish || !/[?&]linger=debug(&|$)/.test(wish)) return;
    const [panel] = await Promise.all([reader.load('panel'), judgeHere()]);
    (panel as PanelChunk).openPanel(() => {
      judgeHere().catch(ignore);
      return judge;
    });
  }

  /** Reads the page with all that it speaks; one that was read in a hurry is looked at again. */
  async function prepare(): Promise<void> {
    const own = turn;
    await reader?.prepare();
    prepared = true;
    if (own !== turn) return;
    if (page) page.look();
    else read();
  }

  function read(): void {
    const own = reader?.read((event) => own === page && record(event), rim.lookAtLayer);
    page = own;
    rim.lookAtLayer();
    rim.opened();
    own?.open(rim.tellView);
    stopPage = watchPage();
    informed();
  }

  /** The visitor is going, and may have been here for a moment only: what can be read is read now. */
  function leaving(): boolean {
    if (!page && reader) read();
    page?.settle();
    return prepared || itemHere() !== null;
  }

  const load = (chunk: AheadName): Promise<unknown> => loadAhead(chunk, rim.tag.base);

  /** The judge of this page, as soon as there is something to judge: most pages are left without. */
  async function judgeHere(): Promise<Judge | undefined> {
    const { startJudge } = (await load('judge')) as JudgeChunk;
    if (config && page)
      judge ??= startJudge({ ...rim, config, page, load, wallClock, obstacle, timer, withhold, announce: tell });
    return judge;
  }

  function consider(moment: Moment, rule?: string): void {
    if (/exit|manual/.test(moment) && !isKnown()) unheard = { moment, rule };
    else if (judge) judge.consider(moment, rule);
    else if (moment === 'manual' || isAwaited(moment))
      judgeHere()
        .then((own) => own?.consider(moment, rule))
        .catch(ignore);
  }

  /** Whether the rules and the visitor's arms are known: without them nothing can be decided. */
  const isKnown = (): boolean => Boolean(config && page && rim.store.read().summary);

  /** More is known now: what was asked too early is asked again; of a leaving, as long as the pointer is out. */
  function informed(): void {
    prepareOffers();
    if (!isKnown()) return;
    const [late, soon] = [unheard, unexpected];
    unheard = undefined;
    unexpected = false;
    if (late && (late.moment === 'manual' || outside())) consider(late.moment, late.rule);
    else if (soon && outside()) expect();
  }

  /** How the pointer went out of the window, as long as it is out. */
  function outside(): MouseEvent | undefined {
    const event = rim.crossed();
    return event?.type === 'mouseleave' ? event : undefined;
  }

  function expect(): void {
    nearing();
    unexpected = !isKnown();
    if (!canShow || !isAwaited('exit') || isTyping()) return;
    judgeHere()
      .then((own) => own?.expect())
      .catch(ignore);
    setTimeout(guarded(lookAhead));
  }

  /** Writing takes a part of a frame: what is to be seen comes first. Who goes before has it written on going. */
  function unhurried(act: () => void): void {
    rim.store.soon = (write) => requestAnimationFrame(() => setTimeout(write));
    try {
      act();
    } finally {
      rim.store.soon = queueMicrotask;
    }
  }

  function lookAhead(): void {
    foundAhead = banners();
    setTimeout(() => (foundAhead = undefined), CONFIRMED_MS);
  }

  /** Before a rule speaks on this page, so that nothing is left to fetch when it does: to the held out too. */
  function prepareOffers(): void {
    const { arms = {} } = rim.store.read().summary ?? {};
    if (!near || fetched || !config || isClosing() || config.rules.every(({ id }) => arms[id] === undefined)) return;
    fetched = true;
    const { rules, shop } = config;
    whenQuiet(() => bringOffer(rules, localeTag(rim.tag.locale, shop.locale), rim.tag.base).catch(ignore));
  }

  /** Whether a rule, or a variant of one, waits for this moment. */
  const isAwaited = (name: Moment): boolean | undefined =>
    config?.rules.some(({ moment, variants }) => [{ moment }, ...variants].some((one) => one.moment === name));

  function listen(): void {
    stirred = onRest(rested);
    // Who is in the middle of typing reaches for a list of the browser's, not for the way out.
    onPointerExit(() => isTyping() || unhurried(() => rim.moment('exit', 'pointer')), expect, outside());
    onMarked(
      {
        open: (rule) => rim.moment('manual', undefined, rule),
        wish: () => aboutItem((item) => ({ type: 'add_to_wishlist', item })),
        begun() {
          begunAt ??= Date.now();
          void readyForms();
        },
        form: tellForm,
      },
      rim.clicked,
    );
    onNavigation({ left, drawn: () => void prepare().catch(ignore), varied: () => page?.look() });
    addEventListener('pagehide', guarded(forget));
    document.addEventListener('visibilitychange', guarded(nearing), { once: true });
    setTimeout(guarded(nearing), STAYS_MS);
  }

  /** Only where a rule waits for it is time a moment: every tick tells active seconds. */
  function countTime(): void {
    if (!isAwaited('time')) return;
    setInterval(
      guarded(() => document.visibilityState === 'visible' && rim.moment('time')),
      TIME_EVERY_MS,
    );
  }

  /** Whoever leaves through the top takes as long as what an offer needs; whoever stays, looks elsewhere or reads on may leave in ways that take no time at all. */
  function nearing(): void {
    near = true;
    prepareOffers();
  }

  function left(): void {
    turn += 1;
    stopPage();
    page?.stop();
    before = itemHere();
    searched = page = judge = undefined;
    unheard = undefined;
    withheld = new Set();
    rim.left();
  }

  function watchPage(): () => void {
    const term = searchTerm(location.href);
    if (term) record({ type: 'search', term });
    const stops: (() => void)[] = [];
    const own = turn;
    watchScroll();
    if (itemHere()) reader?.load('reviews').then(guarded(watchReviews)).catch(ignore);
    return () => {
      stopScroll();
      for (const stop of stops) stop();
    };

    function watchReviews(chunk: unknown): void {
      const { onReviewsRead } = chunk as ReviewsChunk;
      if (own === turn) stops.push(onReviewsRead(() => aboutItem((item) => ({ type: 'view_reviews', item }))));
    }
  }

  /** Only where a rule waits for it. */
  function watchScroll(): void {
    stopScroll();
    if (isAwaited('scroll')) stopScroll = onDeepScroll(() => rim.moment('scroll'), nearing);
  }

  const tellUnread = (chunk: unknown): void => (chunk as UnreadChunk).tellUnread(rim);

  const restore = (chunk: unknown): Promise<void> => (chunk as RestoreChunk).restoreCart(rim, restorer);

  const itemHere = (): Item | null => page?.state().item ?? null;

  /** A page and its address may both tell of one search, and a page that is drawn anew may still carry the last one's markup. */
  function record(event: EventBody): void {
    if (event.type === 'search') {
      if (event.term === searched) return;
      searched = event.term;
    }
    if (event.type !== 'view_item' || !sameOffer(event.item, before)) rim.record(event);
  }

  /** On a touch screen a return is a leaving, and so is a rest with something in the cart. */
  function rested({ moment, signal, touch, full }: Rest): void {
    const carted = (own?: Judge): boolean => Number(own?.ask(moment)?.input.facts.carted) > 0;
    const act = (own?: Judge): void => {
      if (touch && (moment === 'return' || carted(own))) rim.moment('exit', signal);
      if (full) rim.moment(moment);
    };
    if (touch && moment !== 'return') judgeHere().then(act).catch(ignore);
    else act();
  }

  function aboutItem(event: (item: Item) => EventBody): void {
    const item = itemHere();
    if (item) rim.record(event(item));
  }

  /** Fetched as soon as a form is seen: a submit may leave no time for it. */
  async function readyForms(): Promise<void> {
    forms ??= (await reader?.load('forms').catch(ignore)) as FormsChunk | undefined;
  }

  /** The event at once; who it was only where the form was given a consent. */
  function tellForm(kind: FormKind, from: unknown): void {
    const item = forms?.itemOf(from) ?? itemHere();
    const filledMs = begunAt && Date.now() - begunAt;
    begunAt = null;
    rim.record({ type: 'form', kind, ...(item ? { item } : {}) });
    const send = (form: unknown): void => {
      const read = forms?.readForm(form);
      if (read) forms?.sendForm(rim, kind, read, item, filledMs);
    };
    // It may be emptied before there is anyone to read it.
    const kept = forms || !(from instanceof Element) ? from : copyOf(from);
    if (forms) send(kept);
    else void readyForms().then(() => send(kept));
  }

  /** Not in the middle of paying or typing, and over nothing else. */
  function obstacle(): string | null {
    if (!canShow) return 'browser';
    if (isClosing()) return 'checkout';
    if (isTyping()) return 'typing';
    if (document.visibilityState !== 'visible') return 'hidden';
    if (elsewhere()) return 'another tab';
    // No discount on what nobody can buy, where its return is not to be told of either.
    return inTheWay(foundAhead) ?? (itemHere()?.available === false && !config?.settings.waitlist ? 'stock' : null);
  }

  /** Who has left and is not back may still be asked, however late. */
  function timer(moment: Moment): () => boolean {
    const since = Date.now();
    return () => moment === 'manual' || outside() !== undefined || Date.now() - since < LATEST_MS;
  }

  function withhold(rule: string, variant: string | null): void {
    if (withheld.has(rule) || obstacle()) return;
    withheld.add(rule);
    // Quiet for as long as whoever is shown it, where the offer is never to come.
    if (variant === 'holdout')
      rim.store.update((memory) => {
        memory.shown[rule] = Date.now();
      });
    rim.record({ type: 'offer_withheld', rule, variant });
    rim.flush();
  }

  const isClosing = (): boolean => /checkout|thanks/.test(page?.state().kind ?? '');

  function elsewhere(): boolean {
    const { spoke } = rim.store.read();
    const since = spoke && spoke.page !== own ? Date.now() - spoke.at : ONE_TAB_MS;
    return since >= 0 && since < ONE_TAB_MS;
  }

  function forget(): void {
    if (!own || rim.store.read().spoke?.page !== own) return;
    rim.store.update((memory) => {
      memory.spoke = null;
    });
  }

  function tell(what: Told, rule: string, variant: string | null): void {
    if (what === 'shown')
      rim.store.update((memory) => {
        own ||= newId();
        memory.spoke = { page: own, at: Date.now() };
      });
    announce({ what, rule, variant }, config?.settings.outward);
  }

  function call(name: unknown, data: unknown): void {
    const said = typeof data === 'object' && data ? data : { kind: data };
    if (name === 'restore') restorer = data;
    if (name === 'on') onNews(data);
    const kind = name === 'form' && formKind(Reflect.get(said, 'kind'));
    if (!kind) page?.call(name, data);
    // A form that tells no more than its kind waits for nobody.
    else if (Object.keys(said).length === 1) tellForm(kind, said);
    else void readyForms().then(() => tellForm(kind, said));
  }

  return { begin, leaving, page: () => page, consider, stirred: (event) => stirred(event), prepare: informed, call };
}

/** Without these the popup would need inline styles or a dialog of our own make: then there is none. */
const canShow = 'adoptedStyleSheets' in Document.prototype && 'showModal' in HTMLDialogElement.prototype;

/** With what was typed; in a document of its own, since labels are found nowhere else. */
function copyOf(form: Element): Element {
  const copy = document.implementation.createHTMLDocument('').importNode(form, true);
  copy.ownerDocument.body.append(copy);
  return copy;
}

/** Whether it is what the visitor has just seen: the same product, the same variant of it. */
const sameOffer = (one: Item, other: Item | null): boolean =>
  one.id === other?.id && one.price === other.price && one.available === other.available;
