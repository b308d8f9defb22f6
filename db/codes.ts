/** Discount codes: issued once, redeemed once. Who changes a code locks it first, then enrollments, then messages. */

import type { Tx } from './connect.ts';
import type { code } from './schema.ts';

export type CodeRow = typeof code.$inferSelect;

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

/** The code, or null when the person got a live one meanwhile, or the code itself is taken. */
export async function insertCode({ sql }: Tx, row: CodeRow): Promise<CodeRow | null> {
  const [inserted] = await sql<CodeRow[]>`
    insert into code (shop_id, id, code, key, rule_id, contact_id, canonical, visitor_id, status, offer, issued_at, expires_at)
    values (${row.shopId}, ${row.id}, ${row.code}, ${row.key}, ${row.ruleId}, ${row.contactId}, ${row.canonical}, ${row.visitorId},
      ${row.status}, ${sql.json(row.offer as never)}, ${row.issuedAt}, ${row.expiresAt})
    on conflict do nothing returning *`;
  return inserted ?? null;
}

export async function codeByKey({ sql }: Tx, shopId: string, key: string): Promise<CodeRow | null> {
  const [row] = await sql<CodeRow[]>`select * from code where shop_id = ${shopId} and key = ${key}`;
  return row ?? null;
}

export async function lockCode({ sql }: Tx, shopId: string, key: string): Promise<CodeRow | null> {
  const [row] = await sql<CodeRow[]>`select * from code where shop_id = ${shopId} and key = ${key} for update`;
  return row ?? null;
}

/** Whoever uses codes up for an order holds its lock, and takes it before any other: two codes for one order wait for each other. */
export async function lockOrderId({ sql }: Tx, shopId: string, orderId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${shopId}:${orderId}`}, 2))`;
}

/** Null when another code was already redeemed with this order: an order takes one code. The caller holds the order's lock. */
export async function markRedeemed(
  { sql, now }: Tx,
  code: CodeRow,
  orderId: string,
  discount: number | null,
): Promise<CodeRow | null> {
  const [row] = await sql<CodeRow[]>`
    update code set status = 'redeemed', order_id = ${orderId}, redeemed_at = ${now}, discount = ${discount}
    where shop_id = ${code.shopId} and id = ${code.id} and status in ('issued', 'reserved')
      and not exists (select from code other where other.shop_id = ${code.shopId} and other.order_id = ${orderId})
    returning *`;
  return row ?? null;
}

export async function markExpired({ sql }: Tx, shopId: string, id: string): Promise<void> {
  await sql`update code set status = 'expired' where shop_id = ${shopId} and id = ${id} and status in ('issued', 'reserved')`;
}
