/** What a dialect is: one platform's way of saying what a page, a product and a cart are. Raw values; the reader cleans them. */

import type { PageKind } from '../../core/visits/event.ts';
import type { Raw } from '../collect/reading.ts';

/** Fields as `readingOf` takes them; `variants` are the prices that this product also has. */
export interface Said {
  kind?: PageKind | undefined;
  /** `urls`: the addresses that it goes by, where it names them. */
  product?: Raw | null | undefined;
  cart?: RawCart | null | undefined;
}

export interface RawCart {
  /** Each a product with its `quantity`. */
  items: Raw[];
  value?: unknown;
  currency?: unknown;
  codes?: unknown[];
}

/** A request of the page's own scripts that was answered with success. */
export interface SeenRequest {
  url: string;
  /** The form or JSON that was sent, by field. */
  fields: Raw;
}

export interface Host {
  tell(said: Said): void;
  /** An entry as a data layer would hold it, by a source that may only repeat what others say better. */
  repeat(entry: unknown): void;
  /** A request has put something into the cart. */
  added(request: SeenRequest): void;
}

/** Where the page is, and what may be true of it. */
export interface Here {
  /** What it may be told by; the last one is what the visitor sees. */
  addresses: readonly string[];
  /** Whether a claim is this page's, and not the last one's that was left standing. */
  believed(claim: unknown): boolean;
}

export interface Dialect {
  /** What stands in the page now. */
  read(here: Here): Said;
  /** What the page says later, as long as it lives. */
  watch?(host: Host): void;
  /** It reads markup that any page may have. */
  markup?: true;
  /** Markup that says what a page is about, and no more than hints otherwise. */
  structured?: true;
  /** It is the shop's own word, which needs nobody's consent. */
  sure?: true;
  /** It tells the whole cart after each change: nobody else need guess. */
  tellsCart?: true;
  /** Where this platform puts a code into the cart by itself, on the shop's own origin. */
  applyUrl?(code: string): string;
}

export interface DialectChunk {
  dialect: Dialect;
}
