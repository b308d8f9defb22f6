/** Every table. Each row belongs to one shop, and every key begins with it. Drizzle makes the migrations and the row types from here. */

import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  doublePrecision,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  real,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type { Share } from '../core/arm.ts';
import type { CodePlatform, CodeTerms } from '../core/code-plan.ts';
import type { ContactCondition, Flow } from '../core/flow.ts';
import type { Item } from '../core/item.ts';
import type { ClaimedOffer, Offer } from '../core/offer.ts';
import type { OwnLetter } from '../core/own-letter.ts';
import { NAME_STYLES } from '../core/person-name.ts';
import type { ToldRecommendation } from '../core/recommend.ts';
import type { ReferralProgram } from '../core/referral.ts';
import type { Rule } from '../core/rule.ts';
import type { TrialArm, TrialPlan } from '../core/trial.ts';
import type { VisitState } from '../core/visit.ts';
import { instant, json, money } from './columns.ts';
import type { FeedReport, KeptItems, OrderBody, ShopSettings } from './documents.ts';

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
  /** Set when too many complained or too many addresses were none: what sells waits until the shop says to go on. */
  marketingHaltedAt: instant('marketing_halted_at'),
  marketingHaltedReason: text('marketing_halted_reason'),
  /** Letters that left before the shop last said so are not held against it. */
  marketingResumedAt: instant('marketing_resumed_at'),
  createdAt: instant('created_at').notNull(),
});

/** To whom a row belongs; with the shop it goes. */
const ofShop = () =>
  uuid('shop_id')
    .notNull()
    .references(() => shop.id, { onDelete: 'cascade' });

export const apiKey = pgTable(
  'api_key',
  {
    id: uuid().primaryKey(),
    shopId: ofShop(),
    /** SHA-256 of the key, hex. The key itself is shown once and kept nowhere. */
    hash: text().notNull().unique(),
    name: text().notNull(),
    /** False: it may look at everything and change nothing. */
    writes: boolean().notNull().default(true),
    createdAt: instant('created_at').notNull(),
    revokedAt: instant('revoked_at'),
  },
  (table) => [index('api_key_shop').on(table.shopId)],
);

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

export const visitor = pgTable(
  'visitor',
  {
    shopId: ofShop(),
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
    /** Why they were leaving, by their latest answer to an offer they declined. */
    reason: text(),
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
    shopId: ofShop(),
    id: uuid().notNull(),
    visitorId: uuid('visitor_id').notNull(),
    /** Which visit of this visitor it is, and how many days after the one before. */
    number: integer().notNull(),
    daysSinceLast: integer('days_since_last'),
    /** First and latest receipt by the server's clock. */
    startedAt: instant('started_at').notNull(),
    lastAt: instant('last_at').notNull(),
    state: json<VisitState>('state').notNull(),
    /** A letter with ideas for presents brought them: what they looked at was for others. */
    gift: boolean().notNull().default(false),
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
    index('visit_started').on(table.shopId, table.startedAt),
  ],
);

/** Visits opened on one UTC day, in a few rows a shop, so that those who come at once don't wait for one. */
export const quota = pgTable(
  'quota',
  {
    shopId: ofShop(),
    shard: integer().notNull(),
    /** Midnight, at which the count began. */
    day: instant().notNull(),
    visits: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.shopId, table.shard] })],
);

