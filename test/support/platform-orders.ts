/** Shops' platforms as they tell of orders: small bodies in the words of each, signed as each signs. */

import { createHmac } from 'node:crypto';

export const PLATFORM_SECRET = 'secret-of-the-platform';
export type OrderPlatform = 'shopify' | 'woocommerce';

const SIGNATURE = { shopify: 'x-shopify-hmac-sha256', woocommerce: 'x-wc-webhook-signature' } as const;
const TOPIC = {
  shopify: ['x-shopify-topic', 'orders/updated'],
  woocommerce: ['x-wc-webhook-topic', 'order.updated'],
} as const;

export const shopifyOrder = (change: Record<string, unknown> = {}): Record<string, unknown> => ({
  id: 1001,
  name: '#1001',
  email: 'ann@example.com',
  created_at: '2026-11-22T11:30:00+02:00',
  updated_at: '2026-11-22T11:30:00+02:00',
  total_price: '37.80',
  currency: 'EUR',
  financial_status: 'paid',
  fulfillment_status: null,
  customer: { first_name: 'Ann', last_name: 'Reader', phone: '+49 30 1' },
  discount_codes: [],
  line_items: [{ id: 7, product_id: 42, variant_id: 43, title: 'Teapot', quantity: 1, price: '42.00' }],
  ...change,
});

export const wooCommerceOrder = (change: Record<string, unknown> = {}): Record<string, unknown> => ({
  id: 1001,
  number: '1001',
  status: 'processing',
  currency: 'EUR',
  date_created_gmt: '2026-11-22T09:30:00',
  date_modified_gmt: '2026-11-22T09:30:00',
  total: '37.80',
  billing: { first_name: 'Ann', email: 'ann@example.com', phone: '+49 30 1' },
  coupon_lines: [],
  line_items: [
    {
      id: 7,
      product_id: 42,
      variation_id: 0,
      name: 'Teapot',
      quantity: 1,
      subtotal: '42.00',
      total: '37.80',
      price: 37.8,
    },
  ],
  meta_data: [],
  ...change,
});

const NEW = { shopify: shopifyOrder, woocommerce: wooCommerceOrder };

/** Body and headers of one delivery; text is sent as it is. */
export function signedOrder(
  platform: OrderPlatform,
  order: Record<string, unknown> | string = {},
): [body: string, headers: Record<string, string>] {
  const body = typeof order === 'string' ? order : JSON.stringify(NEW[platform](order));
  const signature = createHmac('sha256', PLATFORM_SECRET).update(body).digest('base64');
  const [header, topic] = TOPIC[platform];
  return [body, { [SIGNATURE[platform]]: signature, [header]: topic }];
}
