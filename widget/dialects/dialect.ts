/** What a dialect is: one platform's way of saying what a page, a product and a cart are. Raw values; the reader cleans them. */

import type { PageKind } from '../../core/event.ts';
import type { Raw } from '../collect/reading.ts';

/** Fields as `readingOf` takes them; `variants` are the prices that this product also has. */
export interface Said {
  kind?: PageKind | undefined;
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
  onRequest(address: RegExp, done: (request: SeenRequest) => void): void;
}

export interface Dialect {
  /** What stands in the page now. */
  read(): Said;
  /** What the page says later, as long as it lives. */
  watch?(host: Host): void;
  /** It reads markup that any page may have: JSON-LD is trusted more. */
  markup?: true;
  /** It tells the whole cart after each change: nobody else need guess. */
  tellsCart?: true;
}

export interface DialectChunk {
  dialect: Dialect;
}
