/** What the shop’s server tells of its people. */

import { foreignKey, index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import type { Item } from '../../core/catalogue/item.ts';
import { instant, json } from '../columns.ts';
import { contact } from './contacts.ts';
import { ofShop } from './shops.ts';

/** What the shop's server told of: once by its id. */
export const toldEvent = pgTable(
  'told_event',
  {
    shopId: ofShop(),
    /** The shop's own. */
    id: text().notNull(),
    name: text().notNull(),
    /** Null where it is about things, not about one person. */
    contactId: uuid('contact_id'),
    at: instant().notNull(),
    body: json<Record<string, unknown>>('body').notNull(),
    receivedAt: instant('received_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.shopId, table.id] }),
    index('told_event_contact').on(table.shopId, table.contactId, table.at),
  ],
);

/** What a contact has for a time: a subscription, a warranty, points. Told by the shop; a later word about the same id replaces the earlier one. */
export const ending = pgTable(
  'ending',
  {
    shopId: ofShop(),
    /** The shop's own. */
    id: text().notNull(),
    contactId: uuid('contact_id').notNull(),
    /** `subscription`, `warranty`, `points`, or a word of the shop's. */
    what: text().notNull(),
    /** As letters name it; null: by its things. */
    title: text(),
    endsAt: instant('ends_at').notNull(),
    points: integer(),
    items: json<Item[]>('items').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.shopId, table.id] }),
    foreignKey({ columns: [table.shopId, table.contactId], foreignColumns: [contact.shopId, contact.id] }).onDelete(
      'cascade',
    ),
    index('ending_at').on(table.shopId, table.endsAt),
    index('ending_contact').on(table.shopId, table.contactId),
  ],
);