export const batch = pgTable(
  'batch',
  {
    shopId: ofShop(),
    visitId: uuid('visit_id').notNull(),
    key: text().notNull(),
    receivedAt: instant('received_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.shopId, table.visitId, table.key] })],
);

export const event = pgTable(
  'event',
  {
    shopId: ofShop(),
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

export const code = pgTable(
  'code',
  {
    shopId: ofShop(),
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
    offer: json<ClaimedOffer>('offer').notNull(),
    terms: json<CodeTerms>('terms').notNull().default(sql`'{"uses":1,"binding":"loose","onRefund":"reopen"}'`),
    /** One text for many people: each has a row of their own. */
    shared: boolean().notNull().default(false),
    /** Keyed hash of the address range that the code was claimed from, for the cap on it. */
    rangeHash: text('range_hash'),
    issuedAt: instant('issued_at').notNull(),
    expiresAt: instant('expires_at'),
    orderId: text('order_id'),
    redeemedAt: instant('redeemed_at'),
    discount: money('discount'),
    freeShipping: boolean('free_shipping'),
  },
  (table) => [
    primaryKey({ columns: [table.shopId, table.id] }),
    uniqueIndex('code_key').on(table.shopId, table.key).where(sql`not shared`),
    index('code_shared').on(table.shopId, table.key, table.canonical).where(sql`shared`),
    index('code_shared_expiry').on(table.shopId, table.key, table.expiresAt).where(sql`shared`),
    index('code_range').on(table.shopId, table.rangeHash, table.issuedAt),
    index('code_visitor').on(table.shopId, table.visitorId, table.issuedAt),
    index('code_issued').on(table.shopId, table.issuedAt),
    index('code_expiry').on(table.shopId, table.expiresAt).where(sql`status = 'issued'`),
    // One live code per person and rule, however often and from wherever it is asked for.
    uniqueIndex('code_live')
      .on(table.shopId, table.canonical, table.ruleId)
      .where(sql`status in ('issued', 'reserved')`),
    uniqueIndex('code_order').on(table.shopId, table.orderId).where(sql`order_id is not null`),
  ],
);

/** What an order holds or has used up. An order takes one code: the latest it asked for. */
export const codeUse = pgTable(
  'code_use',
  {
    shopId: ofShop(),
    orderId: text('order_id').notNull(),
    key: text().notNull(),
    /** Whose row it was; null where a code that many share came without a known address. */
    codeId: uuid('code_id'),
    /** `released`: refunded for good, so that only this order may take it up again. */
    status: text({ enum: ['reserved', 'redeemed', 'released'] }).notNull(),
    /** When a reservation falls back by itself. */
    until: instant(),
    discount: money('discount'),
    /** Null where nobody knew, or nobody had asked yet. */
    freeShipping: boolean('free_shipping'),
    at: instant().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.shopId, table.orderId] }),
    index('code_use_redeemed').on(table.shopId, table.at).where(sql`status = 'redeemed'`),
    index('code_use_key').on(table.shopId, table.key, table.status),
  ],
);

/** Codes that are good in the shop already and wait to be handed out: uploaded, or minted ahead on the shop's platform. */
export const stock = pgTable(
  'stock',
  {
    shopId: ofShop(),
    key: text().notNull(),
    code: text().notNull(),
    /** The name given on upload, or the rule and offer that it was minted for. */
    pool: text().notNull(),
    /** In which order they came: they are handed out in it. */
    number: bigint({ mode: 'number' }).generatedAlwaysAsIdentity().notNull(),
    source: text({ enum: ['upload', 'shopify', 'woocommerce'] }).notNull(),
    /** `minting`: told to the platform, its answer not known yet; `stale`: no longer wanted there. */
    status: text({ enum: ['minting', 'free', 'taken', 'stale', 'removed'] }).notNull(),
    /** What the platform calls the code, and the discount that it belongs to. */
    external: text(),
    discount: text(),
    /** When it is to be removed from the platform. */
    removeAt: instant('remove_at'),
    at: instant().notNull(),
    takenAt: instant('taken_at'),
  },
  (table) => [
    primaryKey({ columns: [table.shopId, table.key] }),
    index('stock_free').on(table.shopId, table.pool, table.number).where(sql`status = 'free'`),
    index('stock_pool').on(table.shopId, table.pool, table.status),
    index('stock_remove').on(table.removeAt).where(sql`status in ('taken', 'stale') and remove_at is not null`),
  ],
);

/** Minting for one rule and offer on the shop's platform: when to look again, and what was wrong the last time. */
export const mint = pgTable(
  'mint',
  {
    shopId: ofShop(),
    pool: text().notNull(),
    ruleId: uuid('rule_id').notNull(),
    platform: text({ enum: ['shopify', 'woocommerce'] })
      .$type<CodePlatform>()
      .notNull(),
    offer: json<Offer>('offer').notNull(),
    /** The platform's discount that the codes belong to, where it has one. */
    discount: text(),
    /** The platform's job that adds codes, while it runs. */
    job: text(),
    dueAt: instant('due_at').notNull(),
    problem: text(),
    failures: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.shopId, table.pool] }), index('mint_due').on(table.dueAt)],
);

/** The keys of a shop's platforms. Apart from the shop's row, so that no answer and no log can hold them by accident. */
export const integration = pgTable(
  'integration',
  {
    shopId: ofShop(),
    platform: text({ enum: ['shopify', 'woocommerce', 'postmark', 'smtp'] }).notNull(),
    keys: json<Record<string, string>>('keys').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.shopId, table.platform] })],
);

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

