/** What the widget's chunks hand to each other. Types only: each chunk is built alone. */

import type { Item } from '../core/catalogue/item.ts';
import type { DecideInput } from '../core/rules/decide.ts';
import type { LeavingReason, Network, PopupText } from '../core/rules/popup.ts';
import type { Moment } from '../core/rules/rule.ts';
import type { Locale } from '../core/values/locale.ts';
import type { EventBody, ExitSignal, FormKind, PageKind, ShareAct, VisitEvent } from '../core/visits/event.ts';
import type { VisitState } from '../core/visits/visit.ts';
import type { ClaimAnswer, Config, MemoryMode, PublicRule } from '../core/visits/wire.ts';
import type { Memory, MemoryStore } from './memory.ts';
import type { Told } from './outward.ts';
import type { MoreWords } from './popup/texts/built-in.ts';
import type { Post } from './send.ts';
import type { Tag } from './tag.ts';

/** Events that ride along with a claim; they stay in the outbox under the same batch id until someone confirms them. */
export interface Carried {
  visitor: string;
  visit: string;
  batch?: string;
  sentAt?: number;
  events?: VisitEvent[];
}

/** What the page says of itself, as far as our dialects understand it. */
export interface Page {
  /** Tells the page's kind, then its product, then what came in before. Once. */
  open(tellView: (kind: PageKind) => void): void;
  /** One entry of `dataLayer`. */
  entry(entry: unknown): void;
  /** One `linger(name, data)` of the shop's. */
  call(name: unknown, data: unknown): void;
  state(): {
    kind: PageKind;
    item: Item | null;
    /** Where the shop itself puts a code into the cart; absent where its platform has no such address. */
    applyUrl?: ((code: string) => string) | undefined;
  };
  /** Reads again what may have changed without a word: the chosen variant, what is drawn late. */
  look(): void;
  /** Tells what was held back until somebody else would tell it better: the visitor may be going. */
  settle(): void;
  /** The page has been left: nothing of its reader listens or waits any more. */
  stop(): void;
}

/** Reads a document, however many pages are drawn in it one after another. */
export interface Reader {
  /** Fetches the dialects that the document speaks now, as far as they can be had. */
  prepare(): Promise<void>;
  /** The page that stands in the document now, read with what has been prepared. `lookAtLayer`: `dataLayer` may have said more than has been heard. */
  read(record: (event: EventBody) => void, lookAtLayer: () => void): Page;
  /** Another chunk, which few pages want. */
  load(part: 'reviews' | 'unread' | 'forms' | 'panel' | 'restore'): Promise<unknown>;
}

export interface ReviewsChunk {
  onReviewsRead(report: () => void): () => void;
}

/** What the loader gives to who sends a form. */
export type FormsRim = Pick<Rim, 'tag' | 'store' | 'post' | 'toJson'>;

export interface FormsChunk {
  /** What a submitted form, or a `linger('form', …)`, says of a person; null without an address and a consent. */
  readForm(from: unknown): Record<string, unknown> | null;
  /** The item that a `linger('form', …)` names, or null. */
  itemOf(from: unknown): Item | null;
  sendForm(
    rim: FormsRim,
    kind: FormKind,
    read: Record<string, unknown>,
    item: Item | null,
    filledMs: number | null,
  ): void;
}

export interface UnreadChunk {
  /** Tells what the pages had to say that were left before anyone read them, and forgets them. */
  tellUnread(rim: Pick<Rim, 'store' | 'record'>): void;
}

/** What the loader gives the judge. */
export interface Rim {
  tag: Tag;
  config: Config;
  store: MemoryStore;
  page: Page;
  record(event: EventBody): void;
  /** Sends what there is to tell, now. */
  flush(): void;
  /** Makes a batch of what there is to tell, for a claim to take along. */
  pack(): Memory;
  settle(batch: string | undefined): void;
  post: Post;
  /** JSON that nothing on the page can change. */
  toJson(value: unknown): string;
  /** What time it is in the shop's zone. */
  wallClock(now: number, zone: string): { hour: number; weekday: number } | null;
  /** What the visitor is in the middle of, or what else must not be talked over; null where nothing is. */
  obstacle(): string | null;
  /** From now on: whether it is not too late for an offer of this moment. */
  timer(moment: Moment): () => boolean;
  /** An offer would have been shown but for the rule's experiment: tells so, once a page. */
  withhold(rule: string, variant: string | null): void;
  /** An offer was shown, accepted or declined: the shop's own script and analytics may want to know. */
  announce(what: Told, rule: string, variant: string | null): void;
  /** Another chunk, by its name in the build. */
  load(chunk: AheadName): Promise<unknown>;
}

