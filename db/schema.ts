/** Every table. Each row belongs to one shop, and every key begins with it. Drizzle makes the migrations and the row types from here. */

import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type { Flow } from '../core/flow.ts';
import type { Item } from '../core/item.ts';
import type { Offer } from '../core/offer.ts';
import type { Rule } from '../core/rule.ts';
import type { VisitState } from '../core/visit.ts';
import { instant, json, money } from './columns.ts';
import type { OrderBody, ShopSettings } from './documents.ts';

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
  createdAt: instant('created_at').notNull(),
});

export const apiKey = pgTable(
  'api_key',
  {
    id: uuid().primaryKey(),
    shopId: uuid('shop_id')
      .notNull()
      .references(() => shop.id, { onDelete: 'cascade' }),
    /** SHA-256 of the key, hex. The key itself is shown once and kept nowhere. */
    hash: text().notNull().unique(),
    name: text().notNull(),
    createdAt: instant('created_at').notNull(),
    revokedAt: instant('revoked_at'),
  },
  (table) => [index('api_key_shop').on(table.shopId)],
);

export const contact = pgTable(
  'contact',
  {
    shopId: uuid('shop_id')
      .notNull()
      .references(() => shop.id, { onDelete: 'cascade' }),
    id: uuid().notNull(),
    email: text().notNull(),
    canonical: text().notNull(),
    name: text(),
    locale: text().notNull(),
    timezone: text(),
    marketing: text({ enum: ['none', 'subscribed', 'unsubscribed'] }).notNull(),
    /** The latest refusal and purchase over all of the contact's devices. */
    refusedAt: instant('refused_at'),
    purchasedAt: instant('purchased_at'),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.shopId, table.id] }),
    unique('contact_canonical').on(table.shopId, table.canonical),
  ],
);

/** Append-only: what a person agreed to or took back, in which words, where and when. */
export const consent = pgTable(
  'consent',
  {
    shopId: uuid('shop_id')
      .notNull()
      .references(() => shop.id, { onDelete: 'cascade' }),
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
    method: text({ enum: ['popup', 'one_click', 'unsubscribe_page'] }).notNull(),
    at: instant().notNull(),
  },
  (table) => [index('consent_contact').on(table.shopId, table.contactId, table.at)],
);

/** Addresses that are not mailed, by keyed hash, so that the list outlives an erasure. */
export const suppression = pgTable(
  'suppression',
  {
    shopId: uuid('shop_id')
      .notNull()
      .references(() => shop.id, { onDelete: 'cascade' }),
    addressHash: text('address_hash').notNull(),
    reason: text({ enum: ['unsubscribed', 'inactive_recipient', 'invalid_address'] }).notNull(),
    at: instant().notNull(),
  },
  (table) => [primaryKey({ columns: [table.shopId, table.addressHash] })],
);

export const visitor = pgTable(
  'visitor',
  {
    shopId: uuid('shop_id')
      .notNull()
      .references(() => shop.id, { onDelete: 'cascade' }),
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
    shopId: uuid('shop_id')
      .notNull()
      .references(() => shop.id, { onDelete: 'cascade' }),
    id: uuid().notNull(),
    visitorId: uuid('visitor_id').notNull(),
    /** Which visit of this visitor it is, and how many days after the one before. */
    number: integer().notNull(),
    daysSinceLast: integer('days_since_last'),
    /** First and latest receipt by the server's clock. */
    startedAt: instant('started_at').notNull(),
    lastAt: instant('last_at').notNull(),
    state: json<VisitState>('state').notNull(),
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
  ],
);

