/** What a page tells the pixels of Meta, VK and Top.Mail.ru. A view counts only where it names a title: ids alone say too little. */

import { headingOf } from '../collect/open-graph.ts';
import { isRaw, listOf, type Raw } from '../collect/reading.ts';
import { guarded } from '../guard.ts';
import { byPath } from './by-path.ts';
import type { Dialect, Host } from './dialect.ts';

/** Pixels put something else in their stub's place once they have loaded. */
const LOOK_EVERY_MS = 500;
const LOOKS = 20;

type Hear = (values: readonly unknown[]) => void;

/** Stands before somebody's function: its answer, its `this` and its own properties stay. */
function overhear(owner: unknown, name: string, hear: Hear): void {
  const own = isRaw(owner) || typeof owner === 'function' ? Reflect.get(owner as object, name) : null;
  if (typeof own !== 'function' || heard.has(own)) return;
  const safely = guarded(hear);
  const listening = new Proxy(own, {
    apply(target, self, values) {
      safely(values);
      return Reflect.apply(target, self, values);
    },
  });
  heard.add(listening);
  Reflect.set(owner as object, name, listening);
}

/** Ours, so that nothing is heard twice. */
const heard = new WeakSet<object>();

/** Meta's words, and VK's, for what data layers call otherwise. */
const EVENTS: Record<string, string> = {
  AddToCart: 'add_to_cart',
  InitiateCheckout: 'begin_checkout',
  AddPaymentInfo: 'begin_checkout',
  Purchase: 'purchase',
  AddToWishlist: 'add_to_wishlist',
  Search: 'search',
  add_to_cart: 'add_to_cart',
  remove_from_cart: 'remove_from_cart',
  init_checkout: 'begin_checkout',
  initiate_checkout: 'begin_checkout',
  add_payment_info: 'begin_checkout',
  purchase: 'purchase',
  add_to_wishlist: 'add_to_wishlist',
  view_search: 'search',
};

interface Happening {
  event: unknown;
  items: Raw[];
  currency?: unknown;
  value?: unknown;
  term?: unknown;
  /** Of the order. */
  id?: unknown;
}

/** A pixel says no more of a cart than its ids and its sum: what is known of it already is better. */
function repeat(host: Host, { event, items, currency, value, term, id }: Happening): void {
  const name = EVENTS[String(event)];
  const bought = name === 'purchase';
  if (!name || (!items.length && /cart|wish/.test(name))) return;
  // An order without a number goes by the page that thanks for it.
  const order = id ?? `${location.pathname}${location.search} ${value ?? ''}`.slice(0, 100);
  host.repeat({
    event: name,
    ecommerce: {
      currency,
      value,
      search_term: term,
      ...(name === 'begin_checkout' ? {} : { items: bought ? [] : items }),
      ...(bought ? { transaction_id: order } : {}),
    },
  });
}

/** A view of the one product that the page's heading names. */
function look({ tell }: Host, id: unknown, price: unknown, currency: unknown): void {
  const title = headingOf();
  if (id && title) tell({ kind: 'product', product: { id, title, price, currency } });
}

/** `fbq('track', name, fields, {eventID})` */
function meta(host: Host, values: readonly unknown[]): void {
  const [name, fields, more] = values.slice(values[0] === 'trackSingle' ? 2 : 1);
  if (!/^track(Single)?$/.test(String(values[0]))) return;
  const { content_name: title, value, currency, ...said } = isRaw(fields) ? fields : {};
  const contents = listOf(said.contents).filter(isRaw);
  const ids = listOf(said.content_ids);
  const listed: Raw[] = contents.length ? contents : ids.map((id) => ({ id }));
  const items = listed.map((one) => ({
    item_id: one.id,
    item_name: listed.length === 1 ? title : null,
    price: one.item_price ?? (listed.length === 1 ? value : null),
    quantity: one.quantity,
  }));
  if (name === 'ViewContent') {
    const [only] = items;
    if (items.length > 1 || !title) return;
    host.tell({ product: { id: only?.item_id, title, price: only?.price ?? value, currency } });
  } else {
    const id = said.order_id ?? said.transaction_id ?? byPath(more, 'eventID');
    repeat(host, { event: name, items, currency, value, term: said.search_string, id });
  }
}

/** `VK.Retargeting.ProductEvent(list, name, {products, …})` */
function vk(host: Host, [, event, said]: readonly unknown[]): void {
  const { products, currency_code: currency, total_price: value, search_string: term } = isRaw(said) ? said : {};
  const known = listOf(products).filter(isRaw);
  const [only] = known;
  // VK calls its currencies by number: those say nothing that we could print.
  const items = known.map(({ id, price }) => ({ item_id: id, price }));
  if (event === 'view_product' && known.length === 1) look(host, only?.id, only?.price, currency);
  else repeat(host, { event, items, currency, value, term });
}

/** `VK.Goal(name, {value})` names no product at all. */
const goal = (host: Host, [event, said]: readonly unknown[]): void =>
  repeat(host, { event, items: [], value: byPath(said, 'value') });

/** `_tmr.push({type: 'itemView', productid, pagetype, totalvalue})`, and goals by the names that its manual proposes. */
function tmr(host: Host, said: unknown): void {
  if (!isRaw(said)) return;
  const { type, pagetype: page, totalvalue, value, goal: event } = said;
  const ids = listOf(said.productid ?? byPath(said.params, 'product_id')).filter(Boolean);
  const sum = totalvalue ?? value ?? byPath(said.params, 'total_value');
  const price = ids.length === 1 ? sum : null;
  if (type === 'itemView' && page === 'product' && ids.length === 1) look(host, ids[0], price, null);
  if (type === 'itemView' && page === 'purchase') repeat(host, { event: 'purchase', items: [], value: sum });
  if (type === 'reachGoal') repeat(host, { event, items: ids.map((id) => ({ item_id: id, price })), value: sum });
}

/** Until something has taken the place of its stub for good, the array is the pixel. */
function onPushes(name: string, hear: (said: unknown) => void): void {
  const told = new WeakSet<object>();
  const each = guarded((said: unknown) => {
    if (!isRaw(said) || told.has(said)) return;
    told.add(said);
    hear(said);
  });
  often(() => {
    const layer: unknown = Reflect.get(window, name);
    if (Array.isArray(layer)) for (const said of layer.slice(-200)) each(said);
    overhear(layer, 'push', (values) => {
      for (const said of values) each(said);
    });
  });
}

function often(act: () => void): void {
  let looks = 0;
  const timer = setInterval(() => {
    looks += 1;
    if (looks > LOOKS) clearInterval(timer);
    else guarded(act)();
  }, LOOK_EVERY_MS);
  guarded(act)();
}

export const dialect: Dialect = {
  read: () => ({}),
  watch(host) {
    for (const call of listOf(byPath(window, 'fbq', 'queue'))) guarded(meta)(host, [...(call as unknown[])]);
    overhear(window, 'fbq', (values) => meta(host, values));
    onPushes('_tmr', (said) => tmr(host, said));
    often(() => {
      overhear(byPath(window, 'VK', 'Retargeting'), 'ProductEvent', (values) => vk(host, values));
      overhear(byPath(window, 'VK'), 'Goal', (values) => goal(host, values));
    });
  },
};
