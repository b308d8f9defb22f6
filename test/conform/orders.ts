/** Orders as platforms' webhooks tell them, posted signed, and what the order says then. */

import { createHmac } from 'node:crypto';
import { changeShop } from '../../api/actions/shops/change-shop.ts';
import { createShop } from '../../api/actions/shops/create-shop.ts';
import { createApp } from '../../api/app.ts';
import type { Deps } from '../../api/deps.ts';
import { fromMinor, toMinor } from '../../core/values/money.ts';
import { differ, type Sample, type Verdict } from './sample.ts';
import { withDeps } from './with-deps.ts';

export interface OrderExpected {
  order_id: string;
  order_name?: string;
  email: string;
  total: string;
  currency: string;
  coupon_codes: string[];
  /** Shopify's word, and WooCommerce's. */
  financial_status?: string;
  status?: string;
  items: { product_id: string | null; sku: string; qty: number; price?: string; line_total?: string; title: string }[];
}

const SECRET = 'secret-of-the-samples';
const PLATFORMS = {
  'shopify-order': { platform: 'shopify', signature: 'x-shopify-hmac-sha256' },
  'woo-order': { platform: 'woocommerce', signature: 'x-wc-webhook-signature' },
} as const;

/** Our word for each of theirs that the samples have. */
const STATUSES: Record<string, string> = {
  paid: 'paid',
  authorized: 'placed',
  voided: 'cancelled',
  processing: 'paid',
};

export async function conformOrders(
  folder: keyof typeof PLATFORMS,
  samples: Sample<OrderExpected>[],
): Promise<Verdict[]> {
  if (samples.length === 0) return [];
  return withDeps(async (deps) => {
    const verdicts: Verdict[] = [];
    for (const sample of samples)
      verdicts.push({ name: sample.name, problems: await problemsOf(deps, folder, sample) });
    return verdicts;
  });
}

async function problemsOf(
  deps: Deps,
  folder: keyof typeof PLATFORMS,
  { text, expected }: Sample<OrderExpected>,
): Promise<string[]> {
  const app = createApp({ deps, peer: () => null, widgetFile: async () => null });
  const { platform, signature } = PLATFORMS[folder];
  const { shop, secretKey } = await createShop(deps, {
    name: 'Shop',
    origins: ['https://shop.example'],
    currency: expected.currency,
    locale: 'en',
    timezone: 'Europe/Berlin',
    sender: { name: 'Shop', email: 'hello@shop.example' },
    postalAddress: '1 Example Street',
  });
  await changeShop(deps, shop.id, { integrations: { [platform]: { secret: SECRET } } });
  const post = () =>
    app.request(`/hooks/${platform}/${shop.id}`, {
      method: 'POST',
      headers: { [signature]: createHmac('sha256', SECRET).update(text).digest('base64') },
      body: text,
    });
  const statuses = [(await post()).status, (await post()).status];
  const answer = await app.request(`/v1/orders/${expected.order_id}`, {
    headers: { authorization: `Bearer ${secretKey}` },
  });
  const order = (await answer.json()) as Told;
  const { currency } = expected;
  const minor = (amount: string | number | undefined): number | null =>
    amount === undefined ? null : toMinor(Number(amount), currency);
  return [
    ...differ('statuses', [200, 200, 200], [...statuses, answer.status]),
    ...differ('order_id', expected.order_id, order.id),
    ...(expected.order_name ? differ('order_name', expected.order_name, order.number) : []),
    ...differ('status', STATUSES[expected.financial_status ?? expected.status ?? ''], order.status),
    ...differ('email', expected.email, order.email),
    ...differ('total', minor(expected.total), minor(order.total)),
    ...differ('currency', currency, order.currency),
    ...differ('coupon_codes', expected.coupon_codes, order.codes),
    ...differ(
      'items',
      // The product's id, or where there is none its sku: what the widget goes by, too.
      expected.items.map(({ product_id, sku, qty, price, line_total, title }) => ({
        id: product_id ?? sku,
        title,
        qty,
        line: minor(line_total ?? fromMinor((minor(price) ?? 0) * qty, currency)),
      })),
      order.items?.map(({ id, title, quantity, price }) => ({
        id,
        title,
        qty: quantity,
        line: minor((price ?? Number.NaN) * quantity),
      })),
    ),
  ];
}

interface Told {
  id: string;
  number: string;
  status: string;
  email: string;
  total: number;
  currency: string;
  codes: string[];
  items: { id: string; title: string; quantity: number; price: number | null }[];
}
