/** Answers kept for 24 hours by the caller's Idempotency-Key. */

import type { Tx } from './connect.ts';
import type { idempotency } from './schema/shops.ts';

export type IdempotencyRow = typeof idempotency.$inferSelect;
export type IdempotencyKey = Pick<IdempotencyRow, 'shopId' | 'key' | 'method' | 'path'>;

/** A call that never finished (its server died) may be run again after this long. */
const STUCK_MS = 60_000;
const KEPT_MS = 86_400_000;

/** Null when the key is now ours to run; else the row of the call that has it. */
export async function takeKey({ sql, now }: Tx, key: IdempotencyKey, bodyHash: string): Promise<IdempotencyRow | null> {
  const taken = await sql`
    insert into idempotency (shop_id, key, method, path, body_hash, at) values (${key.shopId}, ${key.key}, ${key.method}, ${key.path}, ${bodyHash}, ${now})
    on conflict (shop_id, method, path, key) do update set body_hash = excluded.body_hash, status = null, response = null, at = excluded.at
      where idempotency.at < ${now - KEPT_MS} or (idempotency.status is null and idempotency.at < ${now - STUCK_MS})
    returning key`;
  if (taken.length > 0) return null;
  const [row] = await sql<IdempotencyRow[]>`
    select * from idempotency where shop_id = ${key.shopId} and method = ${key.method} and path = ${key.path} and key = ${key.key}`;
  return row ?? null;
}

export async function keepAnswer({ sql }: Tx, key: IdempotencyKey, status: number, response: string): Promise<void> {
  await sql`
    update idempotency set status = ${status}, response = ${response}
    where shop_id = ${key.shopId} and method = ${key.method} and path = ${key.path} and key = ${key.key}`;
}

export async function releaseKey({ sql }: Tx, key: IdempotencyKey): Promise<void> {
  await sql`
    delete from idempotency where shop_id = ${key.shopId} and method = ${key.method} and path = ${key.path} and key = ${key.key}`;
}
