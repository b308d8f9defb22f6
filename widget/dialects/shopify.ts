/** Shopify's storefront: the product in `meta`, the variant in the form, the cart in `/cart.js`. Its prices are hundredths. */

import { discountUrl } from '../../core/codes/cart-link.ts';
import type { PageKind } from '../../core/visits/event.ts';
import { isRaw, listOf, type Raw } from '../collect/reading.ts';
import { onRequest } from '../collect/requests.ts';
import { byPath } from './by-path.ts';
import type { Dialect, RawCart, Said } from './dialect.ts';
import { readLater } from './read-later.ts';

const KINDS: Record<string, PageKind> = {
  product: 'product',
  collection: 'category',
  cart: 'cart',
  home: 'other',
  page: 'other',
  article: 'other',
  blog: 'other',
  searchresults: 'category',
};

/** Of every currency, the yen's too. */
const money = (hundredths: unknown): number => Number(hundredths) / 100;

const currency = (): unknown =>
  byPath(window, 'Shopify', 'currency', 'active') ?? byPath(window, 'ShopifyAnalytics', 'meta', 'currency');

function read(): Said {
  const meta = byPath(window, 'ShopifyAnalytics', 'meta') ?? byPath(window, 'meta');
  const kind = byPath(meta, 'page', 'pageType') ?? byPath(window, '__st', 'p');
  const product = byPath(meta, 'product') ?? byPath(window, 'meta', 'product');
  return {
    kind: KINDS[String(kind)] ?? (isRaw(product) ? 'product' : 'unknown'),
    product: isRaw(product) ? productOf(product) : null,
  };
}

function productOf(product: Raw): Raw {
  const variants = listOf(product.variants).filter(isRaw);
  const form = [...document.querySelectorAll('form[action*="/cart/add"]')].find((one) =>
    one.querySelector('[name="id"]'),
  );
  const chosen =
    // The form is right while the address waits for its theme, or is never told.
    form?.querySelector<HTMLInputElement>('[name="id"]')?.value ?? new URLSearchParams(location.search).get('variant');
  const button = form?.querySelector<HTMLButtonElement>('[name="add"],[type="submit"]');
  const variant = variants.find(({ id }) => String(id) === chosen) ?? variants[0] ?? {};
  const own = typeof variant.public_title === 'string' ? ` - ${variant.public_title}` : '';
  const name = String(variant.name ?? '');
  return {
    id: product.id,
    title: own && name.endsWith(own) ? name.slice(0, -own.length) : name,
    price: money(variant.price),
    variants: variants.map(({ price }) => money(price)),
    currency: currency(),
    category: product.type,
    // Themes shut the button of a variant that is sold out.
    available: button ? !button.disabled : null,
  };
}

/** A cart as `/cart.js` gives it. */
function cartOf(cart: Raw): RawCart {
  return {
    items: listOf(cart.items)
      .filter(isRaw)
      .map((line) => ({
        id: line.product_id,
        title: line.product_title ?? line.title,
        price: money(line.final_price ?? line.price),
        currency: cart.currency,
        url: line.url,
        image: line.image,
        category: line.product_type,
        quantity: line.quantity,
      })),
    value: money(cart.total_price),
    currency: cart.currency,
    codes: listOf(cart.discount_codes)
      .filter(isRaw)
      .map(({ code }) => code),
  };
}

const root = (): string => String(byPath(window, 'Shopify', 'routes', 'root') ?? '/');

const EVENTS = ['shopify:cart:lines-update', 'shopify:cart:discount-update', 'cart:updated', 'cart:refresh'];

export const dialect: Dialect = {
  tellsCart: true,
  read,
  watch({ tell }) {
    const again = readLater(`${root()}cart.js`, (cart) => tell({ cart: cartOf(cart) }));
    onRequest(/\/cart\/(add|change|update|clear)(\.js)?([?#]|$)/, again);
    for (const name of EVENTS) document.addEventListener(name, again);
    // A cart's cookie is there once something was put in: no request for visitors who only look.
    if (/(^|; )cart=/.test(document.cookie)) again();
    else tell({ cart: { items: [] } });
  },
  applyUrl: (code) => location.origin + discountUrl(root(), code, location.pathname + location.search),
};