/** A catalogue that is fetched on schedule, and what came of it the last time. */
export const feed = pgTable(
  'feed',
  {
    shopId: ofShop(),
    id: uuid().notNull(),
    url: text().notNull(),
    enabled: boolean().notNull(),
    /** Hours between two looks. */
    every: integer().notNull(),
    dueAt: instant('due_at').notNull(),
    /** Until when somebody is at it. */
    heldUntil: instant('held_until'),
    /** What the server said of the version taken last: asked for again only when it is another. */
    etag: text(),
    lastModified: text('last_modified'),
    /** When it was last looked at, last taken, and what came of it; `problem` is of the latest look. */
    triedAt: instant('tried_at'),
    takenAt: instant('taken_at'),
    report: json<FeedReport | null>('report'),
    problem: text(),
    failures: integer().notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.shopId, table.id] }),
    unique('feed_url').on(table.shopId, table.url),
    index('feed_due').on(table.dueAt).where(sql`enabled`),
  ],
);

/** What the shop sells, as its feeds last said: a row for each variant that has an id of its own. */
export const product = pgTable(
  'product',
  {
    shopId: ofShop(),
    /** The offer's id in the feed. */
    id: text().notNull(),
    /** What its variants have in common. */
    groupId: text('group_id'),
    /** The feed that it stands in; null where it was uploaded. */
    feedId: uuid('feed_id'),
    title: text().notNull(),
    price: money('price').notNull(),
    oldPrice: money('old_price'),
    currency: text().notNull(),
    url: text().notNull(),
    /** What addresses of one page have in common: pages are matched by it where they know no id. */
    urlKey: text('url_key').notNull(),
    image: text(),
    /** From the root to the leaf. */
    categories: json<string[]>('categories').notNull(),
    brand: text(),
    /** Its first sentences, as plain text. */
    description: text(),
    /** Null where the feed doesn't say. */
    available: boolean(),
    stock: integer(),
    /** What it cost from when on, `[at, price]`, the latest last; of some weeks. */
    prices: json<[at: number, price: number][]>('prices').notNull(),
    /** The import that saw it last. */
    importId: uuid('import_id').notNull(),
    firstSeenAt: instant('first_seen_at').notNull(),
    lastSeenAt: instant('last_seen_at').notNull(),
    /** When it came new into a catalogue that was known. */
    arrivedAt: instant('arrived_at'),
    /** When it last could be bought again, and when it last cost less than at any time in the 30 days before. */
    backAt: instant('back_at'),
    droppedAt: instant('dropped_at'),
    /** The lowest price of the 30 days before that drop. */
    lowest: money('lowest'),
    /** When something of this happened that flows have not been told of. */
    newsAt: instant('news_at'),
    /** Since when it stands in no feed any more. */
    goneAt: instant('gone_at'),
  },
  (table) => [
    primaryKey({ columns: [table.shopId, table.id] }),
    index('product_group').on(table.shopId, table.groupId).where(sql`group_id is not null`),
    index('product_url').on(table.shopId, table.urlKey),
    index('product_arrived').on(table.shopId, table.arrivedAt).where(sql`arrived_at is not null`),
    index('product_news').on(table.newsAt).where(sql`news_at is not null`),
  ],
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

/** What is told and counted of a thing in the orders and visits of late, for those that the shop's server sold or many people saw. */
export const itemTally = pgTable(
  'item_tally',
  {
    shopId: ofShop(),
    itemId: text('item_id').notNull(),
    item: json<Item>('item').notNull(),
    category: text(),
    /** Orders with it, and people who looked at it. */
    sold: integer().notNull(),
    viewed: integer().notNull(),
    /** The median of days between two orders of it by one person, how many such gaps there were, and of how many people. */
    gapDays: real('gap_days'),
    gaps: integer().notNull(),
    gapPeople: integer('gap_people').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.shopId, table.itemId] }),
    index('item_tally_best').on(table.shopId, table.sold, table.viewed),
    index('item_tally_category').on(table.shopId, table.category, table.sold, table.viewed),
  ],
);

/** In how many orders two things were, or how many people looked at both in one visit: the closest to each. */
export const pairTally = pgTable(
  'pair_tally',
  {
    shopId: ofShop(),
    kind: text({ enum: ['bought', 'viewed'] }).notNull(),
    itemId: text('item_id').notNull(),
    otherId: text('other_id').notNull(),
    count: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.shopId, table.itemId, table.kind, table.otherId] })],
);

/** When a shop's orders and visits are counted again. */
export const tallyTurn = pgTable(
  'tally_turn',
  {
    shopId: ofShop(),
    dueAt: instant('due_at').notNull(),
    /** Null before the first time. */
    countedAt: instant('counted_at'),
  },
  (table) => [primaryKey({ columns: [table.shopId] }), index('tally_turn_due').on(table.dueAt)],
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
    index('message_sent').on(table.shopId, table.settledAt).where(sql`status = 'sent'`),
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

/** Answers kept for 24 h, so that a repeated call repeats nothing. */
export const idempotency = pgTable(
  'idempotency',
  {
    shopId: ofShop(),
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