/** What the loader imports. */
export type ChunkName = 'consent' | 'watch';

/** What the watch imports, and the judge through it. */
export type AheadName = 'judge' | 'offer' | 'preview';

/** What an offer imports. `formats` is `popup` with more formats than the dialogs; `words-*` are its languages. */
export type PopupChunkName = 'popup' | 'formats' | `words-${Locale}`;

export interface Judge {
  /** A moment has come: decides, and shows if something is to be shown. `rule` names the only one that may speak. */
  consider(moment: Moment, rule?: string): void;
  /** The visitor may be leaving: draws what would be said of it, so that it can be seen as soon as that is sure. */
  expect(): void;
  /**
   * What a decision at this moment would be made from. `held`: why nothing is shown whatever the rules say; `waitFor`: the sold-out item
   * that is spoken of in place of an offer.
   */
  ask(moment: Moment): {
    rules: readonly PublicRule[];
    input: DecideInput;
    held: string | null;
    waitFor: Item | null;
  } | null;
}

/** What an offer needs of the judge's rim. */
export type OfferRim = Omit<Rim, 'wallClock' | 'obstacle' | 'timer' | 'withhold' | 'load'>;

export interface Offered {
  /** As it stands in the config; what its variant changes in it is the offer's to know. */
  rule: PublicRule;
  variant: string | null;
  waitFor: Item | null;
  /** The visit as it is by now; null where nothing is known of it. */
  visit(): VisitState | null;
}

/** Draws the popup apart from the page, or throws where nothing could be drawn; returns what opens it. What is drawn already is not drawn again. */
export type Offer = (offered: Offered) => () => void;

export interface OfferChunk {
  /** Fetches all that an offer of the shop's rules needs. */
  prepareOffers(rim: OfferRim): Promise<Offer>;
}

/** What the loader gives to whoever follows the visitor's consent. */
export interface ConsentRim {
  tag: Tag;
  setting: MemoryMode;
  /** What was said so far; more is added while the page lives. */
  words: readonly ArrayLike<unknown>[];
  store: MemoryStore;
  /** Whether this page has remembered for good, until now. */
  lasting: boolean;
  /** It is known how much may be remembered, for now. */
  open(): void;
}

export interface ConsentChunk {
  /** Returns what is to be called when there is more to know. */
  followConsent(rim: ConsentRim): () => void;
}

export interface JudgeChunk {
  startJudge(rim: Rim): Judge;
}

/** An entry of `dataLayer`, or a `linger(name, data)`, that came before anyone read the page. */
export interface EarlyWord {
  name?: unknown;
  data: unknown;
}

/** What the loader gives the watch over the page. */
export interface WatchRim
  extends Pick<Rim, 'tag' | 'store' | 'record' | 'flush' | 'pack' | 'settle' | 'post' | 'toJson'> {
  /** The answer to `GET /v1/config`, asked for already. */
  config: Promise<Config>;
  /** A moment has come. `signal` where it is a leaving, `rule` where only one may speak. */
  moment(name: Moment, signal?: ExitSignal, rule?: string): void;
  tellView(kind: PageKind): void;
  /** The page may have put another array in the place of its `dataLayer`. */
  lookAtLayer(): void;
  /** The address has changed without a load: the next view is of another page. */
  left(): void;
  /** What has been clicked until now. */
  clicked: readonly EventTarget[];
  /** How the pointer last came into the window, or went out of it. */
  crossed(): MouseEvent | undefined;
  /** A page can be read from now on. */
  opened(): void;
  /** The rules are known now. */
  ruled(): void;
}

export interface Watch {
  /** Reads the page and starts the judge; rejects where a chunk or the config can't be had. */
  begin(): Promise<void>;
  /** The visitor may be going: reads what can be read now, tells what was held back, and says whether the page has been read. */
  leaving(): boolean;
  /** Undefined before the page is read, and between two pages of one document. */
  page(): Page | undefined;
  /** A moment has come. `rule` names the only one that may speak. */
  consider(moment: Moment, rule?: string): void;
  /** The visitor has stirred: pressed a key, moved the pointer, scrolled. Of what comes many times a second it is told once. */
  stirred(event: Event): void;
  /** The server has answered a batch: arms may be known now. */
  prepare(): void;
  /** A `linger(name, data)` of the shop's. */
  call(name: unknown, data: unknown): void;
}

