/** Ecwid: a shop inside somebody's page, which tells of its pages and its cart by itself. */

import type { PageKind } from '../../core/visits/event.ts';
import { isRaw, listOf, type Raw } from '../collect/reading.ts';
import { byPath } from './by-path.ts';
import type { Dialect, RawCart } from './dialect.ts';

const KINDS: Record<string, PageKind> = {
  PRODUCT: 'product',
  CATEGORY: 'category',
  SEARCH: 'category',
  CART: 'cart',
  CHECKOUT_ADDRESS: 'checkout',
  CHECKOUT_DELIVERY: 'checkout',
  CHECKOUT_PAYMENT_DETAILS: 'checkout',
  ORDER_CONFIRMATION: 'thanks',
};

const cartOf = (cart: Raw): RawCart => ({
  items: listOf(cart.items)
    .filter(isRaw)
    .map(({ product, quantity }) => ({ ...productOf(product), quantity })),
  value: cart.total ?? cart.cost,
  codes: [cart.couponName],
});

const productOf = (product: unknown): Raw => ({
  id: byPath(product, 'id'),
  title: byPath(product, 'name'),
  price: byPath(product, 'price'),
  url: byPath(product, 'url'),
  image: byPath(product, 'imageUrl'),
});

const title = (drawn: Element | null): unknown => drawn?.querySelector('.product-details__product-title')?.textContent;

function subscribe(name: string, done: (data: Raw) => void): void {
  const event = byPath(window, 'Ecwid', name);
  const add = byPath(event, 'add');
  if (typeof add === 'function') Reflect.apply(add, event, [(data: unknown) => isRaw(data) && done(data)]);
}

/** The cart as it stands, where the shop has been started already. */
function askForCart(done: (cart: Raw) => void): void {
  const cart = byPath(window, 'Ecwid', 'Cart');
  const get = byPath(cart, 'get');
  if (typeof get === 'function') Reflect.apply(get, cart, [(data: unknown) => isRaw(data) && done(data)]);
}

export const dialect: Dialect = {
  tellsCart: true,
  read() {
    // Pages that the shop's server has drawn stand there before its script tells of them.
    const drawn = document.querySelector('[class*="ecwid-productBrowser-ProductPage-"]');
    const id = /ProductPage-(\d+)/.exec(drawn?.className ?? '')?.[1];
    return id ? { kind: 'product', product: { id, title: title(drawn) } } : {};
  },
  watch({ tell }) {
    askForCart((cart) => tell({ cart: cartOf(cart) }));
    subscribe('OnCartChanged', (cart) => tell({ cart: cartOf(cart) }));
    subscribe('OnPageLoaded', ({ type, productId, name }) =>
      tell({
        kind: KINDS[String(type)] ?? 'unknown',
        product: type === 'PRODUCT' ? { id: productId, title: name, url: location.href } : null,
      }),
    );
  },
};
