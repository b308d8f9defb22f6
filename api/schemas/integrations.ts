/** The keys of a shop's platforms, as they are told, and what may be told of them again. */

import { z } from 'zod';
import type { IntegrationRow } from '../../db/integrations.ts';
import { urlComplaint } from '../outgoing.ts';
import { connectPlatform } from '../platforms/connect.ts';

const key = z.string().regex(/^[\x21-\x7e]{1,300}$/, 'must be 1 to 300 visible ASCII characters');

/** Others are made from it by adding a path. */
const shopAddress = z
  .string()
  .max(300)
  .refine(
    (text) => urlComplaint(text, { loopback: false }) === null && !/[?#]/.test(text),
    'must be an https address such as https://shop.example, without port, query or user',
  );

/** What a webhook comes with. */
const login = z.strictObject({
  user: key.refine((user) => !user.includes(':'), 'must not contain a colon'),
  password: key,
});

export const integrations = z
  .strictObject({
    shopify: z.exactOptional(
      z
        .strictObject({
          shop: z.exactOptional(
            z.string().regex(/^[a-z0-9][a-z0-9-]{0,60}\.myshopify\.com$/, 'must be such as example.myshopify.com'),
          ),
          token: z.exactOptional(key),
          secret: z.exactOptional(key),
        })
        .nullable(),
    ),
    woocommerce: z.exactOptional(
      z
        .strictObject({
          url: z.exactOptional(shopAddress),
          key: z.exactOptional(key),
          secret: z.exactOptional(key),
        })
        .nullable(),
    ),
    postmark: z.exactOptional(login.nullable()),
    smtp: z.exactOptional(login.nullable()),
  })
  .meta({
    description:
      'Shopify: the shop’s address, a custom app’s Admin API access token (scope `write_discounts`), and its API secret key, which signs its webhooks. WooCommerce: the shop’s address, and a REST key with its secret (read/write), which signs its webhooks, too. Postmark: the user and password that its webhooks come with, as in `https://user:password@linger.example/hooks/postmark/{shop id}`; without them they are refused. SMTP: likewise for the mail handed on to `/hooks/mail/{shop id}`. Kept, and never answered. Only the named ones change; null forgets the platform.',
  });
export type IntegrationsPatch = z.infer<typeof integrations>;

export const integrationsAnswer = z
  .object({
    shopify: z.object({ shop: z.string().nullable(), connected: z.boolean(), orders: z.boolean() }).nullable(),
    woocommerce: z.object({ url: z.string().nullable(), connected: z.boolean(), orders: z.boolean() }).nullable(),
    postmark: z.object({ connected: z.boolean() }).nullable(),
    smtp: z.object({ connected: z.boolean() }).nullable(),
  })
  .meta({
    description:
      '`connected`: all that minting codes, or hearing of letters, takes is there. `orders`: its webhooks of orders are heard.',
  });

export function describeIntegrations(rows: readonly IntegrationRow[]): z.infer<typeof integrationsAnswer> {
  const of = (platform: IntegrationRow['platform']) => {
    const row = rows.find((one) => one.platform === platform);
    return row && { keys: row.keys, connected: connectPlatform(row, fetch) !== null };
  };
  const [shopify, woocommerce] = [of('shopify'), of('woocommerce')];
  const heard = (platform: 'postmark' | 'smtp') => {
    const row = rows.find((one) => one.platform === platform);
    return row ? { connected: Boolean(row.keys.user && row.keys.password) } : null;
  };
  return {
    shopify: shopify
      ? { shop: shopify.keys.shop ?? null, connected: shopify.connected, orders: Boolean(shopify.keys.secret) }
      : null,
    woocommerce: woocommerce
      ? {
          url: woocommerce.keys.url ?? null,
          connected: woocommerce.connected,
          orders: Boolean(woocommerce.keys.secret),
        }
      : null,
    postmark: heard('postmark'),
    smtp: heard('smtp'),
  };
}
