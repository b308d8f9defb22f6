/** Codes: given, used, in stock, being minted. */

import { sql } from 'drizzle-orm';
import { bigint, boolean, index, integer, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { CodePlatform, CodeTerms } from '../../core/codes/code-plan.ts';
import type { ClaimedOffer, Offer } from '../../core/rules/offer.ts';
import { instant, json, money } from '../columns.ts';
import { ofShop } from './shops.ts';

export const code = pgTable(
  'code',
  {
    shopId: ofShop(),
    id: uuid().notNull(),
    code: text().notNull(),
    /** What codes are compared by. */
    key: text().notNull(),
    ruleId: uuid('rule_id').notNull(),
    contactId: uuid('contact_id').notNull(),
    canonical: text().notNull(),
    /** Who claimed it first: nobody else is shown it on a page. */
    visitorId: uuid('visitor_id').notNull(),
    status: text({ enum: ['issued', 'reserved', 'redeemed', 'released', 'expired'] }).notNull(),
    offer: json<ClaimedOffer>('offer').notNull(),
    terms: json<CodeTerms>('terms').notNull().default(sql`'{"uses":1,"binding":"loose","onRefund":"reopen"}'`),
    /** One text for many people: each has a row of their own. */
    shared: boolean().notNull().default(false),
    /** Keyed hash of the address range that the code was claimed from, for the cap on it. */
    rangeHash: text('range_hash'),
    issuedAt: instant('issued_at').notNull(),
    expiresAt: instant('expires_at'),
    orderId: text('order_id'),
    redeemedAt: instant('redeemed_at'),
    discount: money('discount'),
    freeShipping: boolean('free_shipping'),
  },
  (table) => [
    primaryKey({ columns: [table.shopId, table.id] }),
    uniqueIndex('code_key').on(table.shopId, table.key).where(sql`not shared`),
    index('code_shared').on(table.shopId, table.key, table.canonical).where(sql`shared`),
    index('code_shared_expiry').on(table.shopId, table.key, table.expiresAt).where(sql`shared`),
    index('code_range').on(table.shopId, table.rangeHash, table.issuedAt),
    index('code_visitor').on(table.shopId, table.visitorId, table.issuedAt),
    index('code_issued').on(table.shopId, table.issuedAt),
    index('code_expiry').on(table.shopId, table.expiresAt).where(sql`status = 'issued'`),
    // One live code per person and rule, however often and from wherever it is asked for.
    uniqueIndex('code_live')
      .on(table.shopId, table.canonical, table.ruleId)
      .where(sql`status in ('issued', 'reserved')`),
    uniqueIndex('code_order').on(table.shopId, table.orderId).where(sql`order_id is not null`),
  ],
);

/** What an order holds or has used up. An order takes one code: the latest it asked for. */
export const codeUse = pgTable(
  'code_use',
  {
    shopId: ofShop(),
    orderId: text('order_id').notNull(),
    key: text().notNull(),
    /** Whose row it was; null where a code that many share came without a known address. */
    codeId: uuid('code_id'),
    /** `released`: refunded for good, so that only this order may take it up again. */
    status: text({ enum: ['reserved', 'redeemed', 'released'] }).notNull(),
    /** When a reservation falls back by itself. */
    until: instant(),
    discount: money('discount'),
    /** Null where nobody knew, or nobody had asked yet. */
    freeShipping: boolean('free_shipping'),
    at: instant().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.shopId, table.orderId] }),
    index('code_use_redeemed').on(table.shopId, table.at).where(sql`status = 'redeemed'`),
    index('code_use_key').on(table.shopId, table.key, table.status),
  ],
);

/** Codes that are good in the shop already and wait to be handed out: uploaded, or minted ahead on the shop's platform. */
export const stock = pgTable(
  'stock',
  {
    shopId: ofShop(),
    key: text().notNull(),
    code: text().notNull(),
    /** The name given on upload, or the rule and offer that it was minted for. */
    pool: text().notNull(),
    /** In which order they came: they are handed out in it. */
    number: bigint({ mode: 'number' }).generatedAlwaysAsIdentity().notNull(),
    source: text({ enum: ['upload', 'shopify', 'woocommerce'] }).notNull(),
    /** `minting`: told to the platform, its answer not known yet; `stale`: no longer wanted there. */
    status: text({ enum: ['minting', 'free', 'taken', 'stale', 'removed'] }).notNull(),
    /** What the platform calls the code, and the discount that it belongs to. */
    external: text(),
    discount: text(),
    /** When it is to be removed from the platform. */
    removeAt: instant('remove_at'),
    at: instant().notNull(),
    takenAt: instant('taken_at'),
  },
  (table) => [
    primaryKey({ columns: [table.shopId, table.key] }),
    index('stock_free').on(table.shopId, table.pool, table.number).where(sql`status = 'free'`),
    index('stock_pool').on(table.shopId, table.pool, table.status),
    index('stock_remove').on(table.removeAt).where(sql`status in ('taken', 'stale') and remove_at is not null`),
  ],
);

/** Minting for one rule and offer on the shop's platform: when to look again, and what was wrong the last time. */
export const mint = pgTable(
  'mint',
  {
    shopId: ofShop(),
    pool: text().notNull(),
    ruleId: uuid('rule_id').notNull(),
    platform: text({ enum: ['shopify', 'woocommerce'] })
      .$type<CodePlatform>()
      .notNull(),
    offer: json<Offer>('offer').notNull(),
    /** The platform's discount that the codes belong to, where it has one. */
    discount: text(),
    /** The platform's job that adds codes, while it runs. */
    job: text(),
    dueAt: instant('due_at').notNull(),
    problem: text(),
    failures: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.shopId, table.pool] }), index('mint_due').on(table.dueAt)],
);
