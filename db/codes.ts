/** Discount codes as they were handed out, one row for one person. Who changes a code locks it first, then enrollments, then messages. */

import type { Gain } from '../core/codes/code-use.ts';
import type { ClaimedOffer } from '../core/rules/offer.ts';
import type { Tx } from './connect.ts';
import type { code } from './schema/codes.ts';
import type { rule } from './schema/rules.ts';

export type CodeRow = typeof code.$inferSelect;

/** A code about to be given. Left out: once, for whoever has it, reopened by a refund. */
export type NewCode = Omit<CodeRow, Later> & Partial<Pick<CodeRow, Later>>;
type Later = 'terms' | 'shared' | 'rangeHash' | 'orderId' | 'redeemedAt' | 'discount' | 'freeShipping';

export async function liveCode(
  { sql }: Tx,
  shopId: string,
  canonical: string,
  ruleId: string,
): Promise<CodeRow | null> {
  const [row] = await sql<CodeRow[]>`
    select * from code where shop_id = ${shopId} and canonical = ${canonical} and rule_id = ${ruleId}
      and status in ('issued', 'reserved') for update`;
  return row ?? null;
}

/** The latest code that this person could use now, whatever it was given for. */
export async function anyLiveCode({ sql, now }: Tx, shopId: string, canonical: string): Promise<CodeRow | null> {
  const [row] = await sql<CodeRow[]>`
    select * from code where shop_id = ${shopId} and canonical = ${canonical} and status = 'issued'
      and (expires_at is null or expires_at > ${now}) order by issued_at desc limit 1`;
  return row ?? null;
}

export async function saveOffer({ sql }: Tx, { shopId, id }: CodeRow, offer: ClaimedOffer): Promise<CodeRow> {
  const [row] = await sql<CodeRow[]>`
    update code set offer = ${sql.json(offer as never)} where shop_id = ${shopId} and id = ${id} returning *`;
  if (!row) throw new Error('update of code returned nothing');
  return row;
}

/** The code, or null when the person got a live one meanwhile, or the code itself is taken. */
export async function insertCode({ sql }: Tx, row: NewCode): Promise<CodeRow | null> {
  const terms = row.terms ? sql.json(row.terms as never) : sql`default`;
  const [inserted] = await sql<CodeRow[]>`
    insert into code (shop_id, id, code, key, rule_id, contact_id, canonical, visitor_id, status, offer, terms, shared, range_hash,
      issued_at, expires_at)
    values (${row.shopId}, ${row.id}, ${row.code}, ${row.key}, ${row.ruleId}, ${row.contactId}, ${row.canonical}, ${row.visitorId},
      ${row.status}, ${sql.json(row.offer as never)}, ${terms}, ${row.shared ?? false}, ${row.rangeHash ?? null},
      ${row.issuedAt}, ${row.expiresAt})
    on conflict do nothing returning *`;
  return inserted ?? null;
}

/** The one code with this key that belongs to one person, locked if it is to be changed. */
export async function codeByKey({ sql }: Tx, shopId: string, key: string, lock = false): Promise<CodeRow | null> {
  const [row] = await sql<CodeRow[]>`
    select * from code where shop_id = ${shopId} and key = ${key} and not shared ${lock ? sql`for update` : sql``}`;
  return row ?? null;
}

/** Whether one of these was given to anybody. */
export async function anyIssued({ sql }: Tx, shopId: string, keys: readonly string[]): Promise<boolean> {
  const [row] = await sql<{ issued: boolean }[]>`
    select exists (select from code where shop_id = ${shopId} and key in ${sql([...keys])}) as issued`;
  return row?.issued ?? false;
}

export async function codeById({ sql }: Tx, shopId: string, id: string): Promise<CodeRow | null> {
  const [row] = await sql<CodeRow[]>`select * from code where shop_id = ${shopId} and id = ${id}`;
  return row ?? null;
}

/** Of a code that many share, the row of this person. */
export async function sharedCodeOf(
  { sql }: Tx,
  shopId: string,
  key: string,
  canonical: string,
): Promise<CodeRow | null> {
  const [row] = await sql<CodeRow[]>`
    select * from code where shop_id = ${shopId} and key = ${key} and shared and canonical = ${canonical}
    order by issued_at desc limit 1`;
  return row ?? null;
}

/** Of a code that many share, the row that is good for longest, and whether one person alone has it. */
export async function longestShared(
  { sql }: Tx,
  shopId: string,
  key: string,
): Promise<{ row: CodeRow; alone: boolean } | null> {
  const [found] = await sql<(CodeRow & { alone: boolean })[]>`
    select *, not exists (
      select from code other where other.shop_id = ${shopId} and other.key = ${key} and other.shared and other.canonical <> code.canonical
    ) as alone
    from code where shop_id = ${shopId} and key = ${key} and shared order by expires_at desc limit 1`;
  if (!found) return null;
  const { alone, ...row } = found;
  return { row, alone };
}

