/** Flows and those who are on their way in them. */

import { sql } from 'drizzle-orm';
import { bigint, boolean, index, integer, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core';
import type { Item } from '../../core/catalogue/item.ts';
import type { TrialArm, TrialPlan } from '../../core/experiments/trial.ts';
import type { Flow } from '../../core/flows/flow.ts';
import type { ClaimedOffer } from '../../core/rules/offer.ts';
import { instant, json } from '../columns.ts';
import type { KeptItems } from '../documents.ts';
import { ofShop } from './shops.ts';

export const flow = pgTable(
  'flow',
  {
    shopId: ofShop(),
    key: text().notNull(),
    version: integer().notNull(),
    enabled: boolean().notNull(),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
    deletedAt: instant('deleted_at'),
    /** When those are looked for whose date comes next, where it begins on a date; null where it doesn't. */
    planAt: instant('plan_at'),
  },
  (table) => [
    primaryKey({ columns: [table.shopId, table.key] }),
    index('flow_plan').on(table.planAt).where(sql`plan_at is not null`),
  ],
);

/** Every version a flow ever had: running people stay on theirs. */
export const flowVersion = pgTable(
  'flow_version',
  {
    shopId: ofShop(),
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
    shopId: ofShop(),
    id: uuid().primaryKey(),
    flowKey: text('flow_key').notNull(),
    flowVersion: integer('flow_version').notNull(),
    contactId: uuid('contact_id').notNull(),
    visitorId: uuid('visitor_id'),
    ruleId: uuid('rule_id'),
    codeId: uuid('code_id'),
    /** The order that it is about. */
    orderId: text('order_id'),
    /** What else it is about, by the flow's entry: the id of what ends, a holiday with its day. */
    thing: text(),
    status: text({ enum: ['active', 'paused', 'stopped', 'completed', 'error'] }).notNull(),
    reason: text(),
    step: integer().notNull(),
    dueAt: instant('due_at'),
    /** What the chain listens for until `due_at`, and the place it then goes on from. */
    heardEvent: text('heard_event'),
    heardStep: integer('heard_step'),
    /** When the flow's goal was reached, within its time. */
    goalAt: instant('goal_at'),
    /** Makes entry idempotent. */
    dedupeKey: text('dedupe_key').notNull(),
    /** A stranger may have asked for the next letter: it is held to the caps on such letters. */
    claimed: boolean().notNull().default(false),
    items: json<Item[]>('items').notNull(),
    /** Things that the shop's endpoint said it keeps for its person, and until when (ms since the epoch). */
    kept: json<KeptItems>('kept'),
    offer: json<ClaimedOffer>('offer').notNull(),
    locale: text().notNull(),
    enteredAt: instant('entered_at').notNull(),
    endedAt: instant('ended_at'),
  },
  (table) => [
    unique('enrollment_dedupe').on(table.shopId, table.dedupeKey),
    index('enrollment_due').on(table.dueAt).where(sql`status = 'active' and due_at is not null`),
    index('enrollment_contact').on(table.shopId, table.contactId),
    index('enrollment_code').on(table.shopId, table.codeId).where(sql`code_id is not null`),
    index('enrollment_entered').on(table.shopId, table.enteredAt).where(sql`rule_id is not null`),
    index('enrollment_visitor').on(table.shopId, table.visitorId).where(sql`visitor_id is not null`),
  ],
);

/**
 * Chains that may go on since their letter was settled, until the engine comes by: a narrow row, where another version of the chain's wide
 * one, in every index, would cost more than the letter's own.
 */
export const settledChain = pgTable('settled_chain', {
  id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  /** Nothing watches over these two: whoever takes the row looks whether the chain still stands there. */
  shopId: uuid('shop_id').notNull(),
  enrollmentId: uuid('enrollment_id').notNull(),
  /** Where the chain stood. */
  step: integer().notNull(),
  at: instant().notNull(),
});

/** Who will enter a flow at some moment, unless something happens before: a cart left, a visit that doesn't come. One a person, flow and thing. */
export const pendingEntry = pgTable(
  'pending_entry',
  {
    shopId: ofShop(),
    flowKey: text('flow_key').notNull(),
    contactId: uuid('contact_id').notNull(),
    /** Where one person may have several: the id of a code or of what ends, a holiday with its day; else empty. */
    thing: text().notNull().default(''),
    visitorId: uuid('visitor_id'),
    dueAt: instant('due_at').notNull(),
    /** What it is about: entering for the same thing twice changes nothing. */
    about: text().notNull(),
    /** The order that it is about. */
    orderId: text('order_id'),
    items: json<Item[]>('items').notNull(),
    locale: text().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.shopId, table.flowKey, table.contactId, table.thing] }),
    index('pending_entry_due').on(table.dueAt),
  ],
);

/** A person and their events, saved to see what a flow would do; `plan` is what it did when it was last accepted. */
export const scenario = pgTable(
  'scenario',
  {
    shopId: ofShop(),
    flowKey: text('flow_key').notNull(),
    name: text().notNull(),
    given: json<Record<string, unknown>>('given').notNull(),
    plan: json<unknown[]>('plan').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.shopId, table.flowKey, table.name] })],
);

/** What a flow does beside letters to its contact: a note to the staff, a call of the shop's endpoint. Done at least once, or `failed` with the reason. */
export const errand = pgTable(
  'errand',
  {
    shopId: ofShop(),
    /** Made from enrollment and place, so that no crash sends it off twice. */
    id: uuid().primaryKey(),
    enrollmentId: uuid('enrollment_id')
      .notNull()
      .references(() => enrollment.id, { onDelete: 'cascade' }),
    contactId: uuid('contact_id').notNull(),
    kind: text({ enum: ['notify', 'webhook', 'untag'] }).notNull(),
    /** The note's text, the webhook's name, or the tag that goes. */
    subject: text().notNull(),
    status: text({ enum: ['queued', 'done', 'failed'] }).notNull(),
    reason: text(),
    attempt: integer().notNull(),
    queuedAt: instant('queued_at').notNull(),
    notBefore: instant('not_before').notNull(),
    settledAt: instant('settled_at'),
  },
  (table) => [
    index('errand_due').on(table.notBefore).where(sql`status = 'queued'`),
    index('errand_subject').on(table.shopId, table.kind, table.subject, table.queuedAt),
  ],
);

/** Variants that a flow's step tries on people, until one of them has won. */
export const trial = pgTable(
  'trial',
  {
    shopId: ofShop(),
    /** The flow and what is tried in it: another wording is another trial. */
    key: text().notNull(),
    plan: json<TrialPlan>('plan').notNull(),
    startedAt: instant('started_at').notNull(),
    /** When it is looked at again; null once it is decided. */
    dueAt: instant('due_at'),
    winner: integer(),
    decidedAt: instant('decided_at'),
    /** What the winner won by. */
    arms: json<TrialArm[]>('arms'),
  },
  (table) => [
    primaryKey({ columns: [table.shopId, table.key] }),
    index('trial_due').on(table.dueAt).where(sql`due_at is not null`),
  ],
);
