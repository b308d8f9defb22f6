/** Places an order of the demo shop: the code is redeemed and the order reported, and neither can keep the order from being placed. */

import type { Locale } from '../core/values/locale.ts';
import { fromMinor, toMinor } from '../core/values/money.ts';
import { type Cart, totalOf } from './cart.ts';
import { type CheckoutForm, isEmail } from './checkout-form.ts';
import type { Linger, OrderForCode, Refusal } from './linger.ts';
import { CURRENCY } from './product.ts';
import { WORDS } from './view.ts';

export interface PlacedOrder {
  id: string;
  name: string;
  cart: Cart;
  code: string | null;
  discount: number;
  total: number;
  /** A code was given, but nobody answered for it: the order stands at the full price. */
  unchecked: boolean;
  /** Linger has not taken the order. */
  unreported: boolean;
}

export type Placing = { kind: 'placed'; order: PlacedOrder } | { kind: 'held'; refusal: Refusal };

export interface OrderDraft {
  id: string;
  form: CheckoutForm;
  cart: Cart;
  locale: Locale;
  /** When the buyer pressed the button, in ms since the epoch. */
  at: number;
  /** Absolute addresses of a product's page and picture. */
  urlsOf: (id: string) => { url: string; image: string };
}

/** An order is held only by a code that is surely not good: its buyer would pay another sum than they expect. */
export async function placeOrder(linger: Linger, draft: OrderDraft): Promise<Placing> {
  const { id, form, cart } = draft;
  const answer = form.code === '' ? null : await linger.redeemCode(form.code, orderForCode(id, form, cart));
  if (answer?.kind === 'refused') return { kind: 'held', refusal: answer.refusal };
  const full = totalOf(cart);
  const discount = answer?.kind === 'good' ? Math.min(answer.discount, full) : 0;
  const order: PlacedOrder = {
    id,
    name: form.name,
    cart,
    code: form.code === '' ? null : form.code,
    discount,
    total: afterDiscount(full, discount),
    unchecked: answer?.kind === 'silent',
    unreported: false,
  };
  const reported = await linger.reportOrder(orderReport(draft, order));
  return { kind: 'placed', order: { ...order, unreported: !reported } };
}

/** What a code is checked and redeemed against. An address still half typed isn't sent. */
export function orderForCode(orderId: string, form: CheckoutForm, cart: Cart): OrderForCode {
  const order = { orderId, total: totalOf(cart), currency: CURRENCY };
  return isEmail(form.email) ? { ...order, email: form.email } : order;
}

/** Exact to the kopeck, and never below nothing. */
export function afterDiscount(total: number, discount: number): number {
  return Math.max(0, fromMinor(toMinor(total, CURRENCY) - toMinor(discount, CURRENCY), CURRENCY));
}

function orderReport({ form, locale, at, urlsOf }: OrderDraft, order: PlacedOrder) {
  const { categories } = WORDS[locale];
  return {
    id: order.id,
    number: order.id,
    status: 'paid',
    email: form.email,
    name: order.name,
    total: order.total,
    currency: CURRENCY,
    // A code nobody answered for took nothing off, so the order doesn't carry it.
    codes: order.code !== null && !order.unchecked ? [order.code] : [],
    items: order.cart.map(({ product, quantity }) => ({
      id: product.id,
      title: product.text[locale].name,
      price: product.price,
      currency: CURRENCY,
      category: categories[product.category].name,
      quantity,
      ...urlsOf(product.id),
    })),
    placedAt: new Date(at).toISOString(),
    locale,
  };
}
