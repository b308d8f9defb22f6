/** Orders, as the shop last told of them. */

import { sql } from 'drizzle-orm';
import { index, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { instant, json, money } from '../columns.ts';
import type { OrderBody } from '../documents.ts';
import { ofShop } from './shops.ts';

export const order = pgTable(
  'order',
  {
    shopId: ofShop(),
    id: text().notNull(),
    status: text().notNull(),
    contactId: uuid('contact_id'),
    visitorId: uuid('visitor_id'),
    total: money('total').notNull(),
    currency: text().notNull(),
    placedAt: instant('placed_at').notNull(),
    body: json<OrderBody>('body').notNull(),
    receivedAt: instant('received_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.shopId, table.id] }),
    index('order_contact').on(table.shopId, table.contactId),
    index('order_placed').on(table.shopId, table.placedAt),
    index('order_visitor').on(table.shopId, table.visitorId).where(sql`visitor_id is not null`),
  ],
);
