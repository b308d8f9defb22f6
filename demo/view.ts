/** What every page of the demo shop is drawn with: the language, the addresses around it, and the visitor's cart. */

import type { html } from 'hono/html';
import type { Locale } from '../core/values/locale.ts';
import { formatMoney } from '../core/values/money.ts';
import type { Cart } from './cart.ts';
import { type Category, CURRENCY, type Product, type ProductText } from './product.ts';
import { en, type Words } from './words/en.ts';
import { ru } from './words/ru.ts';

export type Html = ReturnType<typeof html>;

export interface View {
  locale: Locale;
  words: Words;
  cart: Cart;
  /** `https://host`, for what a machine reads: JSON-LD and canonical links want absolute addresses. */
  origin: string;
  base: string;
  siteKey: string;
  /** Url of Linger's script. */
  widget: string;
  inbox: string;
}

export const WORDS: Record<Locale, Words> = { en, ru };

/** A page's address in the view's language, or in another: `/cart` → `/demo/ru/cart`. */
export function linkTo(view: View, path: string, locale: Locale = view.locale): string {
  return `${view.base}/${locale}${path}`;
}

export function productPath(product: Product): string {
  return `/product/${product.id}`;
}

export function categoryPath(category: Category): string {
  return `/category/${category}`;
}

export function pictureOf(view: View, id: string): string {
  return `${view.base}/pictures/${id}.svg`;
}

export function textOf(view: View, product: Product): ProductText {
  return product.text[view.locale];
}

export function money(view: View, amount: number): string {
  return formatMoney(amount, CURRENCY, view.locale);
}
