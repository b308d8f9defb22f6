/** Shops, their keys, and answers kept for repeated calls. */

import { boolean, index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { instant, json } from '../columns.ts';
import type { ShopSettings } from '../documents.ts';

export const shop = pgTable('shop', {
  id: uuid().primaryKey(),
  name: text().notNull(),
  siteKey: text('site_key').notNull().unique(),
  origins: json<string[]>('origins').notNull(),
  currency: text().notNull(),
  locale: text().notNull(),
  timezone: text().notNull(),
  senderName: text('sender_name').notNull(),
  senderEmail: text('sender_email').notNull(),
  postalAddress: text('postal_address').notNull(),
  settings: json<ShopSettings>('settings').notNull(),
  /** Set when the provider says that the account can't send; letters wait until then. */
  haltedUntil: instant('halted_until'),
  haltedReason: text('halted_reason'),
  /** Set when too many complained or too many addresses were none: what sells waits until the shop says to go on. */
  marketingHaltedAt: instant('marketing_halted_at'),
  marketingHaltedReason: text('marketing_halted_reason'),
  /** Letters that left before the shop last said so are not held against it. */
  marketingResumedAt: instant('marketing_resumed_at'),
  /** When old visits were last looked for; null: never. */
  visitsSweptAt: instant('visits_swept_at'),
  createdAt: instant('created_at').notNull(),
});

/** To whom a row belongs; with the shop it goes. */
export const ofShop = () =>
  uuid('shop_id')
    .notNull()
    .references(() => shop.id, { onDelete: 'cascade' });

export const apiKey = pgTable(
  'api_key',
  {
    id: uuid().primaryKey(),
    shopId: ofShop(),
    /** SHA-256 of the key, hex. The key itself is shown once and kept nowhere. */
    hash: text().notNull().unique(),
    name: text().notNull(),
    /** False: it may look at everything and change nothing. */
    writes: boolean().notNull().default(true),
    createdAt: instant('created_at').notNull(),
    revokedAt: instant('revoked_at'),
  },
  (table) => [index('api_key_shop').on(table.shopId)],
);

/** The keys of a shop's platforms. Apart from the shop's row, so that no answer and no log can hold them by accident. */
export const integration = pgTable(
  'integration',
  {
    shopId: ofShop(),
    platform: text({ enum: ['shopify', 'woocommerce', 'postmark', 'smtp'] }).notNull(),
    keys: json<Record<string, string>>('keys').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.shopId, table.platform] })],
);

/** Answers kept for 24 h, so that a repeated call repeats nothing. */
export const idempotency = pgTable(
  'idempotency',
  {
    shopId: ofShop(),
    key: text().notNull(),
    method: text().notNull(),
    path: text().notNull(),
    bodyHash: text('body_hash').notNull(),
    /** Null while the first call is still running. */
    status: integer(),
    response: text(),
    at: instant().notNull(),
  },
  (table) => [primaryKey({ columns: [table.shopId, table.method, table.path, table.key] })],
);
