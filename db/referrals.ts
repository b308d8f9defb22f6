/** Links that bring friends, and the friends that came by them. Locked after the code, before enrollments. */

import type { RewardFacts } from '../core/codes/referral.ts';
import { UNDONE } from '../core/flows/order.ts';
import type { CodeRow } from './codes.ts';
import type { Sql, Tx } from './connect.ts';
import type { referral, referralLink, referralTally } from './schema/referrals.ts';

export type ReferralRow = typeof referral.$inferSelect;
export type ReferralLinkRow = typeof referralLink.$inferSelect;
export type ReferralTallyRow = typeof referralTally.$inferSelect;

/** The person's one link: the one there is, or this. Null when another's happens to have its token. */
export async function keepLink(
  tx: Tx,
  { shopId, contactId, token }: Pick<ReferralLinkRow, 'shopId' | 'contactId' | 'token'>,
): Promise<ReferralLinkRow | null> {
  const { sql, now } = tx;
  await sql`
    insert into referral_link (shop_id, contact_id, token, created_at) values (${shopId}, ${contactId}, ${token}, ${now})
    on conflict do nothing`;
  return linkOf(tx, shopId, contactId);
}

export async function linkOf({ sql }: Tx, shopId: string, contactId: string): Promise<ReferralLinkRow | null> {
  const [row] = await sql<ReferralLinkRow[]>`
    select * from referral_link where shop_id = ${shopId} and contact_id = ${contactId}`;
  return row ?? null;
}

/** Whose link it is; null also where they are gone. */
export async function linkByToken({ sql }: Tx, token: string): Promise<ReferralLinkRow | null> {
  const [row] = await sql<ReferralLinkRow[]>`
    select link.* from referral_link link join contact on contact.shop_id = link.shop_id and contact.id = link.contact_id
    where link.token = ${token}`;
  return row ?? null;
}

export async function countTally(
  { sql }: Tx,
  { shopId, senderId, day, what }: Omit<ReferralTallyRow, 'count'>,
): Promise<void> {
  await sql`
    insert into referral_tally (shop_id, sender_id, day, what, count) values (${shopId}, ${senderId}, ${day}, ${what}, 1)
    on conflict (shop_id, sender_id, day, what) do update set count = referral_tally.count + 1`;
}

export interface BrowserFacts {
  /** Known as this person's: proved, or by an address typed, a code claimed or an order placed in it. */
  theirs: boolean;
  bought: boolean;
}

export async function browserFacts(
  { sql }: Tx,
  shopId: string,
  visitorId: string,
  contactId: string,
): Promise<BrowserFacts> {
  const [row] = await sql<BrowserFacts[]>`
    select ${isBrowserOf(sql, sql`${shopId}::uuid`, sql`${visitorId}::uuid`, sql`${contactId}::uuid`)} as theirs,
      exists (select from visitor where shop_id = ${shopId} and id = ${visitorId} and purchased_at is not null) as bought`;
  return row ?? { theirs: false, bought: false };
}

type Part = ReturnType<Sql>;

const isBrowserOf = (sql: Sql, shopId: Part, visitorId: Part, contactId: Part): Part => sql`(
  exists (select from visitor v where v.shop_id = ${shopId} and v.id = ${visitorId} and v.contact_id = ${contactId})
  or exists (select from contact c where c.shop_id = ${shopId} and c.id = ${contactId} and c.made_by = ${visitorId})
  or exists (select from code where code.shop_id = ${shopId} and code.visitor_id = ${visitorId} and code.contact_id = ${contactId})
  or exists (select from "order" o where o.shop_id = ${shopId} and o.visitor_id = ${visitorId} and o.contact_id = ${contactId}))`;

export async function hasOrders({ sql }: Tx, shopId: string, contactId: string): Promise<boolean> {
  const rows = await sql`select from "order" where shop_id = ${shopId} and contact_id = ${contactId} limit 1`;
  return rows.length > 0;
}

export async function referralOfFriend({ sql }: Tx, shopId: string, friendHash: string): Promise<ReferralRow | null> {
  const [row] = await sql<ReferralRow[]>`
    select * from referral where shop_id = ${shopId} and friend_hash = ${friendHash}`;
  return row ?? null;
}

/** An invitation that was never used passes to who sent the latest. */
export async function keepClaim(
  { sql, now }: Tx,
  row: Pick<ReferralRow, 'shopId' | 'id' | 'senderId' | 'friendId' | 'friendHash' | 'promise' | 'codeId'>,
): Promise<void> {
  await sql`
    insert into referral (shop_id, id, sender_id, friend_id, friend_hash, status, promise, code_id, claimed_at)
    values (${row.shopId}, ${row.id}, ${row.senderId}, ${row.friendId}, ${row.friendHash}, 'claimed', ${sql.json(row.promise as never)},
      ${row.codeId}, ${now})
    on conflict (shop_id, friend_hash) do update set sender_id = excluded.sender_id, friend_id = excluded.friend_id,
      promise = excluded.promise, code_id = excluded.code_id, claimed_at = excluded.claimed_at
    where referral.status = 'claimed'`;
}

export async function lockReferralOfCode({ sql }: Tx, shopId: string, codeId: string): Promise<ReferralRow | null> {
  const [row] = await sql<ReferralRow[]>`
    select * from referral where shop_id = ${shopId} and code_id = ${codeId} for update`;
  return row ?? null;
}

