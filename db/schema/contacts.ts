/** People, what they agreed to, and which addresses are not mailed. */

import { sql } from 'drizzle-orm';
import {
  boolean,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { NAME_STYLES } from '../../core/values/person-name.ts';
import { instant, json } from '../columns.ts';
import { ofShop } from './shops.ts';

export const contact = pgTable(
  'contact',
  {
    shopId: ofShop(),
    id: uuid().notNull(),
    email: text().notNull(),
    canonical: text().notNull(),
    name: text(),
    patronymic: text(),
    lastName: text('last_name'),
    /** How letters address them; null: as the shop does. */
    nameStyle: text('name_style', { enum: NAME_STYLES }),
    phone: text(),
    /** `MM-DD`, or `YYYY-MM-DD` where the year was told. */
    birthday: text(),
    locale: text().notNull(),
    timezone: text(),
    marketing: text({ enum: ['none', 'subscribed', 'unsubscribed'] }).notNull(),
    /** The browser whose form told the address first, or null where the shop's server did. It is tied to nothing by that. */
    madeBy: uuid('made_by'),
    tags: json<string[]>('tags').notNull().default(sql`'[]'`),
    city: text(),
    /** What made the contact known. */
    source: text(),
    /** The latest answer to "would you recommend us", 0–10, and why somebody left or fell silent, by their own latest word. */
    nps: integer(),
    reason: text(),
    /** Dates that come every year, by name, `MM-DD` or `YYYY-MM-DD`. */
    dates: json<Record<string, string>>('dates').notNull().default(sql`'{}'`),
    /** The latest refusal and purchase over all of the contact's devices. */
    refusedAt: instant('refused_at'),
    purchasedAt: instant('purchased_at'),
    /** What they asked not to be written about, by topic, and until when they asked for quiet. */
    muted: json<string[]>('muted').notNull().default(sql`'[]'`),
    pausedUntil: instant('paused_until'),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.shopId, table.id] }),
    unique('contact_canonical').on(table.shopId, table.canonical),
    index('contact_made_by').on(table.shopId, table.madeBy),
  ],
);

/** Append-only: what a person agreed to or took back, in which words, where and when. */
export const consent = pgTable(
  'consent',
  {
    shopId: ofShop(),
    id: uuid().primaryKey(),
    contactId: uuid('contact_id').notNull(),
    visitorId: uuid('visitor_id'),
    purpose: text({ enum: ['data', 'marketing'] }).notNull(),
    granted: boolean().notNull(),
    text: text().notNull(),
    textHash: text('text_hash').notNull(),
    locale: text().notNull(),
    page: text(),
    network: text(),
    method: text({
      enum: [
        'popup',
        'form',
        'one_click',
        'unsubscribe_page',
        'preferences_page',
        'confirmation',
        'complaint',
        'provider',
        'server',
      ],
    }).notNull(),
    at: instant().notNull(),
  },
  (table) => [index('consent_contact').on(table.shopId, table.contactId, table.at)],
);

/** Who wants to hear when a sold-out item is back. The id is the variant's, as the page tells it. */
export const waiting = pgTable(
  'waiting',
  {
    shopId: ofShop(),
    id: uuid().notNull(),
    contactId: uuid('contact_id').notNull(),
    itemId: text('item_id').notNull(),
    title: text().notNull(),
    url: text().notNull(),
    locale: text().notNull(),
    askedAt: instant('asked_at').notNull(),
    notifiedAt: instant('notified_at'),
  },
  (table) => [
    primaryKey({ columns: [table.shopId, table.id] }),
    // Asked for once, however often and from wherever.
    uniqueIndex('waiting_open').on(table.shopId, table.contactId, table.itemId).where(sql`notified_at is null`),
    index('waiting_item').on(table.shopId, table.itemId).where(sql`notified_at is null`),
  ],
);

/** Addresses that are not mailed, by keyed hash, so that the list outlives an erasure. */
export const suppression = pgTable(
  'suppression',
  {
    shopId: ofShop(),
    addressHash: text('address_hash').notNull(),
    reason: text({
      enum: ['unsubscribed', 'inactive_recipient', 'invalid_address', 'bounced', 'complained'],
    }).notNull(),
    at: instant().notNull(),
  },
  (table) => [primaryKey({ columns: [table.shopId, table.addressHash] })],
);

/** The dates of contacts, a row each, so that those of a day are found without looking at everybody. Kept by a trigger on `contact`, whoever writes there. */
export const anniversary = pgTable(
  'anniversary',
  {
    shopId: ofShop(),
    contactId: uuid('contact_id').notNull(),
    /** `birthday`, or a name that the shop gave. */
    field: text().notNull(),
    /** `MM-DD` or `YYYY-MM-DD`. */
    date: text().notNull(),
    /** `MM-DD` */
    day: text().notNull(),
    /** Told since flows were planned last. */
    fresh: boolean().notNull().default(true),
  },
  (table) => [
    primaryKey({ columns: [table.shopId, table.contactId, table.field] }),
    foreignKey({ columns: [table.shopId, table.contactId], foreignColumns: [contact.shopId, contact.id] }).onDelete(
      'cascade',
    ),
    index('anniversary_day').on(table.shopId, table.field, table.day),
    index('anniversary_fresh').on(table.shopId, table.contactId).where(sql`fresh`),
  ],
);
