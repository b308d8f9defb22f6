/** What came of the calls of a shop's webhooks: the latest first, for a while. */

import type { Tx } from './connect.ts';
import type { webhookCall } from './schema/webhooks.ts';

export type WebhookCallRow = typeof webhookCall.$inferSelect;

/** For how long they are kept. */
const CALLS_KEPT_MS = 30 * 86_400_000;

export async function insertCall({ sql, now }: Tx, row: Omit<WebhookCallRow, 'id' | 'at'>): Promise<void> {
  await sql`
    insert into webhook_call (shop_id, webhook, call, type, flow_key, contact_id, attempt, status, reason, ms, at)
    values (${row.shopId}, ${row.webhook}, ${row.call}, ${row.type}, ${row.flowKey}, ${row.contactId}, ${row.attempt}, ${row.status},
      ${row.reason}, ${row.ms}, ${now})`;
}

/** `before`: an id, from which on they have been listed. */
export async function listCalls(
  { sql, now }: Tx,
  shopId: string,
  { webhook, before, limit }: { webhook: string; before: number | null; limit: number },
): Promise<WebhookCallRow[]> {
  return sql<WebhookCallRow[]>`
    select * from webhook_call
    where shop_id = ${shopId} and webhook = ${webhook} and at > ${now - CALLS_KEPT_MS} ${before ? sql`and id < ${before}` : sql``}
    order by id desc limit ${limit}`;
}

/** Removes some of those that are too old. */
export async function forgetCalls({ sql, now }: Tx, limit: number): Promise<void> {
  await sql`
    delete from webhook_call where (shop_id, id) in (
      select shop_id, id from webhook_call where at <= ${now - CALLS_KEPT_MS} order by at limit ${limit} for update skip locked
    )`;
}
