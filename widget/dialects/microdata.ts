/** Products in microdata (schema.org). Only the page's own: several scopes beside each other are a list. */

import { isRaw, type Raw } from '../collect/reading.ts';
import type { Dialect, Said } from './dialect.ts';

const PRODUCT = '[itemscope][itemtype*="schema.org/Product" i]';

function read(): Said {
  const scopes = [...document.querySelectorAll(PRODUCT)].filter(
    (scope) =>
      !scope.parentElement?.closest(PRODUCT) &&
      !scope.closest('[itemprop~="isRelatedTo"],[itemprop~="isSimilarTo"],[itemprop~="itemListElement"]'),
  );
  const [first, ...more] = scopes;
  const own = more.length ? scopes.find((scope) => scope.querySelector('h1')) : first;
  const product = own && productOf(own);
  if (isRaw(product) && product.title) return { product };
  return { kind: more.length ? 'category' : 'unknown' };
}

function productOf(scope: Element): Raw {
  const offer = find(scope, 'offers') ?? scope;
  const price = value(find(offer, 'price')) ?? value(find(offer, 'lowPrice'));
  const stock = value(find(offer, 'availability')) ?? '';
  return {
    id: value(find(scope, 'productID')) ?? value(find(scope, 'sku')),
    title: value(find(scope, 'name')),
    price,
    currency: value(find(offer, 'priceCurrency')),
    image: value(find(scope, 'image')),
    available: /(InStock|PreOrder|PreSale|BackOrder|OnlineOnly|LimitedAvailability)$/i.test(stock)
      ? true
      : /(OutOfStock|SoldOut|Discontinued)$/i.test(stock)
        ? false
        : null,
  };
}

/** The first such property that is this scope's own, and no other product's inside it. */
const find = (scope: Element, name: string): Element | undefined =>
  [...scope.querySelectorAll(`[itemprop~="${name}"]`)].find(
    (element) => element.parentElement?.closest('[itemscope]') === scope,
  );

function value(element: Element | undefined): string | null {
  if (!element) return null;
  for (const name of ['content', 'src', 'href', 'datetime', 'data-price-amount']) {
    const given = element.getAttribute(name);
    if (given) return given;
  }
  return element.textContent?.trim() || null;
}

export const dialect: Dialect = { read, markup: true };
