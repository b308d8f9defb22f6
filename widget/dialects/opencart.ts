/** OpenCart and its themes: the product beside the hidden `product_id`, the cart's table. It has no structured data of its own. */

import { priceOf } from '../../core/values/price.ts';
import type { PageKind } from '../../core/visits/event.ts';
import type { Raw } from '../collect/reading.ts';
import type { Dialect, RawCart, Said } from './dialect.ts';

/** Where other products, carts and demo prices live. */
const ASIDE = 'header,footer,nav,.modal,#cart,.product-thumb,.product-layout,[class*="mini_cart"],[class*="mini-cart"]';
const OLD = '.price-old,.old-price,.old_price,[class*="price-old"],[class*="old-price"],[style*="line-through"],del,s';
const NEW = [
  '.price-new,.special-price,.price-special,.current_price,.new-price,[class*="price-new"],[class*="special-price"]',
  '.price h2,ul.list-unstyled h2,.price h3,ul.list-unstyled h3,.product-price',
  '.price,[class*="product-price"]',
];

const text = (element: Element | null | undefined): string => element?.textContent?.replace(/\s+/g, ' ').trim() ?? '';
const inMain = (element: Element): boolean => !element.closest(ASIDE);

function read(): Said {
  const cart = table();
  const input = cart ? null : productInput();
  const listed = document.querySelector('#product-category,#product-search,#product-special,#product-manufacturer');
  const kind: PageKind = cart ? 'cart' : input ? 'product' : listed ? 'category' : 'unknown';
  return { kind, cart, product: input && product(input) };
}

/** The page's own: lists have one for each product, or none. */
function productInput(): HTMLInputElement | null {
  const own = document.querySelector<HTMLInputElement>(
    '#product input[name="product_id"],#form-product [name="product_id"]',
  );
  if (own) return own;
  const inputs = [...document.querySelectorAll<HTMLInputElement>('input[name="product_id"]')].filter(inMain);
  return new Set(inputs.map(({ value }) => value)).size === 1 ? (inputs[0] ?? null) : null;
}

function product(input: HTMLInputElement): Raw {
  const prices = nearest(input, (part) => priceIn(part).price !== null);
  const { price, regular, sign } = prices ? priceIn(prices) : { price: null, regular: null, sign: '' };
  return {
    id: input.value,
    title: title(),
    price,
    regular,
    currency: currencyOfSign(sign),
    image: image(prices ?? input),
  };
}

function nearest(from: Element, fits: (part: Element) => boolean): Element | null {
  let part: Element | null = from;
  while (part && part !== document.documentElement && !fits(part)) part = part.parentElement;
  return part === document.documentElement ? null : part;
}

function priceIn(part: Element): { price: number | null; regular: number | null; sign: string } {
  const outside = (element: Element): boolean =>
    inMain(element) && !element.closest('[class*="tax"],[class*="related"]');
  const olds = [...part.querySelectorAll(OLD)].filter(outside);
  const regular = olds.map((old) => priceOf(text(old))).find((amount) => amount !== null) ?? null;
  for (const selector of NEW) {
    for (const element of part.querySelectorAll(selector)) {
      const price = outside(element) && !element.matches(OLD) ? priceOf(text(element)) : null;
      if (price !== null) return { price, regular, sign: text(element) };
    }
  }
  return { price: null, regular, sign: '' };
}

/** The heading that the page's title repeats, whichever tag the theme gave it. */
function title(): string {
  const headings = [...document.querySelectorAll('h1,h2,h3,.product-title')].filter(inMain).map(text).filter(Boolean);
  const named = headings.filter((heading) => document.title.includes(heading)).sort((a, b) => b.length - a.length)[0];
  const [only, ...more] = [...document.querySelectorAll('h1')].filter(inMain).map(text).filter(Boolean);
  return named ?? (only && !more.length ? only : '');
}

const image = (from: Element): unknown =>
  document
    .querySelector('.thumbnails a[href*="image/"],a.thumbnail[href*="image/"],.image-additional a[href*="image/"]')
    ?.getAttribute('href') ??
  nearest(from, (part) => part.querySelector('img[src*="image/c"]') !== null)
    ?.querySelector('img[src*="image/c"]')
    ?.getAttribute('src');

/** The shop's own list of currencies says which code its sign stands for: a bare "$" says nothing. */
function currencyOfSign(written: string): string | null {
  const sign = written.replace(/[\d\s.,'’]/g, '');
  const options = document.querySelectorAll(
    '[name="currency"] option,.currency-select,#form-currency [href],[data-currency]',
  );
  for (const option of options) {
    const code = [option.getAttribute('name'), option.getAttribute('value'), option.getAttribute('href')].find((one) =>
      /^[A-Z]{3}$/.test(one ?? ''),
    );
    if (code && sign && text(option).split(' ').includes(sign)) return code;
  }
  return /^[A-Z]{3}$/.test(sign) ? sign : null;
}

/** Rows with a quantity of their own, under the form that changes the cart. */
function table(): RawCart | null {
  const onCart =
    /route=checkout\/cart|\/cart\/?$/.test(location.href) || document.querySelector('form[action*="checkout/cart"]');
  const rows = [...document.querySelectorAll('tr')].filter(
    (row) => inMain(row) && row.querySelector('input[name^="quantity"]') && row.querySelectorAll('td').length > 3,
  );
  if (!onCart || !rows.length) return null;
  return { items: rows.map(lineOf) };
}

function lineOf(row: HTMLTableRowElement): Raw {
  const cells = [...row.querySelectorAll('td')];
  const link = [...row.querySelectorAll<HTMLAnchorElement>('a[href]')].find(
    (one) => text(one) && !one.matches('[onclick]'),
  );
  const unit = text(cells[cells.length - 2]);
  return {
    id: /product_id=(\d+)/.exec(link?.getAttribute('href') ?? '')?.[1],
    title: text(link),
    price: unit,
    currency: currencyOfSign(unit),
    url: link?.getAttribute('href'),
    image: row.querySelector('img')?.getAttribute('src'),
    quantity: row.querySelector<HTMLInputElement>('input[name^="quantity"]')?.value,
  };
}

export const dialect: Dialect = { read };
