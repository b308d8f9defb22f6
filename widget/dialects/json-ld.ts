/** Products in the page's JSON-LD. */

import { isList, mainProduct } from '../collect/json-ld.ts';
import type { Dialect } from './dialect.ts';

export const dialect: Dialect = {
  markup: true,
  structured: true,
  read({ addresses, believed }) {
    const blocks = [...document.querySelectorAll('script[type="application/ld+json" i]')];
    const texts = blocks.map((one) => one.textContent ?? '').filter(believed);
    const product = mainProduct(texts, document.baseURI, addresses);
    return product ? { product: { ...product } } : { kind: isList(texts) ? 'category' : 'unknown' };
  },
};
