/** Segments and who belongs to them. */

import { bigint, index, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import type { ContactCondition } from '../../core/flows/flow.ts';
import { instant, json } from '../columns.ts';
import { ofShop } from './shops.ts';

/** Contacts that fulfil a saved condition. */
export const segment = pgTable(
  'segment',
  {
    shopId: ofShop(),
    key: text().notNull(),
    name: text().notNull(),
    condition: json<ContactCondition>('condition').notNull(),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
    /** When its members were last counted; changes before the first count are no entering. */
    countedAt: instant('counted_at'),
    /** When it is counted again, null for at once; and how far a count that is under way has come. */
    dueAt: instant('due_at'),
    cursor: uuid(),
  },
  (table) => [primaryKey({ columns: [table.shopId, table.key] }), index('segment_due').on(table.dueAt)],
);

export const segmentMember = pgTable(
  'segment_member',
  {
    shopId: ofShop(),
    segmentKey: text('segment_key').notNull(),
    contactId: uuid('contact_id').notNull(),
    enteredAt: instant('entered_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.shopId, table.segmentKey, table.contactId] }),
    index('segment_member_contact').on(table.shopId, table.contactId),
  ],
);

/** Contacts of whom something else is known now: whether they enter or leave a segment is looked at soon. Rows are only added, so that nobody waits for one. */
export const factChange = pgTable(
  'fact_change',
  {
    shopId: ofShop(),
    id: bigint({ mode: 'number' }).generatedAlwaysAsIdentity().notNull(),
    contactId: uuid('contact_id').notNull(),
  },
  (table) => [primaryKey({ columns: [table.shopId, table.id] }), index('fact_change_id').on(table.id)],
);
