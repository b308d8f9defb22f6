/** The shop's own word in its markup: `data-linger-title`, `-id`, `-price`, … on one element, `data-linger-kind` on any, its cart under `data-linger-cart`. */

import { PAGE_KINDS } from '../../core/visits/event.ts';
import { isRaw, type Raw } from '../collect/reading.ts';
import type { Dialect, RawCart, Said } from './dialect.ts';

const FIELDS = ['id', 'title', 'price', 'regular', 'currency', 'url', 'image', 'category'];
const CART = '[data-linger-cart]';

const said = (from: Element | null, name: string): string | null => from?.getAttribute(`data-linger-${name}`) ?? null;

function read(): Said {
  // Lines of the cart carry the same attributes.
  const own = [...document.querySelectorAll('[data-linger-title],[data-linger-id]')].find((one) => !one.closest(CART));
  const kind = said(document.querySelector('[data-linger-kind]'), 'kind');
  return {
    kind: PAGE_KINDS.find((known) => known === kind) ?? (own ? 'product' : 'unknown'),
    product: own && product(own),
    cart: cart(),
  };
}

function product(from: Element): Raw {
  const available = said(from, 'available');
  const fields = FIELDS.map((name) => [name, said(from, name)]);
  return { ...Object.fromEntries(fields), available: available === null ? null : available !== 'false' };
}

/** As JSON in the attribute itself, as `linger('cart', …)` takes it; or its lines inside the element, each marked as a product is. */
function cart(): RawCart | null {
  const own = document.querySelector(CART);
  if (!own) return null;
  const text = said(own, 'cart') ?? '';
  if (text.startsWith('{')) {
    const given: unknown = JSON.parse(text);
    return isRaw(given) && Array.isArray(given.items) ? (given as unknown as RawCart) : null;
  }
  const lines = own.querySelectorAll('[data-linger-title],[data-linger-id]');
  return {
    items: [...lines].map((line) => ({ ...product(line), quantity: said(line, 'quantity') })),
    value: said(own, 'value'),
    currency: said(own, 'currency'),
    codes: (said(own, 'codes') ?? '').split(/[\s,]+/),
  };
}

export const dialect: Dialect = {
  sure: true,
  read,
  watch({ tell }) {
    const own = document.querySelector(CART);
    if (!own) return;
    // Of the cart alone: the rest of the document may change as it likes.
    new MutationObserver(() => tell({ cart: cart() })).observe(own, {
      attributes: true,
      childList: true,
      subtree: true,
    });
  },
};
