/** What the shop's pages tell machines: GA4 e-commerce events on `dataLayer` and JSON-LD, written safely into a script element. */

import { raw } from 'hono/html';
import type { Cart, CartEntry } from './cart.ts';
import { totalOf } from './cart.ts';
import { CURRENCY, type Product } from './product.ts';
import { linkTo, pictureOf, productPath, textOf, type View } from './view.ts';

export interface AnalyticsEvent {
  event: string;
  ecommerce: Record<string, unknown>;
}

/** A GA4 e-commerce event about some things; `rest` adds what the event needs besides (`transaction_id`, `coupon`). */
export function ecommerceEvent(
  view: View,
  event: string,
  cart: Cart,
  rest: Record<string, unknown> = {},
): AnalyticsEvent {
  const items = cart.map((entry) => analyticsItem(view, entry));
  return { event, ecommerce: { currency: CURRENCY, value: totalOf(cart), items, ...rest } };
}

function analyticsItem(view: View, { product, quantity }: CartEntry) {
  return {
    item_id: product.id,
    item_name: textOf(view, product).name,
    item_category: view.words.categories[product.category].name,
    price: product.price,
    quantity,
  };
}

/** https://developers.google.com/search/docs/appearance/structured-data/product */
export function productData(view: View, product: Product) {
  const text = textOf(view, product);
  const url = view.origin + linkTo(view, productPath(product));
  return {
    '@context': 'https://schema.org',
    '@type': 'Product',
    sku: product.id,
    name: text.name,
    description: text.about,
    image: view.origin + pictureOf(view, product.id),
    url,
    category: view.words.categories[product.category].name,
    brand: { '@type': 'Brand', name: view.words.shop },
    aggregateRating: { '@type': 'AggregateRating', ratingValue: product.rating, reviewCount: product.reviews },
    offers: {
      '@type': 'Offer',
      url,
      price: product.price,
      priceCurrency: CURRENCY,
      availability: `https://schema.org/${product.available ? 'InStock' : 'OutOfStock'}`,
    },
  };
}

/** A value as JSON that can stand inside a script element: no `<`, so nothing in it can close the element. */
export function scriptJson(value: unknown) {
  return raw(
    JSON.stringify(value).replaceAll('<', '\\u003c').replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029'),
  );
}
