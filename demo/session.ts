/** The shop's cookies: the cart, the order number of this checkout, and what the last request did. All may have been edited by anybody. */

import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { type Cart, quantityOf, readCart, readQuantity, withQuantity, writeCart } from './cart.ts';
import { findProduct } from './catalogue.ts';
import { type AnalyticsEvent, ecommerceEvent } from './data-layer.ts';
import type { Product } from './product.ts';
import type { View } from './view.ts';

const COOKIES = { cart: 'demo_cart', draft: 'demo_draft', said: 'demo_said' } as const;

/** Seconds: a cart waits a month, a thing said waits for the next page. */
const AGES = { cart: 30 * 86_400, draft: 86_400, said: 60 } as const;

const ORDER_SHAPE = /^D-[0-9A-F]{10}$/;

type Kept = keyof typeof COOKIES;

export function keep(c: Context, base: string, kept: Kept, value: string): void {
  const maxAge = value === '' ? 0 : AGES[kept];
  setCookie(c, COOKIES[kept], value, { path: base || '/', httpOnly: true, sameSite: 'Lax', maxAge });
}

export function forget(c: Context, base: string, ...kept: Kept[]): void {
  for (const each of kept) keep(c, base, each, '');
}

/** Linger's own cookies too: no script reaches them, and this shop lives on Linger's host. */
export function forgetVisitor(c: Context): void {
  for (const name of Object.keys(getCookie(c))) if (name.startsWith('linger_')) deleteCookie(c, name, { path: '/' });
}

export function cartOf(c: Context): Cart {
  return readCart(getCookie(c, COOKIES.cart));
}

/** The order number the buyer was given at the checkout: it stays the same through every try, so no try makes a second order. */
export function draftOf(c: Context): string | undefined {
  const draft = getCookie(c, COOKIES.draft) ?? '';
  return ORDER_SHAPE.test(draft) ? draft : undefined;
}

/** Sets how many of a product are in the cart, and leaves word of the change for the page that follows. */
export function changeCart(c: Context, view: View, product: Product, quantity: number): void {
  const next = withQuantity(view.cart, product, quantity);
  const change = quantityOf(next, product) - quantityOf(view.cart, product);
  if (change === 0) return;
  const event = change > 0 ? 'add_to_cart' : 'remove_from_cart';
  keep(c, view.base, 'cart', writeCart(next));
  keep(c, view.base, 'said', `${event}.${product.id}.${Math.abs(change)}`);
}

/** What the last request did to the cart, told once by the page after it, as shops that redirect do. */
export function takeCartChange(c: Context, view: View): AnalyticsEvent[] {
  const [event = '', id = '', count = ''] = (getCookie(c, COOKIES.said) ?? '').split('.');
  const product = findProduct(id);
  if (!product || (event !== 'add_to_cart' && event !== 'remove_from_cart')) return [];
  forget(c, view.base, 'said');
  return [ecommerceEvent(view, event, [{ product, quantity: Math.max(1, readQuantity(count)) }])];
}

/** The cart became this order: it is emptied, and the next page may tell the purchase. */
export function closeCart(c: Context, view: View, order: string): void {
  forget(c, view.base, 'cart', 'draft');
  keep(c, view.base, 'said', `purchase.${order}`);
}

/** True once for an order placed a moment ago, so that a reload doesn't tell the purchase again. */
export function takePurchase(c: Context, view: View, order: string): boolean {
  const isNew = getCookie(c, COOKIES.said) === `purchase.${order}`;
  if (isNew) forget(c, view.base, 'said');
  return isNew;
}
