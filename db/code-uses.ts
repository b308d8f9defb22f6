/** What orders hold or have used up. The order's lock guards its row, the code's lock the count. */

import type { Tx } from './connect.ts';
import type { codeUse } from './schema/codes.ts';

export type CodeUseRow = typeof codeUse.$inferSelect;

/** What this order did with a code; a reservation that is over is none. */
export async function useOf({ sql, now }: Tx, shopId: string, orderId: string): Promise<CodeUseRow | null> {
  const [row] = await sql<CodeUseRow[]>`
    select * from code_use where shop_id = ${shopId} and order_id = ${orderId}
      and (status <> 'reserved' or until > ${now})`;
  return row ?? null;
}

export interface UseCount {
  redeemed: number;
  reserved: number;
  /** Which order holds the code, and until when: told where it is one. */
  holder: string | null;
  until: number | null;
}

/** How often the code was used up, refunds for good included, and how often it is held, by all orders but this one. */
export async function countUses(
  { sql, now }: Tx,
  shopId: string,
  key: string,
  orderId: string | null = null,
): Promise<UseCount> {
  const [row] = await sql<UseCount[]>`
    select count(*) filter (where status <> 'reserved') as redeemed, count(*) filter (where status = 'reserved') as reserved,
      min(order_id) filter (where status = 'reserved') as holder, min(until) filter (where status = 'reserved') as until
    from code_use where shop_id = ${shopId} and key = ${key} and (status <> 'reserved' or until > ${now})
      and order_id is distinct from ${orderId}`;
  return row ?? { redeemed: 0, reserved: 0, holder: null, until: null };
}

/** What the order asks for now takes the place of what it held before. */
export async function saveUse({ sql, now }: Tx, row: Omit<CodeUseRow, 'at'>): Promise<void> {
  await sql`
    insert into code_use (shop_id, order_id, key, code_id, status, until, discount, free_shipping, at)
    values (${row.shopId}, ${row.orderId}, ${row.key}, ${row.codeId}, ${row.status}, ${row.until}, ${row.discount}, ${row.freeShipping}, ${now})
    on conflict (shop_id, order_id) do update set key = excluded.key, code_id = excluded.code_id, status = excluded.status,
      until = excluded.until, discount = excluded.discount, free_shipping = excluded.free_shipping, at = excluded.at`;
}

export async function dropUse({ sql }: Tx, shopId: string, orderId: string): Promise<void> {
  await sql`delete from code_use where shop_id = ${shopId} and order_id = ${orderId}`;
}
