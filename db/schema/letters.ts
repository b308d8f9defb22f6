/** Letters: the outbox and the ledger, their words, their pace, and what came back. */

import { sql } from 'drizzle-orm';
import { boolean, doublePrecision, index, integer, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core';
import type { ToldRecommendation } from '../../core/catalogue/recommend.ts';
import type { OwnLetter } from '../../core/letters/own-letter.ts';
import { instant, json } from '../columns.ts';
import { enrollment } from './flows.ts';
import { ofShop, shop } from './shops.ts';

/** What providers tell of letters that have left, each thing once. */
export const deliveryEvent = pgTable(
  'delivery_event',
  {
    shopId: ofShop(),
    /** Made from the provider's own id, kind and time. */
    key: text().notNull(),
    messageId: uuid('message_id'),
    contactId: uuid('contact_id'),
    kind: text({
      enum: [
        'delivered',
        'bounced',
        'complained',
        'opened',
        'clicked',
        'unsubscribed',
        'resubscribed',
        'suppressed',
        'visited',
        'answered',
      ],
    }).notNull(),
    /** Scanner or prefetch: counted apart. */
    machine: boolean().notNull(),
    link: text(),
    detail: json<Record<string, string | number | boolean | null>>('detail').notNull(),
    at: instant().notNull(),
    receivedAt: instant('received_at').notNull(),
    /** A click counts once it is known that no scanner made it: looked at from then on, null when that is done. */
    judgeAt: instant('judge_at'),
  },
  (table) => [
    primaryKey({ columns: [table.shopId, table.key] }),
    index('delivery_event_judge').on(table.judgeAt).where(sql`judge_at is not null`),
    index('delivery_event_message').on(table.shopId, table.messageId, table.at),
    index('delivery_event_kind').on(table.shopId, table.kind, table.at),
  ],
);

/** What a buyer wrote on the page behind a letter, once for a letter and item. Shown to nobody but the shop until it is published. */
export const review = pgTable(
  'review',
  {
    shopId: ofShop(),
    id: uuid().notNull(),
    contactId: uuid('contact_id').notNull(),
    /** The letter that asked. */
    messageId: uuid('message_id').notNull(),
    orderId: text('order_id'),
    /** Null where it is about the whole order. */
    itemId: text('item_id'),
    itemTitle: text('item_title'),
    stars: integer().notNull(),
    text: text().notNull(),
    /** The name to be shown, as its writer wishes; may be empty. */
    author: text().notNull(),
    /** Whether its writer agreed to its being shown to everybody. */
    mayPublish: boolean('may_publish').notNull(),
    locale: text().notNull(),
    status: text({ enum: ['waiting', 'published', 'rejected'] }).notNull(),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
    /** When the shop published or rejected it. */
    decidedAt: instant('decided_at'),
  },
  (table) => [
    primaryKey({ columns: [table.shopId, table.id] }),
    unique('review_once').on(table.shopId, table.messageId, table.itemId).nullsNotDistinct(),
    index('review_created').on(table.shopId, table.createdAt, table.id),
    index('review_status').on(table.shopId, table.status, table.createdAt, table.id),
    index('review_published').on(table.shopId, table.itemId, table.createdAt).where(sql`status = 'published'`),
    index('review_latest').on(table.shopId, table.createdAt).where(sql`status = 'published'`),
    index('review_contact').on(table.shopId, table.contactId),
  ],
);

/** One letter of one enrollment: the outbox and the ledger in one row. */
export const message = pgTable(
  'message',
  {
    shopId: ofShop(),
    /** Made from enrollment, step and occurrence, so that no crash plans a letter twice. */
    id: uuid().primaryKey(),
    enrollmentId: uuid('enrollment_id')
      .notNull()
      .references(() => enrollment.id, { onDelete: 'cascade' }),
    contactId: uuid('contact_id').notNull(),
    step: integer().notNull(),
    occurrence: integer().notNull(),
    letter: text().notNull(),
    purpose: text({ enum: ['marketing', 'transactional'] }).notNull(),
    /** Asked for by a public claim: counted against letter bombing. */
    claimed: boolean().notNull(),
    /** Caps and quiet hours let it pass. */
    prompt: boolean().notNull(),
    addressHash: text('address_hash').notNull(),
    status: text({
      enum: ['queued', 'sending', 'unknown', 'sent', 'failed', 'cancelled', 'suppressed', 'skipped', 'holdout'],
    }).notNull(),
    reason: text(),
    attempt: integer().notNull(),
    resends: integer().notNull(),
    queuedAt: instant('queued_at').notNull(),
    notBefore: instant('not_before').notNull(),
    expiresAt: instant('expires_at'),
    callStartedAt: instant('call_started_at'),
    settledAt: instant('settled_at'),
    provider: text(),
    providerId: text('provider_id'),
    subject: text(),
    /** Which of the variants that the step tries this person got, from 0, and of which trial it is one. */
    variant: integer(),
    /** What it recommended, and why each. */
    recommended: json<ToldRecommendation>('recommended'),
    trial: text(),
    deliveredAt: instant('delivered_at'),
    /** First of each. An open is unsure: mail programs open letters that nobody reads. */
    openedAt: instant('opened_at'),
    clickedAt: instant('clicked_at'),
    bouncedAt: instant('bounced_at'),
    complainedAt: instant('complained_at'),
    unsubscribedAt: instant('unsubscribed_at'),
  },
  (table) => [
    unique('message_step').on(table.enrollmentId, table.step, table.occurrence),
    index('message_contact').on(table.shopId, table.contactId, table.queuedAt),
    // Of nothing that a fence writes: its update stays out of all of these.
    index('message_settled').on(table.shopId, table.settledAt).where(sql`settled_at is not null`),
    index('message_provider').on(table.shopId, table.providerId).where(sql`provider_id is not null`),
    index('message_claimed').on(table.addressHash, table.queuedAt).where(sql`claimed`),
    index('message_trial').on(table.shopId, table.trial, table.contactId, table.queuedAt).where(sql`trial is not null`),
  ],
);

/**
 * Letters that are not settled, a narrow row each: what is claimed, given back and put off touches no wide row of the ledger, nor an index of
 * it. While a letter is queued, its row isn't `called`; from its fence until its fate is known, it is.
 */
export const outbox = pgTable(
  'outbox',
  {
    shopId: ofShop(),
    /** The message's. */
    id: uuid()
      .primaryKey()
      .references(() => message.id, { onDelete: 'cascade' }),
    notBefore: instant('not_before').notNull(),
    claim: uuid(),
    leaseUntil: instant('lease_until'),
    called: boolean().notNull().default(false),
  },
  (table) => [
    // By shop, so that each has its turn however many are due in another.
    index('outbox_due').on(table.shopId, table.notBefore).where(sql`not called`),
    // Of nothing that a claim writes: its update stays within the page, and out of the indexes.
    index('outbox_called').on(table.id).where(sql`called`),
  ],
);

/** Letters in the shop's own words: every version of each, the highest in force. */
export const template = pgTable(
  'template',
  {
    shopId: ofShop(),
    /** Of the letter. */
    key: text().notNull(),
    version: integer().notNull(),
    /** Null where the shop went back to the built-in letter. */
    words: json<OwnLetter>('words'),
    createdAt: instant('created_at').notNull(),
    /** Why it could not be written out the last time that it couldn't; the built-in letter left instead. */
    failure: text(),
    failedAt: instant('failed_at'),
  },
  (table) => [primaryKey({ columns: [table.shopId, table.key, table.version] })],
);

/** How many letters may be handed over at this moment: by a shop, or (in the one row without) by the whole instance. */
export const pace = pgTable(
  'pace',
  {
    shopId: uuid('shop_id').references(() => shop.id, { onDelete: 'cascade' }),
    tokens: doublePrecision().notNull(),
    /** When there were so many. */
    at: instant().notNull(),
  },
  (table) => [unique('pace_shop').on(table.shopId).nullsNotDistinct()],
);

/** Letters handed over on one local day of a shop that warms up, by the provider of the mailboxes. */
export const volume = pgTable(
  'volume',
  {
    shopId: ofShop(),
    /** "2026-11-22" */
    day: text().notNull(),
    provider: text().notNull(),
    letters: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.shopId, table.day, table.provider] })],
);

/** Letters kept by the local inbox, when no mail provider is set. */
export const inboxLetter = pgTable(
  'inbox_letter',
  {
    shopId: ofShop(),
    id: uuid().primaryKey(),
    sender: text().notNull(),
    recipient: text().notNull(),
    subject: text().notNull(),
    html: text().notNull(),
    text: text().notNull(),
    headers: json<Record<string, string>>('headers').notNull(),
    at: instant().notNull(),
  },
  (table) => [index('inbox_letter_at').on(table.at)],
);
