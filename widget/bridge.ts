/** What the widget's chunks hand to each other. Types only: each chunk is built alone. */

import type { EventBody, PageKind, VisitEvent } from '../core/event.ts';
import type { Item } from '../core/item.ts';
import type { Locale } from '../core/locale.ts';
import type { Moment } from '../core/rule.ts';
import type { ClaimAnswer, Config, PublicRule } from '../core/wire.ts';
import type { MemoryStore } from './memory.ts';
import type { BuiltIn } from './popup/texts/built-in.ts';
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
  /** Whether the visitor is in the middle of filling something in. */
  typing(): boolean;
  /** Another chunk, by its name in the build. */
  load(chunk: ChunkName): Promise<unknown>;
}

/** Every chunk but the loader. `formats` is `popup` with more formats than the dialogs; `words-*` are its languages. */
export type ChunkName = 'page' | 'judge' | 'popup' | 'formats' | `words-${Locale}`;

export interface Judge {
  /** A moment has come: decides, and shows if something is to be shown. `rule` names the only one that may speak. */
  consider(moment: Moment, rule?: string): void;
  /** The server has answered a batch: arms may be known now. */
  prepare(): void;
}

export interface JudgeChunk {
  startJudge(rim: Rim): Judge;
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
  /** BCP 47, the reader's; `words` are in the closest language we have. */
  locale: string;
  words: BuiltIn;
  claim(form: ClaimForm): Promise<ClaimOutcome>;
  declined(): void;
}

export interface WordsChunk {
  words: BuiltIn;
}

export interface PopupChunk {
  openPopup(options: PopupOptions): void;
}
