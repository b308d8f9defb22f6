/** `?linger=restore:TOKEN`: fills the cart as the letter has it that led here, and goes there. A chunk of its own: few visits begin so. */

import type { CartLine } from '../core/catalogue/item.ts';
import { discountUrl, type RestoredCart, variantOf } from '../core/codes/cart-link.ts';
import type { RestoreRim } from './bridge.ts';
import { isRaw, listOf, type Raw } from './collect/reading.ts';
import { byPath } from './dialects/by-path.ts';
import { guarded } from './guard.ts';
import { toJson } from './json.ts';

const PARAMETER = /([?&])linger=restore(?::|%3A)([\w-]+)(&|(?=#|$))/i;

/** `handler`: the shop's own way, by `linger('restore', handler)`; without one the platform's, where it has one. */
export async function restoreCart({ tag }: RestoreRim, handler: unknown): Promise<void> {
  const { href } = location;
  const token = PARAMETER.exec(href)?.[2];
  if (!token) return;
  // Reloaded or shared, the address must not do it again.
  history.replaceState(
    history.state,
    '',
    href.replace(PARAMETER, (_, before, __, after) => (after ? before : '')),
  );
  const answer = await fetch(`${tag.origin}/v1/restore`, {
    method: 'POST',
    body: toJson({ shop: tag.shop, token }),
    credentials: 'omit',
  });
  if (!answer.ok) return;
  const cart = (await answer.json()) as RestoredCart;
  if (typeof handler === 'function') guarded(handler as (cart: RestoredCart) => void)(cart);
  else {
    const place = 'Shopify' in window ? await fillShopify(cart) : await fillWooCommerce(cart);
    if (place) location.assign(place);
  }
}

/** Where the cart is seen once it is filled; null where that is left to the visitor. */
async function fillShopify({ lines, code }: RestoredCart): Promise<string | null> {
  const root = String(byPath(window, 'Shopify', 'routes', 'root') ?? '/');
  const items: { id: number; quantity: number }[] = [];
  const had = listOf((await json(`${root}cart.js`))?.items).filter(isRaw);
  for (const line of lines) {
    const id = variantOf(line.url) ?? (await onlyVariant(line));
    if (!id) continue;
    const quantity = missing(
      line,
      had.filter((one) => String(one.variant_id) === id),
    );
    if (quantity) items.push({ id: Number(id), quantity });
  }
  if (items.length && !(await json(`${root}cart/add.js`, { items }))) return null;
  if (!items.length && !had.length) return null;
  return code ? discountUrl(root, code, `${root}cart`) : `${root}cart`;
}

/** What is sold in one form only needs no choice. */
async function onlyVariant({ url }: CartLine): Promise<string | null> {
  const { origin, pathname } = new URL(url);
  if (origin !== location.origin) return null;
  const [only, ...more] = listOf((await json(`${pathname.replace(/\/$/, '')}.js`))?.variants).filter(isRaw);
  return only && !more.length ? String(only.id) : null;
}

async function fillWooCommerce({ lines, code }: RestoredCart): Promise<string | null> {
  const api = document.querySelector('link[rel="https://api.w.org/"]')?.getAttribute('href');
  const known =
    'wc_add_to_cart_params' in window || 'wcSettings' in window || document.body.className.match(/woocommerce/);
  if (!api || !known) return null;
  const store = `${api}wc/store/v1/cart`;
  const response = await fetch(store, { headers: { accept: 'application/json' } });
  const nonce = response.headers.get('nonce') ?? '';
  const before: unknown = response.ok ? await response.json() : null;
  if (!isRaw(before)) return null;
  const had = listOf(before.items).filter(isRaw);
  let filled = had.length > 0;
  for (const line of lines) {
    const own = had.filter((one) => String(one.id) === line.id);
    const quantity = missing(line, own);
    // One that can't be put in without a choice keeps none of the others out.
    if (quantity && (await json(`${store}/add-item`, { id: Number(line.id), quantity }, nonce))) filled = true;
  }
  if (!filled) return null;
  if (code) await json(`${store}/apply-coupon`, { code }, nonce);
  return String(
    byPath(window, 'wcSettings', 'storePages', 'cart', 'permalink') ??
      byPath(window, 'wc_add_to_cart_params', 'cart_url') ??
      '/cart/',
  );
}

/** How many more of it the cart needs: links are followed twice. */
const missing = ({ quantity }: CartLine, had: readonly Raw[]): number =>
  Math.max(0, Math.round(quantity) - had.reduce((sum, one) => sum + Number(one.quantity ?? 0), 0));

/** The shop's answer, or null where it is a no. */
async function json(address: string, body?: unknown, nonce?: string): Promise<Raw | null> {
  const sent = {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(nonce ? { nonce } : {}) },
    body: toJson(body),
  };
  const response = await fetch(address, body ? sent : { headers: { accept: 'application/json' } });
  const answer: unknown = response.ok ? await response.json() : null;
  return isRaw(answer) ? answer : null;
}
