/** Codes that wait to be handed out. Each is handed to one person: rows that another claim has its eye on are passed over. */

import type { Tx } from './connect.ts';
import type { stock } from './schema/codes.ts';

export type StockRow = typeof stock.$inferSelect;

export interface FreshCode {
  code: string;
  key: string;
}

/** Puts codes in, in their order; the keys of those that were neither in stock nor anybody's yet. */
export async function putInStock(
  { sql, now }: Tx,
  { shopId, pool, source, status }: Pick<StockRow, 'shopId' | 'pool' | 'source' | 'status'>,
  codes: readonly FreshCode[],
): Promise<Set<string>> {
  if (codes.length === 0) return new Set();
  const rows = await sql<{ key: string }[]>`
    insert into stock (shop_id, key, code, pool, source, status, at)
    select ${shopId}, fresh.key, fresh.code, ${pool}, ${source}, ${status}, ${now}
    from rows from (jsonb_to_recordset(${sql.json(codes as never)}) as (code text, key text)) with ordinality as fresh(code, key, place)
    where not exists (select from code where code.shop_id = ${shopId} and code.key = fresh.key)
    order by fresh.place
    on conflict do nothing returning key`;
  return new Set(rows.map(({ key }) => key));
}

/** The code that is next, locked until the transaction ends; null when there is none that nobody else has locked. */
export async function lockNextInStock({ sql }: Tx, shopId: string, pool: string): Promise<StockRow | null> {
  const [row] = await sql<StockRow[]>`
    select * from stock where shop_id = ${shopId} and pool = ${pool} and status = 'free'
    order by number limit 1 for update skip locked`;
  return row ?? null;
}

export async function takeFromStock(
  { sql, now }: Tx,
  shopId: string,
  key: string,
  removeAt: number | null,
): Promise<void> {
  await sql`
    update stock set status = 'taken', taken_at = ${now}, remove_at = ${removeAt} where shop_id = ${shopId} and key = ${key}`;
}

export interface PoolCount {
  pool: string;
  source: StockRow['source'];
  free: number;
  taken: number;
}

export async function countPools({ sql }: Tx, shopId: string): Promise<PoolCount[]> {
  return sql<PoolCount[]>`
    select pool, min(source) as source, count(*) filter (where status = 'free') as free, count(*) filter (where status in ('taken', 'removed')) as taken
    from stock where shop_id = ${shopId} group by pool order by pool`;
}

/** Which of these pools have a code to give. */
export async function poolsWithStock({ sql }: Tx, shopId: string, pools: readonly string[]): Promise<Set<string>> {
  if (pools.length === 0) return new Set();
  const rows = await sql<{ pool: string }[]>`
    select distinct wanted.pool from jsonb_array_elements_text(${sql.json([...pools])}) as wanted(pool)
    where exists (select from stock where stock.shop_id = ${shopId} and stock.pool = wanted.pool and status = 'free')`;
  return new Set(rows.map(({ pool }) => pool));
}