/** Whoever uses codes up for an order holds its lock, and takes it before any other: two codes for one order wait for each other. */
export async function lockOrderId({ sql }: Tx, shopId: string, orderId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${shopId}:${orderId}`}, 2))`;
}

/** The same for a code that many share, whose rows are many. */
export async function lockSharedKey({ sql }: Tx, shopId: string, key: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${shopId}:${key}`}, 3))`;
}

/** Remembers the order that used a code; `usedUp` when it was its last. */
export async function markRedeemed(
  { sql, now }: Tx,
  code: CodeRow,
  { orderId, discount, freeShipping, usedUp }: { orderId: string; usedUp: boolean } & Gain,
): Promise<CodeRow> {
  const [row] = await sql<CodeRow[]>`
    update code set status = ${usedUp ? 'redeemed' : 'issued'}, order_id = ${orderId}, redeemed_at = ${now}, discount = ${discount},
      free_shipping = ${freeShipping}
    where shop_id = ${code.shopId} and id = ${code.id} returning *`;
  if (!row) throw new Error('update of code returned nothing');
  return row;
}

/**
 * Takes back that this order used the code. It is good again, unless its time is over or its owner has been given another since.
 * The caller has locked the contact, so that none is being given meanwhile.
 */
export async function reopenCode(
  { sql, now }: Tx,
  { shopId, id, orderId }: { shopId: string; id: string; orderId: string },
): Promise<void> {
  const kept = sql`order_id <> ${orderId}`;
  await sql`
    update code set order_id = case when ${kept} then order_id end, redeemed_at = case when ${kept} then redeemed_at end,
      discount = case when ${kept} then discount end, free_shipping = case when ${kept} then free_shipping end, status = case
        when expires_at <= ${now} then 'expired'
        when exists (
          select from code other where other.shop_id = code.shop_id and other.canonical = code.canonical and other.rule_id = code.rule_id
            and other.id <> code.id and other.status in ('issued', 'reserved')
        ) then 'released'
        else 'issued' end
    where shop_id = ${shopId} and id = ${id} and (status = 'redeemed' or order_id = ${orderId})`;
}

/** Its last order was refunded, and the rule wants what was used to stay used. */
export async function voidCode({ sql }: Tx, shopId: string, id: string): Promise<void> {
  await sql`update code set status = 'released' where shop_id = ${shopId} and id = ${id} and status = 'redeemed'`;
}

export async function markExpired({ sql }: Tx, shopId: string, id: string): Promise<void> {
  await sql`update code set status = 'expired' where shop_id = ${shopId} and id = ${id} and status in ('issued', 'reserved')`;
}

export interface CodeCounts {
  range: number;
  visitor: number;
  shop: number;
}

/** How many new codes were given of late: from this range of addresses in an hour, to this browser and by the shop in a day. What isn't asked for is 0. */
export async function recentCodes(
  { sql, now }: Tx,
  shopId: string,
  { rangeHash, visitorId, shop }: { rangeHash: string | null; visitorId: string | null; shop: boolean },
): Promise<CodeCounts> {
  const day = now - 86_400_000;
  const [row] = await sql<CodeCounts[]>`
    select
      (select count(*) from code where shop_id = ${shopId} and range_hash = ${rangeHash} and issued_at > ${now - 3_600_000}) as range,
      (select count(*) from code where shop_id = ${shopId} and visitor_id = ${visitorId} and issued_at > ${day}) as visitor,
      (select count(*) from code where shop_id = ${shopId} and issued_at > ${day} and ${shop}) as shop`;
  return row ?? { range: 0, visitor: 0, shop: 0 };
}

/** Claims that are held to one cap are counted one after the other. Taken after the visitor's lock, before the contact's. */
export async function lockCap({ sql }: Tx, shopId: string, what: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${shopId}:${what}`}, 4))`;
}

export type RuleWithText = Pick<typeof rule.$inferSelect, 'id' | 'definition' | 'createdAt'>;

/** The rules that hold a text for everybody: such a code is good before it was given to anyone. */
export async function rulesWithText({ sql }: Tx, shopId: string): Promise<RuleWithText[]> {
  return sql<RuleWithText[]>`
    select id, definition, created_at from rule
    where shop_id = ${shopId} and deleted_at is null and definition->'code'->>'code' is not null order by created_at, id`;
}
