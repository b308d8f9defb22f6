/** An order as Shopify's webhooks `orders/*` tell it: https://shopify.dev/docs/api/admin-rest/latest/resources/order */

import type { OrderStatus } from '../../core/flows/flow.ts';
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
  localeOf,
  timeOf,
  urlOf,
  visitorOf,
} from './order-fields.ts';
import type { ToldOrder } from './told-order.ts';

/** Null for what is no order, or lacks what an order can't be without. */
export function readShopifyOrder(body: unknown): ToldOrder | null {
  const order = fieldsOf(body);
  const id = idOf(order.id);
  const total = amountOf(order.total_price);
  if (!id || total === undefined || !Array.isArray(order.line_items)) return null;
  const customer = fieldsOf(order.customer);
  const status = statusOf(order);
  const unpaid = status === 'placed' || status === 'awaiting_payment';
  const address = addressOf(order.email, order.contact_email, customer.email);
  const parcel = listOf(order.fulfillments).at(-1) ?? {};
  return {
    id,
    number: lineOf(order.name, 100),
    status,
    unpaid,
    address,
    email: address?.address,
    name: lineOf(customer.first_name) ?? lineOf(fieldsOf(order.billing_address).first_name),
    phone: lineOf(order.phone ?? customer.phone, 40),
    visitor: visitorOf(order.note_attributes, 'name'),
    locale: localeOf(order.customer_locale),
    total,
    currency: currencyOf(order.currency),
    due: unpaid ? (amountOf(order.total_outstanding) ?? total) : undefined,
    payUrl: unpaid ? urlOf(order.order_status_url) : undefined,
    items: listOf(order.line_items).flatMap(itemOf).slice(0, 500),
    codes: codesOf(order.discount_codes),
    placedAt: timeOf(order.processed_at) ?? timeOf(order.created_at),
    changedAt: isoOf(timeOf(order.updated_at)),
    tracking: lineOf(parcel.tracking_number, 100),
    trackingUrl: urlOf(parcel.tracking_url),
  };
}

function itemOf(line: Fields): OrderLine[] {
  const id = lineIdOf(line);
  const quantity = Number(line.quantity);
  if (!id || !(quantity > 0)) return [];
  const title = lineOf(line.title, 500) ?? lineOf(line.name, 500) ?? '';
  return [{ id, title, price: amountOf(line.price) ?? null, quantity }];
}

function statusOf(order: Fields): OrderStatus {
  const { financial_status: paid, fulfillment_status: sent } = order;
  if (paid === 'refunded') return 'refunded';
  if (order.cancelled_at || paid === 'voided') return 'cancelled';
  const parcels = listOf(order.fulfillments).filter(({ status }) => status === undefined || status === 'success');
  if (sent === 'fulfilled') {
    const arrived = parcels.length > 0 && parcels.every(({ shipment_status: at }) => at === 'delivered');
    return arrived ? 'delivered' : 'shipped';
  }
  if (paid === 'paid' || paid === 'partially_refunded') return 'paid';
  // The money is kept ready, or comes at the door.
  return paid === 'pending' || paid === 'partially_paid' ? 'awaiting_payment' : 'placed';
}