export async function lockReferralOfOrder({ sql }: Tx, shopId: string, orderId: string): Promise<ReferralRow | null> {
  const [row] = await sql<ReferralRow[]>`
    select * from referral where shop_id = ${shopId} and order_id = ${orderId} for update`;
  return row ?? null;
}

/** What core/codes/referral judges a reward by, but for the program's own terms. Read before the order changes whose browser it came from. */
export type OrderFacts = Omit<RewardFacts, 'confirmedAt' | 'perMonth' | 'returnTerm' | 'zone' | 'now'>;

export async function orderFacts({ sql, now }: Tx, row: ReferralRow): Promise<OrderFacts> {
  const { shopId, senderId, friendId, codeId, orderId } = row;
  const undone = sql(UNDONE);
  const [facts] = await sql<OrderFacts[]>`
    select o.status, coalesce(o.total, 0) as total,
      exists (select from code_use u where u.shop_id = ${shopId} and u.order_id = ${orderId} and u.code_id = ${codeId} and u.status = 'redeemed') as used,
      coalesce(o.contact_id = ${senderId}, false) as same_address,
      coalesce(o.visitor_id is not null and ${isBrowserOf(sql, sql`o.shop_id`, sql`o.visitor_id`, sql`${senderId}::uuid`)}, false) as same_visitor,
      coalesce(length(${phone(sql, sql`o.body->>'phone'`)}) >= 7 and ${phone(sql, sql`o.body->>'phone'`)} in (
        select ${phone(sql, sql`c.phone`)} from contact c where c.shop_id = ${shopId} and c.id = ${senderId} and c.phone is not null
        union all
        select ${phone(sql, sql`own.body->>'phone'`)} from "order" own
        where own.shop_id = ${shopId} and own.contact_id = ${senderId} and own.body->>'phone' is not null
      ), false) as same_phone,
      exists (select from "order" e where e.shop_id = ${shopId} and e.id <> o.id and e.status not in ${undone} and e.placed_at <= o.placed_at
        and (e.contact_id in (${friendId}, o.contact_id) or e.visitor_id = o.visitor_id)) as earlier_order,
      not exists (select from contact c where c.shop_id = ${shopId} and c.id = ${senderId}) as sender_gone,
      (select count(*) from referral r where r.shop_id = ${shopId} and r.sender_id = ${senderId} and r.status = 'rewarded'
        and r.settled_at > ${now - 30 * 86_400_000}) as rewarded
    from (select 1) as one left join "order" o on o.shop_id = ${shopId} and o.id = ${orderId}`;
  if (!facts) throw new Error('the facts of a referral returned nothing');
  return facts;
}

/** Its last ten digits: what is left of a number however its country is written. */
const phone = (sql: Sql, text: Part): Part => sql`right(regexp_replace(${text}, '\\D', '', 'g'), 10)`;

/** What has become of it; the caller holds its lock. */
export async function saveReferral({ sql }: Tx, row: ReferralRow): Promise<void> {
  await sql`
    update referral set status = ${row.status}, reason = ${row.reason}, reward_id = ${row.rewardId}, order_id = ${row.orderId},
      order_status = ${row.orderStatus}, ordered_at = ${row.orderedAt}, confirmed_at = ${row.confirmedAt}, due_at = ${row.dueAt},
      settled_at = ${row.settledAt}
    where shop_id = ${row.shopId} and id = ${row.id}`;
}

/**
 * Locks rewards that are due, each with its sender, so that a sender's are counted one after the other; what another worker holds is left
 * to it. Where the sender is gone there is nobody to count for.
 */
export async function lockDueRewards({ sql, now }: Tx, limit: number): Promise<ReferralRow[]> {
  const due = await sql<ReferralRow[]>`
    select r.* from referral r join contact c on c.shop_id = r.shop_id and c.id = r.sender_id
    where r.status = 'confirmed' and r.due_at <= ${now} order by r.due_at limit ${limit} for no key update of r, c skip locked`;
  if (due.length > 0) return due;
  return sql<ReferralRow[]>`
    select r.* from referral r where r.status = 'confirmed' and r.due_at <= ${now}
      and not exists (select from contact c where c.shop_id = r.shop_id and c.id = r.sender_id)
    order by r.due_at limit ${limit} for update of r skip locked`;
}

export interface SentReferral extends ReferralRow {
  rewardCode: string | null;
  rewardStatus: CodeRow['status'] | null;
  rewardExpiresAt: number | null;
}

/** The latest friends of this sender, with what was earned by each. */
export async function referralsOf(
  { sql }: Tx,
  shopId: string,
  senderId: string,
  limit: number,
): Promise<SentReferral[]> {
  return sql<SentReferral[]>`
    select r.*, code.code as reward_code, code.status as reward_status, code.expires_at as reward_expires_at
    from referral r left join code on code.shop_id = r.shop_id and code.id = r.reward_id
    where r.shop_id = ${shopId} and r.sender_id = ${senderId} order by r.claimed_at desc, r.id limit ${limit}`;
}

/** How often the link was opened. */
export async function openingsOf({ sql }: Tx, shopId: string, senderId: string): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    select coalesce(sum(count), 0)::bigint as count from referral_tally
    where shop_id = ${shopId} and sender_id = ${senderId} and what = 'opened'`;
  return row?.count ?? 0;
}
