/** What pages tell: browsers, visits, batches, events. */

import { bigint, boolean, index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import type { VisitState } from '../../core/visits/visit.ts';
import { instant, json } from '../columns.ts';
import { ofShop } from './shops.ts';

export const visitor = pgTable(
  'visitor',
  {
    shopId: ofShop(),
    id: uuid().notNull(),
    /** Set only by something a stranger can't do: a proof from the shop's server, or its order. Typing an address ties nobody to it. */
    contactId: uuid('contact_id'),
    visits: integer().notNull(),
    firstAt: instant('first_at').notNull(),
    lastAt: instant('last_at').notNull(),
    purchasedAt: instant('purchased_at'),
    refusedAt: instant('refused_at'),
    /** When this browser asked for letters, whatever address it gave. */
    subscribedAt: instant('subscribed_at'),
    /** Why they were leaving, by their latest answer to an offer they declined. */
    reason: text(),
    shown: json<Record<string, number>>('shown').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.shopId, table.id] }),
    index('visitor_contact').on(table.shopId, table.contactId),
  ],
);

export const visit = pgTable(
  'visit',
  {
    shopId: ofShop(),
    id: uuid().notNull(),
    visitorId: uuid('visitor_id').notNull(),
    /** Which visit of this visitor it is, and how many days after the one before. */
    number: integer().notNull(),
    daysSinceLast: integer('days_since_last'),
    /** First and latest receipt by the server's clock. */
    startedAt: instant('started_at').notNull(),
    lastAt: instant('last_at').notNull(),
    state: json<VisitState>('state').notNull(),
    /** A letter with ideas for presents brought them: what they looked at was for others. */
    gift: boolean().notNull().default(false),
    device: text(),
    browser: text(),
    os: text(),
    country: text(),
    language: text(),
    network: text(),
  },
  (table) => [
    primaryKey({ columns: [table.shopId, table.id] }),
    index('visit_visitor').on(table.shopId, table.visitorId, table.startedAt),
    index('visit_started').on(table.shopId, table.startedAt),
  ],
);

/** Visits opened on one UTC day, in a few rows a shop, so that those who come at once don't wait for one. */
export const quota = pgTable(
  'quota',
  {
    shopId: ofShop(),
    shard: integer().notNull(),
    /** Midnight, at which the count began. */
    day: instant().notNull(),
    visits: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.shopId, table.shard] })],
);

export const batch = pgTable(
  'batch',
  {
    shopId: ofShop(),
    visitId: uuid('visit_id').notNull(),
    key: text().notNull(),
    receivedAt: instant('received_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.shopId, table.visitId, table.key] })],
);

export const event = pgTable(
  'event',
  {
    shopId: ofShop(),
    id: bigint({ mode: 'number' }).generatedAlwaysAsIdentity().notNull(),
    visitId: uuid('visit_id').notNull(),
    type: text().notNull(),
    /** The page's time, rebased to the server's clock and clamped. */
    at: instant().notNull(),
    receivedAt: instant('received_at').notNull(),
    body: json<Record<string, unknown>>('body').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.shopId, table.visitId, table.id] }),
    index('event_type').on(table.shopId, table.type, table.at),
  ],
);
