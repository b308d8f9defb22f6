/** What the shop sells, and what goes with what. */

import { sql } from 'drizzle-orm';
import { boolean, index, integer, pgTable, primaryKey, real, text, unique, uuid } from 'drizzle-orm/pg-core';
import type { Item } from '../../core/catalogue/item.ts';
import { instant, json, money } from '../columns.ts';
import type { FeedReport } from '../documents.ts';
import { ofShop } from './shops.ts';

/** A catalogue that is fetched on schedule, and what came of it the last time. */
export const feed = pgTable(
  'feed',
  {
    shopId: ofShop(),
    id: uuid().notNull(),
    url: text().notNull(),
    enabled: boolean().notNull(),
    /** Hours between two looks. */
    every: integer().notNull(),
    dueAt: instant('due_at').notNull(),
    /** Until when somebody is at it. */
    heldUntil: instant('held_until'),
    /** What the server said of the version taken last: asked for again only when it is another. */
    etag: text(),
    lastModified: text('last_modified'),
    /** When it was last looked at, last taken, and what came of it; `problem` is of the latest look. */
    triedAt: instant('tried_at'),
    takenAt: instant('taken_at'),
    report: json<FeedReport | null>('report'),
    problem: text(),
    failures: integer().notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.shopId, table.id] }),
    unique('feed_url').on(table.shopId, table.url),
    index('feed_due').on(table.dueAt).where(sql`enabled`),
  ],
);

/** What the shop sells, as its feeds last said: a row for each variant that has an id of its own. */
export const product = pgTable(
  'product',
  {
    shopId: ofShop(),
    /** The offer's id in the feed. */
    id: text().notNull(),
    /** What its variants have in common. */
    groupId: text('group_id'),
    /** The feed that it stands in; null where it was uploaded. */
    feedId: uuid('feed_id'),
    title: text().notNull(),
    price: money('price').notNull(),
    oldPrice: money('old_price'),
    currency: text().notNull(),
    url: text().notNull(),
    /** What addresses of one page have in common: pages are matched by it where they know no id. */
    urlKey: text('url_key').notNull(),
    image: text(),
    /** From the root to the leaf. */
    categories: json<string[]>('categories').notNull(),
    brand: text(),
    /** Its first sentences, as plain text. */
    description: text(),
    /** Null where the feed doesn't say. */
    available: boolean(),
    stock: integer(),
    /** What it cost from when on, `[at, price]`, the latest last; of some weeks. */
    prices: json<[at: number, price: number][]>('prices').notNull(),
    /** The import that saw it last. */
    importId: uuid('import_id').notNull(),
    firstSeenAt: instant('first_seen_at').notNull(),
    lastSeenAt: instant('last_seen_at').notNull(),
    /** When it came new into a catalogue that was known. */
    arrivedAt: instant('arrived_at'),
    /** When it last could be bought again, and when it last cost less than at any time in the 30 days before. */
    backAt: instant('back_at'),
    droppedAt: instant('dropped_at'),
    /** The lowest price of the 30 days before that drop. */
    lowest: money('lowest'),
    /** When something of this happened that flows have not been told of. */
    newsAt: instant('news_at'),
    /** Since when it stands in no feed any more. */
    goneAt: instant('gone_at'),
  },
  (table) => [
    primaryKey({ columns: [table.shopId, table.id] }),
    index('product_group').on(table.shopId, table.groupId).where(sql`group_id is not null`),
    index('product_url').on(table.shopId, table.urlKey),
    index('product_arrived').on(table.shopId, table.arrivedAt).where(sql`arrived_at is not null`),
    index('product_news').on(table.newsAt).where(sql`news_at is not null`),
  ],
);

/** What is told and counted of a thing in the orders and visits of late, for those that the shop's server sold or many people saw. */
export const itemTally = pgTable(
  'item_tally',
  {
    shopId: ofShop(),
    itemId: text('item_id').notNull(),
    item: json<Item>('item').notNull(),
    category: text(),
    /** Orders with it, and people who looked at it. */
    sold: integer().notNull(),
    viewed: integer().notNull(),
    /** The median of days between two orders of it by one person, how many such gaps there were, and of how many people. */
    gapDays: real('gap_days'),
    gaps: integer().notNull(),
    gapPeople: integer('gap_people').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.shopId, table.itemId] }),
    index('item_tally_best').on(table.shopId, table.sold, table.viewed),
    index('item_tally_category').on(table.shopId, table.category, table.sold, table.viewed),
  ],
);

/** In how many orders two things were, or how many people looked at both in one visit: the closest to each. */
export const pairTally = pgTable(
  'pair_tally',
  {
    shopId: ofShop(),
    kind: text({ enum: ['bought', 'viewed'] }).notNull(),
    itemId: text('item_id').notNull(),
    otherId: text('other_id').notNull(),
    count: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.shopId, table.itemId, table.kind, table.otherId] })],
);

/** When a shop's orders and visits are counted again. */
export const tallyTurn = pgTable(
  'tally_turn',
  {
    shopId: ofShop(),
    dueAt: instant('due_at').notNull(),
    /** Null before the first time. */
    countedAt: instant('counted_at'),
  },
  (table) => [primaryKey({ columns: [table.shopId] }), index('tally_turn_due').on(table.dueAt)],
);
