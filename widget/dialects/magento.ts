/** Magento 2: body classes, the product's form and price box, the cart that it keeps in the browser's storage. */

import type { PageKind } from '../../core/visits/event.ts';
import { isRaw, listOf, type Raw } from '../collect/reading.ts';
import { onRequest } from '../collect/requests.ts';
import { guarded } from '../guard.ts';
import { byPath } from './by-path.ts';
import type { Dialect, RawCart, Said } from './dialect.ts';

const KINDS: readonly [RegExp, PageKind][] = [
  [/checkout-onepage-success/, 'thanks'],
  [/checkout-cart-index/, 'cart'],
  [/(^| )checkout-/, 'checkout'],
  [/catalog-product-view/, 'product'],
  [/catalog-category-view|catalogsearch-/, 'category'],
  [/cms-index-index/, 'other'],
];

const OWN = '#product_addtocart_form';
const FORM = `${OWN}, form[action*="checkout/cart/add"]`;

function read(): Said {
  // Products beside the page's own have forms too.
  const own = document.querySelector<HTMLInputElement>(`${OWN} input[name="product"]`)?.value;
  const boxed = document.querySelector<HTMLElement>(':is(.product-info-main,.product-info-price) [data-product-id]');
  const any = document.querySelector<HTMLInputElement>(`:is(${FORM}) input[name="product"]`)?.value;
  const id = own ?? boxed?.dataset.productId ?? any;
  const known = KINDS.find(([pattern]) => pattern.test(document.body.className))?.[1];
  // A list has such a form for each of its products.
  const kind = known ?? (id && document.querySelectorAll(FORM).length === 1 ? 'product' : 'unknown');
  return { kind, product: kind === 'product' ? product(id) : null, cart: cart() };
}

function product(id: string | undefined): Raw {
  const main = document.querySelector('.product-info-main') ?? document;
  const box = (id && main.querySelector(`[data-product-id="${CSS.escape(id)}"]`)) || main;
  const amount = (type: string): unknown =>
    box.querySelector(`[data-price-type="${type}"][data-price-amount]`)?.getAttribute('data-price-amount');
  const stock = main.querySelector('.stock');
  return {
    id,
    title: document.querySelector('h1.page-title, [data-ui-id="page-title-wrapper"]')?.textContent,
    price: amount('finalPrice') ?? amount('minPrice'),
    regular: amount('oldPrice'),
    currency:
      main.querySelector('[itemprop="priceCurrency"]')?.getAttribute('content') ??
      document.querySelector('meta[property="product:price:currency"]')?.getAttribute('content'),
    available: stock?.matches('.unavailable') ? false : stock?.matches('.available') ? true : null,
  };
}

function cart(): RawCart | null {
  const stored: unknown = JSON.parse(localStorage.getItem('mage-cache-storage') ?? 'null');
  const own = byPath(stored, 'cart');
  const items = byPath(own, 'items');
  if (!isRaw(own) || !Array.isArray(items)) return null;
  return {
    items: listOf(items)
      .filter(isRaw)
      .map((line) => ({
        id: line.product_id ?? line.product_sku,
        title: line.product_name,
        price: line.product_price_value,
        url: line.product_url,
        image: byPath(line.product_image, 'src'),
        quantity: line.qty,
      })),
    value: own.subtotalAmount,
  };
}

/** Magento writes its storage in the same turn as it reads the answer. */
const WRITTEN_MS = 500;

export const dialect: Dialect = {
  tellsCart: true,
  read,
  watch({ tell }) {
    const again = guarded(() => tell({ cart: cart() }));
    onRequest(/customer\/section\/load|checkout\/(cart|sidebar)\//, () => void setTimeout(again, WRITTEN_MS));
  },
};