export interface WatchChunk {
  startWatch(rim: WatchRim): Watch;
  /** Shows the rule that the address names, and nothing else. */
  preview(tag: Tag): Promise<void>;
}

export type RestoreRim = Pick<Rim, 'tag'>;

export interface RestoreChunk {
  restoreCart(rim: RestoreRim, handler: unknown): Promise<void>;
}

export interface PanelChunk {
  openPanel(judge: () => Judge | undefined): void;
}

export interface PreviewChunk {
  preview(rim: { tag: Tag; createReader(): Reader }): Promise<void>;
}

export interface ClaimForm {
  email: string;
  name?: string;
  phone?: string;
  /** `MM-DD` or `YYYY-MM-DD`. */
  birthday?: string;
  consent: { data: boolean; marketing: boolean; text: string };
  hp: string;
  filledMs: number;
}

export type ClaimOutcome =
  | { kind: 'taken'; answer: ClaimAnswer }
  /** The server says no to this visitor. */
  | { kind: 'gone' }
  /** It is the address that the server does not take. */
  | { kind: 'invalid' }
  /** No answer, or none that makes sense: worth another try. */
  | { kind: 'failed' };

/** What a buyer wrote, as the shop has published it. */
export interface Opinion {
  /** 1–5. */
  stars: number;
  text: string;
  /** The name that its writer wants to be shown; may be empty. */
  author: string;
  /** Null where it is about a whole order. */
  item: { id: string; title: string | null } | null;
}

export interface PopupOptions {
  rule: PublicRule;
  items: Item[];
  /** A thing's price under the offer, or null where that is none of its own. */
  reduced(item: Item): number | null;
  shop: Config['shop'];
  settings: Config['settings'];
  /** BCP 47, the reader's; the words are in the closest language we have. */
  locale: string;
  wordsOf: WordsChunk['wordsOf'];
  numbers: Numbers;
  /** The words beyond those of a plain dialog. */
  more?: MoreWords | null;
  /** The sold-out item whose return is told: there is no offer then, and `join` takes the address. */
  waitFor: Item | null;
  claim(form: ClaimForm): Promise<ClaimOutcome>;
  join(form: ClaimForm): Promise<ClaimOutcome>;
  declined(): void;
  /** Why, where the rule asks and the visitor says. */
  reason?(why: LeavingReason): void;
  /** The visitor has been to the network and is back. Nobody can prove what was done there. */
  acted?(act: ShareAct, network: Network): void;
  /** What the cart is worth now, in the shop's currency; null where nobody knows. */
  cartValue?(): number | null;
  /** What buyers wrote, where the rule quotes them. */
  opinions?(): Promise<readonly Opinion[]>;
  /** Where the shop itself puts a code into the cart. */
  applyUrl?: ((code: string) => string) | undefined;
}

/** What the words are about. */
export type Speech = Pick<PopupOptions, 'rule' | 'shop' | 'locale' | 'more' | 'numbers'>;

/** Writes numbers as people of a locale read them. `percent`: of a hundred. `unit`: of time, as `Intl` calls it. */
export interface Numbers {
  money(amount: number, currency: string, locale: string): string;
  percent(value: number, locale: string): string;
  count(count: number, unit: string, locale: string): string;
}

export interface Words {
  /** A text of the popup, with what stands in braces filled in. */
  say(key: PopupText, more?: Record<string, string>): string;
  /** BCP 47 of the words, which may be another language than the reader asked for. */
  locale: string;
  direction: 'ltr' | 'rtl';
  money(amount: number, currency: string): string;
  /** An ISO 8601 moment as the reader's own clock shows it; "" for none. */
  moment(iso: string | undefined): string;
  /** The time from `now` (ms) to an ISO 8601 moment; "" where it is unknown or over. */
  left(iso: string | undefined, now: number): string;
}

export interface WordsChunk {
  wordsOf(speech: Speech): Words;
}

export interface OpenPopup {
  /** Puts the popup on the screen; returns what is left to do once it has been seen: to lock the page behind it, to take the focus. That throws where the popup is gone by then. */
  (): () => void;
  /** Puts it into the page unseen, so that it is laid out by the time it is wanted, or out of it again; nothing, once it is open. */
  lay(there: boolean): void;
}

export interface PopupChunk {
  /** Draws the popup apart from the page, or throws where nothing could be drawn. */
  drawPopup(options: PopupOptions): OpenPopup;
  /** Fetches what these rules need beyond the chunk itself; to be awaited before the first popup. */
  prepare?(rules: readonly Pick<PublicRule, 'popup' | 'variants'>[], locale: Locale): Promise<void>;
}
