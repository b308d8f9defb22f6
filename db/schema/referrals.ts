/** Friends who bring friends. */

import { sql } from 'drizzle-orm';
import { index, integer, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core';
import type { ReferralProgram } from '../../core/codes/referral.ts';
import { instant, json } from '../columns.ts';
import { ofShop } from './shops.ts';

/** The link by which a person brings friends, one for each; found by its token alone, as nothing else is known on the page behind it. */
export const referralLink = pgTable(
  'referral_link',
  {
    shopId: ofShop(),
    contactId: uuid('contact_id').notNull(),
    token: text().notNull().unique(),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.shopId, table.contactId] }),
    index('referral_link_created').on(table.shopId, table.createdAt),
  ],
);

/** How often a link was opened, and how often nobody got a code by it, and why: on each of the shop's days. Who it was is not kept. */
export const referralTally = pgTable(
  'referral_tally',
  {
    shopId: ofShop(),
    senderId: uuid('sender_id').notNull(),
    /** The shop's midnight. */
    day: instant().notNull(),
    /** `opened`, or the reason of the refusal. */
    what: text().notNull(),
    count: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.shopId, table.senderId, table.day, table.what] }),
    index('referral_tally_day').on(table.shopId, table.day),
  ],
);

/** One friend, brought by one sender. It holds no address but a keyed hash, so that it outlives an erasure. */
export const referral = pgTable(
  'referral',
  {
    shopId: ofShop(),
    id: uuid().notNull(),
    senderId: uuid('sender_id').notNull(),
    friendId: uuid('friend_id').notNull(),
    friendHash: text('friend_hash').notNull(),
    status: text({ enum: ['claimed', 'ordered', 'confirmed', 'rewarded', 'refused'] }).notNull(),
    reason: text(),
    /** What was promised when the friend asked: later changes of the program don't touch it. */
    promise: json<Pick<ReferralProgram, 'reward' | 'returnTerm'>>('promise').notNull(),
    /** The friend's code, and the sender's. */
    codeId: uuid('code_id').notNull(),
    rewardId: uuid('reward_id'),
    /** The order that the friend's code is in, and its status when the shop last told of it. */
    orderId: text('order_id'),
    orderStatus: text('order_status'),
    claimedAt: instant('claimed_at').notNull(),
    orderedAt: instant('ordered_at'),
    /** From when the return term runs, and when the reward is due. */
    confirmedAt: instant('confirmed_at'),
    dueAt: instant('due_at'),
    /** When it was rewarded or refused. */
    settledAt: instant('settled_at'),
  },
  (table) => [
    primaryKey({ columns: [table.shopId, table.id] }),
    // One friend is brought once, whoever else sends them a link.
    unique('referral_friend').on(table.shopId, table.friendHash),
    index('referral_code').on(table.shopId, table.codeId),
    index('referral_order').on(table.shopId, table.orderId).where(sql`order_id is not null`),
    index('referral_due').on(table.dueAt).where(sql`status = 'confirmed'`),
    index('referral_sender').on(table.shopId, table.senderId, table.claimedAt),
    index('referral_claimed').on(table.shopId, table.claimedAt),
  ],
);
