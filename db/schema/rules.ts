/** Rules, and what they gave to whom. */

import { sql } from 'drizzle-orm';
import { index, integer, pgTable, primaryKey, real, text, uuid } from 'drizzle-orm/pg-core';
import type { Share } from '../../core/experiments/arm.ts';
import type { Rule } from '../../core/rules/rule.ts';
import { instant, json } from '../columns.ts';
import { ofShop } from './shops.ts';

export const rule = pgTable(
  'rule',
  {
    shopId: ofShop(),
    id: uuid().notNull(),
    version: integer().notNull(),
    definition: json<Omit<Rule, 'id'>>('definition').notNull(),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
    deletedAt: instant('deleted_at'),
  },
  (table) => [
    primaryKey({ columns: [table.shopId, table.id] }),
    // The engine looks for these in every turn.
    index('rule_adaptive').on(table.shopId).where(sql`definition->'adaptive' is not null and deleted_at is null`),
    index('rule_platform').on(table.shopId).where(sql`definition->'code'->>'mode' = 'platform' and deleted_at is null`),
  ],
);

/** Every version a rule ever had, so that it can be told what was in force when. */
export const ruleVersion = pgTable(
  'rule_version',
  {
    shopId: ofShop(),
    id: uuid().notNull(),
    version: integer().notNull(),
    definition: json<Omit<Rule, 'id'>>('definition').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.shopId, table.id, table.version] })],
);

/** What an experiment drew for a visitor: drawn once, so that reloading never haggles. */
export const arm = pgTable(
  'arm',
  {
    shopId: ofShop(),
    visitorId: uuid('visitor_id').notNull(),
    ruleId: uuid('rule_id').notNull(),
    /** A variant's key, "holdout", or null where the rule has no variants. */
    arm: text(),
    drawnAt: instant('drawn_at').notNull(),
    /** The rule's version it was drawn under, and the chance it had; null for one taken over from the person's other browser. */
    ruleVersion: integer('rule_version'),
    probability: real(),
    /** When the rule first would have spoken to the visitor, whichever arm: from then on they count as eligible. */
    exposedAt: instant('exposed_at'),
  },
  (table) => [
    primaryKey({ columns: [table.shopId, table.visitorId, table.ruleId] }),
    index('arm_exposed').on(table.shopId, table.ruleId, table.exposedAt).where(sql`exposed_at is not null`),
  ],
);

/** The chances with which an adaptive rule draws its discounts now, as the outcomes so far have it. */
export const odds = pgTable(
  'odds',
  {
    shopId: ofShop(),
    ruleId: uuid('rule_id').notNull(),
    ruleVersion: integer('rule_version').notNull(),
    shares: json<Share[]>('shares').notNull(),
    at: instant().notNull(),
  },
  (table) => [primaryKey({ columns: [table.shopId, table.ruleId] })],
);

/** How the server answered each claim, and why. */
export const decision = pgTable(
  'decision',
  {
    shopId: ofShop(),
    id: uuid().notNull(),
    visitId: uuid('visit_id').notNull(),
    ruleId: uuid('rule_id').notNull(),
    /** The rule's version that was asked; null in rows older than this column. */
    ruleVersion: integer('rule_version'),
    arm: text(),
    /** `accepted`, or the reason of the refusal. */
    outcome: text().notNull(),
    at: instant().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.shopId, table.visitId, table.id] }),
    index('decision_accepted').on(table.shopId, table.ruleId, table.at).where(sql`outcome = 'accepted'`),
  ],
);
