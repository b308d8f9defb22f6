/** The product in a page's OpenGraph tags. Its texts are written for search engines, so the page's only heading names it. */

import type { Raw } from './reading.ts';

/** The content of the tag of this name, or null. */
export type Tags = (name: string) => string | null | undefined;

/** Of the document as it stands: looked through once, since most of what is asked for is on no page. */
export function documentTags(): Tags {
  const found = new Map<string | null, string | null>();
  for (const meta of document.querySelectorAll('meta'))
    for (const key of ['property', 'name']) {
      const name = meta.getAttribute(key);
      if (!found.has(name)) found.set(name, meta.getAttribute('content'));
    }
  return (name) => found.get(name);
}

/** `product`: whether the tags say that the page is one product's. Where they don't, only its picture is worth having. */
export function readOpenGraph(tags: Tags): { product: boolean; fields: Raw } {
  const tag = (...names: string[]): string | null => {
    for (const name of names) {
      const found = tags(name);
      if (found) return found;
    }
    return null;
  };
  const price = tag('product:sale_price:amount', 'product:price:amount', 'og:price:amount');
  const regular = tag('og:price:standard_amount', 'product:original_price:amount');
  const stock = tag('product:availability', 'og:availability')?.replace(/\W|_/g, '').toLowerCase();
  const product = /^(og:)?product(\.item)?$/.test(tag('og:type') ?? '') || tag('product:price:amount') !== null;
  return {
    product,
    fields: {
      image: tag('og:image:secure_url', 'og:image'),
      ...(product && {
        id: tag('product:retailer_item_id'),
        price,
        regular: regular ?? (tag('product:sale_price:amount') && tag('product:price:amount')),
        currency: tag('product:sale_price:currency', 'product:price:currency', 'og:price:currency'),
        available: stock === 'instock' ? true : stock === 'outofstock' ? false : null,
      }),
    },
  };
}

export function headingOf(): string | null {
  const [only, ...more] = document.querySelectorAll('h1');
  return (more.length ? null : only?.textContent?.trim()) || documentTags()('og:title') || null;
}
