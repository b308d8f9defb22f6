/** WooCommerce, classic and blocks: body classes, the product's form, the store's cart. Prices of the store are minor units. */

import type { PageKind } from '../../core/visits/event.ts';
import { isRaw, listOf, type Raw } from '../collect/reading.ts';
import { onRequest } from '../collect/requests.ts';
import { byPath } from './by-path.ts';
import type { Dialect, RawCart, Said } from './dialect.ts';
import { readLater } from './read-later.ts';

/** The first that fits: every page of the shop also has the general class. */
const KINDS: readonly [string, PageKind][] = [
  ['woocommerce-order-received', 'thanks'],
  ['woocommerce-checkout', 'checkout'],
  ['woocommerce-cart', 'cart'],
  ['single-product', 'product'],
  ['tax-product_cat', 'category'],
  ['tax-product_tag', 'category'],
  ['post-type-archive-product', 'category'],
];

const CART = 'wc/store/v1/cart';
const text = (from: ParentNode | null | undefined, selector: string): string =>
  from?.querySelector(selector)?.textContent?.trim() ?? '';
const value = (selector: string): string | undefined =>
  document.querySelector<HTMLInputElement | HTMLButtonElement>(selector)?.value || undefined;

function read(): Said {
  const { classList } = document.body;
  const kind = KINDS.find(([name]) => classList.contains(name))?.[1] ?? 'unknown';
  return {
    kind,
    product: kind === 'product' ? product() : null,
    cart: kind === 'cart' ? (preloaded() ?? table()) : null,
  };
}

function product(): Raw {
  const main = document.querySelector('.summary,.wp-block-woocommerce-product-price')?.closest('.product,main,body');
  const prices = main?.querySelector('.summary .price, .wp-block-woocommerce-product-price');
  // Without a sale, two amounts are a range.
  const amounts = prices?.querySelectorAll('.amount').length ?? 0;
  const variation = chosenVariation();
  return {
    id:
      value('form.cart [name="product_id"]') ??
      value('form.cart button[name="add-to-cart"], form.cart input[name="add-to-cart"]') ??
      /(?:^| )postid-(\d+)/.exec(document.body.className)?.[1],
    title: text(document, '.product_title, h1.wp-block-post-title'),
    price:
      variation?.display_price ?? (text(prices, 'ins .amount') || (amounts === 1 ? text(prices, '.amount') : null)),
    regular: variation?.display_regular_price ?? text(prices, 'del .amount'),
    variants: variations().map(({ display_price }) => display_price),
    currency: currencyIn(prices),
    image: byPath(variation, 'image', 'src'),
    available:
      variation?.is_in_stock ??
      (main?.querySelector('.summary .out-of-stock') ? false : main?.querySelector('.summary .in-stock') ? true : null),
  };
}

/** Blocks say it; classic themes print no more than a sign. */
const currencyIn = (from: ParentNode | null | undefined): unknown =>
  byPath(window, 'wcSettings', 'currency', 'code') ?? text(from, '.woocommerce-Price-currencySymbol');

/** None where there are more than the page carries. */
const variations = (): Raw[] =>
  listOf(
    JSON.parse(document.querySelector<HTMLElement>('form.variations_form')?.dataset.product_variations ?? '[]'),
  ).filter(isRaw);

function chosenVariation(): Raw | undefined {
  const id = value('form.variations_form [name="variation_id"]');
  return variations().find((one) => String(one.variation_id) === id);
}

/** The cart block's first answer, which the page brings along. */
function preloaded(): RawCart | null {
  for (const { textContent } of document.scripts) {
    const [, encoded] =
      /createPreloadingMiddleware\(\s*JSON\.parse\(\s*decodeURIComponent\(\s*'([^']+)'/.exec(textContent ?? '') ?? [];
    const cart = encoded && byPath(JSON.parse(decodeURIComponent(encoded)), `/${CART}`, 'body');
    if (isRaw(cart)) return cartOf(cart);
  }
  return null;
}

function cartOf(cart: Raw): RawCart {
  const minor = (amount: unknown, of: unknown): unknown =>
    amount == null ? null : Number(amount) / 10 ** Number(byPath(of, 'currency_minor_unit') ?? 2);
  return {
    items: listOf(cart.items)
      .filter(isRaw)
      .map((line) => ({
        id: line.id,
        title: line.name,
        price: minor(byPath(line.prices, 'price'), line.prices),
        regular: minor(byPath(line.prices, 'regular_price'), line.prices),
        currency: byPath(line.prices, 'currency_code'),
        url: line.permalink,
        image: byPath(listOf(line.images)[0], 'src'),
        quantity: line.quantity,
      })),
    value: minor(byPath(cart.totals, 'total_price'), cart.totals),
    currency: byPath(cart.totals, 'currency_code'),
    codes: listOf(cart.coupons).map((coupon) => byPath(coupon, 'code')),
  };
}

/** The classic cart's table; null where it isn't there. */
function table(): RawCart | null {
  const rows = document.querySelectorAll('.woocommerce-cart-form .cart_item');
  if (!rows.length)
    return document.querySelector('.cart-empty, .wp-block-woocommerce-empty-cart-block') && { items: [] };
  const currency = currencyIn(rows[0]);
  return {
    items: [...rows].map((row) => ({
      id: row.querySelector<HTMLElement>('[data-product_id]')?.dataset.product_id,
      title: text(row, '.product-name a') || text(row, '.product-name'),
      price: text(row, '.product-price .amount'),
      currency,
      url: row.querySelector('.product-name a')?.getAttribute('href'),
      image: row.querySelector('.product-thumbnail img')?.getAttribute('src'),
      quantity: row.querySelector<HTMLInputElement>('.qty')?.value,
    })),
    value: text(document, '.order-total .amount'),
    currency,
  };
}

export const dialect: Dialect = {
  tellsCart: true,
  read,
  watch({ tell }) {
    const api = document.querySelector('link[rel="https://api.w.org/"]')?.getAttribute('href') ?? '/wp-json/';
    const again = readLater(`${api}${CART}`, (cart) => tell({ cart: cartOf(cart) }));
    onRequest(/wc\/store\/v1\/(cart\/|batch)|wc-ajax=(add_to_cart|remove_from_cart|apply_coupon)/, again);
    document.body.addEventListener('wc-blocks_added_to_cart', again);
    const jquery = Reflect.get(window, 'jQuery');
    if (typeof jquery === 'function') {
      jquery(document.body).on('added_to_cart removed_from_cart updated_cart_totals applied_coupon', again);
    }
    // The shop sets it with the first thing that is put in.
    if (/woocommerce_items_in_cart=1/.test(document.cookie)) again();
    else tell({ cart: { items: [] } });
  },
};
