/** A product as the visitor met it. Knows nothing of catalogues: what the page did not say is null, never 0 and never a guess. */

export interface Item {
  /** The shop's own id as text; where the page names none, the normalised canonical url. */
  id: string;
  title: string;
  /** Decimal price in `currency` for the variant on the page, or null where the page doesn't say. */
  price: number | null;
  /** What it cost before the shop itself lowered the price; absent or null where nobody says that it did. */
  was?: number | null;
  /** ISO 4217, upper case, or null. */
  currency: string | null;
  /** Absolute http(s) url without tracking parameters. */
  url: string;
  image?: string | null;
  category?: string | null;
  available?: boolean | null;
}

export interface CartLine extends Item {
  quantity: number;
}
