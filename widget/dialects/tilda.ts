/** Tilda's shop: the one product of a product's page, and the cart that the page keeps in `tcart`. */

import { isRaw, listOf, type Raw } from '../collect/reading.ts';
import { byPath } from './by-path.ts';
import type { Dialect, RawCart, Said } from './dialect.ts';

const PRODUCT = '.t-store__product-snippet, .t-store__prod-snippet__container, .js-store-product_single';

function read(): Said {
  // A snippet stands in a container of its own, and both may be marked.
  const snippets = [...document.querySelectorAll(PRODUCT)].map(
    (snippet) => snippet.closest('.js-product') ?? snippet.querySelector('.js-product') ?? snippet,
  );
  const [own, ...more] = new Set(snippets);
  if (own && !more.length) return { kind: 'product', product: product(own) };
  return document.querySelectorAll('.t-store__card').length > 1 ? { kind: 'category' } : {};
}

const text = (from: Element, selector: string): string => from.querySelector(selector)?.textContent?.trim() ?? '';

function product(own: Element): Raw {
  const picture = own.querySelector('.js-product-img');
  return {
    id: own.getAttribute('data-product-uid') ?? own.getAttribute('data-product-lid'),
    title: text(own, '.js-product-name, .js-store-prod-name'),
    price: text(own, '.js-product-price, .js-store-prod-price-val'),
    regular: text(own, '.js-store-prod-price-old-val'),
    currency: currency(),
    image: picture?.getAttribute('data-original') ?? picture?.getAttribute('src'),
  };
}

const currency = (): unknown =>
  byPath(window, 'tcart', 'currency_iso') ??
  document.querySelector('[data-project-currency-code]')?.getAttribute('data-project-currency-code');

function cart(): RawCart | null {
  // Tilda's script fetches it from there.
  const kept = byPath(window, 'tcart') ?? JSON.parse(localStorage.getItem('tcart') ?? 'null');
  const { products, prodamount, amount, promocode } = (kept ?? {}) as Raw;
  if (!Array.isArray(products)) return null;
  return {
    items: listOf(products)
      .filter(isRaw)
      .map((line) => ({
        id: line.uid ?? line.lid ?? line.sku,
        title: line.name,
        // `amount` is the line's sum.
        price: line.price,
        currency: currency(),
        url: line.url,
        image: line.img,
        quantity: line.quantity,
      })),
    value: prodamount ?? amount,
    currency: currency(),
    codes: [byPath(promocode, 'promocode')],
  };
}

/** Called by Tilda whenever its cart has changed. */
const CHANGES = ['tcart__addProduct', 'tcart__updateTotalProductsinCartObj', 'tcart__saveLocalObj'];

export const dialect: Dialect = {
  tellsCart: true,
  read,
  watch({ tell }) {
    let last = '';
    const changed = (): void => {
      const now = cart();
      const text = JSON.stringify(now?.items);
      if (now && text !== last) tell({ cart: now });
      last = text;
    };
    for (const name of CHANGES) {
      const own = Reflect.get(window, name);
      if (typeof own !== 'function') continue;
      Reflect.set(window, name, function (this: unknown, ...values: unknown[]) {
        const result = Reflect.apply(own, this, values);
        setTimeout(changed, 0);
        return result;
      });
    }
    changed();
  },
};