export const batch = pgTable(
  'batch',
  {
    shopId: uuid('shop_id')
      .notNull()
      .references(() => shop.id, { onDelete: 'cascade' }),
    visitId: uuid('visit_id').notNull(),
    key: text().notNull(),
    receivedAt: instant('received_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.shopId, table.visitId, table.key] })],
);

export const event = pgTable(
  'event',
  {
    shopId: uuid('shop_id')
      .notNull()
      .references(() => shop.id, { onDelete: 'cascade' }),
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

export const rule = pgTable(
  'rule',
  {
    shopId: uuid('shop_id')
      .notNull()
      .references(() => shop.id, { onDelete: 'cascade' }),
    id: uuid().notNull(),
    version: integer().notNull(),
    definition: json<Omit<Rule, 'id'>>('definition').notNull(),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
    deletedAt: instant('deleted_at'),
  },
  (table) => [primaryKey({ columns: [table.shopId, table.id] })],
);

/** What an experiment drew for a visitor: drawn once, so that reloading never haggles. */
export const arm = pgTable(
  'arm',
  {
    shopId: uuid('shop_id')
      .notNull()
      .references(() => shop.id, { onDelete: 'cascade' }),
    visitorId: uuid('visitor_id').notNull(),
    ruleId: uuid('rule_id').notNull(),
    /** A variant's key, "holdout", or null where the rule has no variants. */
    arm: text(),
    drawnAt: instant('drawn_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.shopId, table.visitorId, table.ruleId] })],
);

/** How the server answered each claim, and why. */
export const decision = pgTable(
  'decision',
  {
    shopId: uuid('shop_id')
      .notNull()
      .references(() => shop.id, { onDelete: 'cascade' }),
    id: uuid().notNull(),
    visitId: uuid('visit_id').notNull(),
    ruleId: uuid('rule_id').notNull(),
    arm: text(),
    /** `accepted`, or the reason of the refusal. */
    outcome: text().notNull(),
    at: instant().notNull(),
  },
  (table) => [primaryKey({ columns: [table.shopId, table.visitId, table.id] })],
);

export const code = pgTable(
  'code',
  {
    shopId: uuid('shop_id')
      .notNull()
      .references(() => shop.id, { onDelete: 'cascade' }),
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
    offer: json<Offer>('offer').notNull(),
    issuedAt: instant('issued_at').notNull(),
    expiresAt: instant('expires_at'),
    orderId: text('order_id'),
    redeemedAt: instant('redeemed_at'),
    discount: money('discount'),
  },
  (table) => [
    primaryKey({ columns: [table.shopId, table.id] }),
    unique('code_key').on(table.shopId, table.key),
    // One live code per person and rule, however often and from wherever it is asked for.
    uniqueIndex('code_live')
      .on(table.shopId, table.canonical, table.ruleId)
      .where(sql`status in ('issued', 'reserved')`),
    uniqueIndex('code_order').on(table.shopId, table.orderId).where(sql`order_id is not null`),
  ],
);

export const order = pgTable(
  'order',
  {
    shopId: uuid('shop_id')
      .notNull()
      .references(() => shop.id, { onDelete: 'cascade' }),
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
  ],
);

export const flow = pgTable(
  'flow',
  {
    shopId: uuid('shop_id')
      .notNull()
      .references(() => shop.id, { onDelete: 'cascade' }),
    key: text().notNull(),
    version: integer().notNull(),
    enabled: boolean().notNull(),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
    deletedAt: instant('deleted_at'),
  },
  (table) => [primaryKey({ columns: [table.shopId, table.key] })],
);

/** Every version a flow ever had: running people stay on theirs. */
export const flowVersion = pgTable(
  'flow_version',
  {
    shopId: uuid('shop_id')
      .notNull()
      .references(() => shop.id, { onDelete: 'cascade' }),
    key: text().notNull(),
    version: integer().notNull(),
    definition: json<Flow>('definition').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.shopId, table.key, table.version] })],
);

/** A flow running for one contact. While `due_at` is null, a queued message carries the chain on once it is settled. */
export const enrollment = pgTable(
  'enrollment',
  {
    shopId: uuid('shop_id')
      .notNull()
      .references(() => shop.id, { onDelete: 'cascade' }),
    id: uuid().primaryKey(),
    flowKey: text('flow_key').notNull(),
    flowVersion: integer('flow_version').notNull(),
    contactId: uuid('contact_id').notNull(),
    visitorId: uuid('visitor_id'),
    ruleId: uuid('rule_id'),
    codeId: uuid('code_id'),
    status: text({ enum: ['active', 'paused', 'stopped', 'completed', 'error'] }).notNull(),
    reason: text(),
    step: integer().notNull(),
    dueAt: instant('due_at'),
    /** Makes entry idempotent. */
    dedupeKey: text('dedupe_key').notNull(),
    items: json<Item[]>('items').notNull(),
    offer: json<Offer>('offer').notNull(),
    locale: text().notNull(),
    enteredAt: instant('entered_at').notNull(),
    endedAt: instant('ended_at'),
  },
  (table) => [
    unique('enrollment_dedupe').on(table.shopId, table.dedupeKey),
    index('enrollment_due').on(table.dueAt).where(sql`status = 'active' and due_at is not null`),
    index('enrollment_contact').on(table.shopId, table.contactId),
    index('enrollment_code').on(table.shopId, table.codeId),
    index('enrollment_visitor').on(table.shopId, table.visitorId),
  ],
);

/** One letter of one enrollment: the outbox and the ledger in one row. */
export const message = pgTable(
  'message',
  {
    shopId: uuid('shop_id')
      .notNull()
      .references(() => shop.id, { onDelete: 'cascade' }),
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
    claim: uuid(),
    leaseUntil: instant('lease_until'),
    callStartedAt: instant('call_started_at'),
    settledAt: instant('settled_at'),
    provider: text(),
    providerId: text('provider_id'),
    subject: text(),
  },
  (table) => [
    unique('message_step').on(table.enrollmentId, table.step, table.occurrence),
    // By shop, so that each has its turn however many are due in another.
    index('message_due').on(table.shopId, table.notBefore).where(sql`status = 'queued'`),
    index('message_lease').on(table.leaseUntil).where(sql`status in ('sending', 'unknown')`),
    index('message_contact').on(table.shopId, table.contactId, table.queuedAt),
    index('message_claimed').on(table.addressHash, table.queuedAt).where(sql`claimed`),
  ],
);

/** Letters kept by the local inbox, when no mail provider is set. */
export const inboxLetter = pgTable(
  'inbox_letter',
  {
    shopId: uuid('shop_id')
      .notNull()
      .references(() => shop.id, { onDelete: 'cascade' }),
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

/** Answers kept for 24 h, so that a repeated call repeats nothing. */
export const idempotency = pgTable(
  'idempotency',
  {
    shopId: uuid('shop_id')
      .notNull()
      .references(() => shop.id, { onDelete: 'cascade' }),
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
