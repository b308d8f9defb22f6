/** What the widget's chunks hand to each other. Types only: each chunk is built alone. */

import type { DecideInput } from '../core/decide.ts';
import type { EventBody, ExitSignal, PageKind, VisitEvent } from '../core/event.ts';
import type { Item } from '../core/item.ts';
import type { Locale } from '../core/locale.ts';
import type { LeavingReason, PopupText } from '../core/popup.ts';
import type { Moment } from '../core/rule.ts';
import type { ClaimAnswer, Config, PublicRule } from '../core/wire.ts';
import type { MemoryStore } from './memory.ts';
import type { Told } from './outward.ts';
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
  state(): { kind: PageKind; item: Item | null };
}

export interface PageChunk {
  readPage(record: (event: EventBody) => void): Page;
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
  carry(): Carried;
  settle(batch: string | undefined): void;
  /** JSON that nothing on the page can change. */
  toJson(value: unknown): string;
  /** What the visitor is in the middle of, or what else must not be talked over; null where nothing is. */
  obstacle(): string | null;
  /** An offer was shown, accepted or declined: the shop's own script and analytics may want to know. */
  announce(what: Told, rule: string, variant: string | null): void;
  /** Another chunk, by its name in the build. */
  load(chunk: ChunkName): Promise<unknown>;
}

/** Every chunk but the loader. `formats` is `popup` with more formats than the dialogs; `words-*` are its languages. */
export type ChunkName = 'page' | 'judge' | 'watch' | 'panel' | 'preview' | 'popup' | 'formats' | `words-${Locale}`;

export interface Judge {
  /** A moment has come: decides, and shows if something is to be shown. `rule` names the only one that may speak. */
  consider(moment: Moment, rule?: string): void;
  /** The server has answered a batch: arms may be known now. */
  prepare(): void;
  /** What a decision at this moment would be made from. `held`: why nothing is shown whatever the rules say. */
  ask(moment: Moment): { rules: readonly PublicRule[]; input: DecideInput; held: string | null } | null;
}

export interface JudgeChunk {
  startJudge(rim: Rim): Judge;
}

/** What the loader gives the watch over the page. */
export interface WatchRim
  extends Pick<Rim, 'tag' | 'store' | 'record' | 'flush' | 'carry' | 'settle' | 'toJson' | 'load'> {
  /** The answer to `GET /v1/config`, asked for already. */
  config: Promise<Response>;
  /** A moment has come. `signal` where it is a leaving, `rule` where only one may speak. */
  moment(name: Moment, signal?: ExitSignal, rule?: string): void;
  tellView(kind: PageKind): void;
  /** The address has changed without a load: the next view is of another page. */
  left(): void;
  /** A page can be read from now on. */
  opened(): void;
  /** There is a judge now. */
  judged(): void;
}

export interface Watch {
  /** Reads the page and starts the judge; rejects where a chunk or the config can't be had. */
  begin(): Promise<void>;
  /** Undefined before the page is read, and between two pages of one document. */
  page(): Page | undefined;
  judge(): Judge | undefined;
  /** A `linger(name, data)` of the shop's. */
  call(name: unknown, data: unknown): void;
}

export interface WatchChunk {
  startWatch(rim: WatchRim): Watch;
}

export interface PanelChunk {
  openPanel(judge: () => Judge | undefined): void;
}

export interface PreviewChunk {
  preview(rim: { tag: Tag; load(chunk: ChunkName): Promise<unknown> }): Promise<void>;
}

export interface ClaimForm {
  email: string;
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

export interface PopupOptions {
  rule: PublicRule;
  items: Item[];
  shop: Config['shop'];
  settings: Config['settings'];
  /** BCP 47, the reader's; the words are in the closest language we have. */
  locale: string;
  wordsOf: WordsChunk['wordsOf'];
  claim(form: ClaimForm): Promise<ClaimOutcome>;
  declined(): void;
  /** Why, where the rule asks and the visitor says. */
  reason?(why: LeavingReason): void;
}

/** What the words are about. */
export type Speech = Pick<PopupOptions, 'rule' | 'shop' | 'locale'>;

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

export interface PopupChunk {
  openPopup(options: PopupOptions): void;
}
