/** Endpoints of the shop, and the calls of them. */

import { bigint, index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from '../columns.ts';
import { ofShop } from './shops.ts';

/** Where a flow's `webhook` steps call, by name. */
export const webhook = pgTable(
  'webhook',
  {
    shopId: ofShop(),
    name: text().notNull(),
    url: text().notNull(),
    /** `whsec_…`, as the receiver checks the signature with. */
    secret: text().notNull(),
    /** The secret before, which calls are signed with as well until then. */
    formerSecret: text('former_secret'),
    formerUntil: instant('former_until'),
    /** Since when nothing is called there any more, and why. */
    disabledAt: instant('disabled_at'),
    disabledReason: text('disabled_reason'),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.shopId, table.name] })],
);

/** Each call of a webhook, with what came of it; kept for a while, so that a shop can see why nothing arrives. */
export const webhookCall = pgTable(
  'webhook_call',
  {
    shopId: ofShop(),
    id: bigint({ mode: 'number' }).generatedAlwaysAsIdentity().notNull(),
    webhook: text().notNull(),
    /** The `webhook-id` that the receiver saw: the same at every attempt. */
    call: uuid().notNull(),
    type: text({ enum: ['flow.step', 'test'] }).notNull(),
    /** Whose step it was, and about whom; null for a test. */
    flowKey: text('flow_key'),
    contactId: uuid('contact_id'),
    attempt: integer().notNull(),
    /** The endpoint's answer; null where there was none. */
    status: integer(),
    /** Why it was not taken; null where it was. */
    reason: text(),
    ms: integer().notNull(),
    at: instant().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.shopId, table.id] }),
    index('webhook_call_latest').on(table.shopId, table.webhook, table.id),
    index('webhook_call_at').on(table.at),
  ],
);
