/** An order as WooCommerce's webhooks `order.*` tell it: https://woocommerce.github.io/woocommerce-rest-api-docs/#order-properties */

import type { OrderStatus } from '../../core/flows/flow.ts';
import { fromMinor, toMinor } from '../../core/values/money.ts';
import type { OrderLine } from '../../db/documents.ts';
import {
  addressOf,
  amountOf,
  codesOf,
  currencyOf,
  type Fields,
  fieldsOf,
  idOf,
  isoOf,
  lineIdOf,
  lineOf,
  listOf,
  timeOf,
  urlOf,
  visitorOf,
} from './order-fields.ts';
import type { ToldOrder } from './told-order.ts';

/** Drafts are carts, not orders: they are not here. `completed` is the shop's word that nothing is left to be done. */
const STATUSES: ReadonlyMap<unknown, OrderStatus> = new Map([
  ['pending', 'awaiting_payment'],
  ['on-hold', 'awaiting_payment'],
  ['failed', 'awaiting_payment'],
  ['processing', 'paid'],
  ['completed', 'delivered'],
  ['cancelled', 'cancelled'],
  ['trash', 'cancelled'],
  ['refunded', 'refunded'],
]);

/** Null for what is no order, or lacks what an order can't be without. */
export function readWooCommerceOrder(body: unknown): ToldOrder | null {
  const order = fieldsOf(body);
  const id = idOf(order.id);
  const status = STATUSES.get(order.status);
  const total = amountOf(order.total);
  if (!id || !status || total === undefined || !Array.isArray(order.line_items)) return null;
  const billing = fieldsOf(order.billing);
  const unpaid = status === 'awaiting_payment';
  const address = addressOf(billing.email);
  const currency = currencyOf(order.currency);
  const lines = listOf(order.line_items);
  return {
    id,
    number: lineOf(order.number, 100),
    status,
    unpaid,
    address,
    email: address?.address,
    name: lineOf(billing.first_name),
    phone: lineOf(billing.phone, 40),
    visitor: visitorOf(order.meta_data, 'key'),
    total,
    currency,
    due: unpaid ? total : undefined,
    payUrl: unpaid ? urlOf(order.payment_url) : undefined,
    items: lines.flatMap((line) => itemOf(line, line.total, currency)).slice(0, 500),
    undiscounted: lines.flatMap((line) => itemOf(line, line.subtotal ?? line.total, currency)).slice(0, 500),
    codes: codesOf(order.coupon_lines),
    placedAt: timeOf(order.date_created_gmt) ?? timeOf(order.date_created),
    changedAt: isoOf(timeOf(order.date_modified_gmt) ?? timeOf(order.date_modified)),
  };
}

/** `sum`: of the whole line. */
function itemOf(line: Fields, sum: unknown, currency = 'USD'): OrderLine[] {
  const id = lineIdOf(line);
  const quantity = Number(line.quantity);
  if (!id || !(quantity > 0)) return [];
  const whole = amountOf(sum);
  const price = whole === undefined ? null : fromMinor(toMinor(whole / quantity, currency), currency);
  const image = urlOf(fieldsOf(line.image).src);
  return [{ id, title: lineOf(line.name, 500) ?? '', price, quantity, ...(image ? { image } : {}) }];
}
