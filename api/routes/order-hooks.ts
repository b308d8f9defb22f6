/** What shops' platforms tell of orders, signed with the secret that the shop has set. */

import { recordOrder } from '../actions/orders/record-order.ts';
import { readExact, readText } from '../http/body.ts';
import { type Answer, type Call, endpoint } from '../http/endpoint.ts';
import { hookAnswer, keysOf, LARGEST_HOOK, shopOf, unauthorized } from '../http/hook.ts';
import { readShopifyOrder } from '../platforms/shopify-order.ts';
import type { ToldOrder } from '../platforms/told-order.ts';
import { readWooCommerceOrder } from '../platforms/woocommerce-order.ts';
import { isSignedBy } from '../signing.ts';

interface OrderHook {
  platform: 'shopify' | 'woocommerce';
  signature: string;
  /** The header that names what has happened, and what it begins with where that is about an order. */
  topic: [header: string, orders: string];
  read: (body: unknown) => ToldOrder | null;
}

const SHOPIFY: OrderHook = {
  platform: 'shopify',
  signature: 'x-shopify-hmac-sha256',
  topic: ['x-shopify-topic', 'orders/'],
  read: readShopifyOrder,
};
const WOOCOMMERCE: OrderHook = {
  platform: 'woocommerce',
  signature: 'x-wc-webhook-signature',
  topic: ['x-wc-webhook-topic', 'order.'],
  read: readWooCommerceOrder,
};

/** What WooCommerce sends once, unsigned, when a webhook is saved: it wants to know whether anybody answers. */
const PING = /^webhook_id=\d+$/;

const hearOrder =
  ({ platform, signature, topic: [header, orders], read }: OrderHook) =>
  async ({ deps, params, request }: Call<unknown, unknown>): Promise<Answer | Response> => {
    const shop = await shopOf(deps, params.shop);
    const text = await readText(request, LARGEST_HOOK);
    if (platform === 'woocommerce' && PING.test(text)) return { status: 200, body: { heard: false } };
    const { secret } = await keysOf(deps, shop, platform);
    if (!secret || !(await isSignedBy(secret, text, request.headers.get(signature) ?? '')))
      return unauthorized('Not signed with the secret that the shop has set.');
    const about = request.headers.get(header);
    const told = about === null || about.startsWith(orders) ? read(readExact(text)) : null;
    if (told) {
      const { placedAt = deps.now(), currency = shop.currency } = told;
      await recordOrder(deps, shop, { ...told, placedAt, currency });
      deps.wake();
    }
    return { status: 200, body: { heard: told !== null } };
  };

const ORDER_ANSWERS = {
  200: { description: 'Whether it was an order', schema: hookAnswer },
  401: { description: 'Not signed with the shop’s secret', mediaType: 'text/plain' },
};

export const orderHookRoutes = [
  endpoint(
    {
      method: 'post',
      path: '/hooks/shopify/:shop',
      access: 'open',
      tag: 'Hooks',
      summary: 'Shopify tells of an order',
      description:
        'Webhooks `orders/create`, `orders/paid`, `orders/updated`, `orders/fulfilled` and `orders/cancelled`, as JSON, signed with the API secret key of `PATCH /v1/shop {"integrations": {"shopify": {"secret": "…"}}}`; refused while none is set. Means what `POST /v1/orders` means; codes are used up once the order is paid. What was told of an earlier moment, or is told again, changes nothing.',
      answers: ORDER_ANSWERS,
      problems: ['not_found', 'invalid_json', 'too_large'],
    },
    hearOrder(SHOPIFY),
  ),
  endpoint(
    {
      method: 'post',
      path: '/hooks/woocommerce/:shop',
      access: 'open',
      tag: 'Hooks',
      summary: 'WooCommerce tells of an order',
      description:
        'Webhooks `order.created` and `order.updated`, signed with the secret of `PATCH /v1/shop {"integrations": {"woocommerce": {"secret": "…"}}}`; refused while none is set. Means what `POST /v1/orders` means: `processing` is paid, `completed` is delivered, `pending`, `on-hold` and `failed` await payment; codes are used up once the order is paid. What was told of an earlier moment, or is told again, changes nothing.',
      answers: ORDER_ANSWERS,
      problems: ['not_found', 'invalid_json', 'too_large'],
    },
    hearOrder(WOOCOMMERCE),
  ),
];
