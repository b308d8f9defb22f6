/** One thing on the demo shop's shelves, described in both languages. Knows nothing of carts or pages. */

import type { Locale } from '../core/values/locale.ts';

export const CATEGORIES = ['tea', 'light', 'rest'] as const;
export type Category = (typeof CATEGORIES)[number];

/** The shop sells in one currency, whatever language its pages are in. */
export const CURRENCY = 'RUB';

export interface ProductText {
  name: string;
  /** One line for a card. */
  line: string;
  /** Two or three sentences for the product's own page. */
  about: string;
  /** Label and value, as in a table of measures. */
  details: [string, string][];
}

export interface Product {
  /** The shop's own article number: the sku of JSON-LD and the `item_id` of GA4. */
  id: string;
  category: Category;
  /** Whole roubles. */
  price: number;
  available: boolean;
  /** Average of the reviews, 1 to 5. */
  rating: number;
  reviews: number;
  text: Record<Locale, ProductText>;
}
