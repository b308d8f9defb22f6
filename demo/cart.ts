/** The visitor's cart as the shop's own cookie holds it: a pure value, read from text anybody may have edited. */

import { findProduct } from './catalogue.ts';
import type { Product } from './product.ts';

export interface CartEntry {
  product: Product;
  quantity: number;
}

export type Cart = readonly CartEntry[];

export const MOST_OF_ONE = 9;

/** `id:2.id:1` as a cart. Unknown, sold out or repeated things are dropped, quantities are kept within 1 and MOST_OF_ONE. */
export function readCart(text: string | undefined): Cart {
  const cart: CartEntry[] = [];
  for (const part of (text ?? '').slice(0, 1000).split('.')) {
    const [id = '', count = ''] = part.split(':');
    const product = findProduct(id);
    if (!product?.available || cart.some((entry) => entry.product.id === id)) continue;
    const quantity = readQuantity(count);
    if (quantity > 0) cart.push({ product, quantity });
  }
  return cart;
}

export function writeCart(cart: Cart): string {
  return cart.map(({ product, quantity }) => `${product.id}:${quantity}`).join('.');
}

/** A quantity from a form or a cookie; 0 for anything that isn't one. */
export function readQuantity(text: string): number {
  return /^\d{1,3}$/.test(text) ? Math.min(Number(text), MOST_OF_ONE) : 0;
}

/** The cart with exactly this many of the product; none takes it out. */
export function withQuantity(cart: Cart, product: Product, quantity: number): Cart {
  const wanted = product.available ? Math.min(quantity, MOST_OF_ONE) : 0;
  if (wanted <= 0) return cart.filter((entry) => entry.product.id !== product.id);
  if (quantityOf(cart, product) === 0) return [...cart, { product, quantity: wanted }];
  return cart.map((entry) => (entry.product.id === product.id ? { product, quantity: wanted } : entry));
}

export function quantityOf(cart: Cart, product: Product): number {
  return cart.find((entry) => entry.product.id === product.id)?.quantity ?? 0;
}

export function countOf(cart: Cart): number {
  return cart.reduce((sum, entry) => sum + entry.quantity, 0);
}

/** Whole roubles. */
export function totalOf(cart: Cart): number {
  return cart.reduce((sum, entry) => sum + entry.product.price * entry.quantity, 0);
}
