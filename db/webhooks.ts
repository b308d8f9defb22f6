/** Where flows' `webhook` steps call. */

import type { Tx } from './connect.ts';
import type { webhook } from './schema/webhooks.ts';

export type WebhookRow = typeof webhook.$inferSelect;

export async function listWebhooks({ sql }: Tx, shopId: string): Promise<WebhookRow[]> {
  return sql<WebhookRow[]>`select * from webhook where shop_id = ${shopId} order by name`;
}

export async function webhookByName({ sql }: Tx, shopId: string, name: string): Promise<WebhookRow | null> {
  const [row] = await sql<WebhookRow[]>`select * from webhook where shop_id = ${shopId} and name = ${name}`;
  return row ?? null;
}

/** Which of these there are, kept from going until the transaction ends. */
export async function holdWebhooks({ sql }: Tx, shopId: string, names: readonly string[]): Promise<Set<string>> {
  const rows = await sql<{ name: string }[]>`
    select name from webhook where shop_id = ${shopId} and name in ${sql(names)} order by name for share`;
  return new Set(rows.map(({ name }) => name));
}

/** Whether it is there; nobody can begin to name it meanwhile. */
export async function lockWebhook({ sql }: Tx, shopId: string, name: string): Promise<boolean> {
  const rows = await sql`select from webhook where shop_id = ${shopId} and name = ${name} for update`;
  return rows.length > 0;
}

/** Null when the name is taken. */
export async function insertWebhook(
  { sql, now }: Tx,
  { shopId, name, url, secret }: Pick<WebhookRow, 'shopId' | 'name' | 'url' | 'secret'>,
): Promise<WebhookRow | null> {
  const [row] = await sql<WebhookRow[]>`
    insert into webhook (shop_id, name, url, secret, created_at) values (${shopId}, ${name}, ${url}, ${secret}, ${now})
    on conflict do nothing returning *`;
  return row ?? null;
}

/** Another url is called from now on, also where the one before had said that it is gone. */
export async function moveWebhook(
  { sql }: Tx,
  { shopId, name, url }: Pick<WebhookRow, 'shopId' | 'name' | 'url'>,
): Promise<WebhookRow | null> {
  const [row] = await sql<WebhookRow[]>`
    update webhook set url = ${url}, disabled_at = null, disabled_reason = null
    where shop_id = ${shopId} and name = ${name} returning *`;
  return row ?? null;
}

/** Calls are signed with the former secret, too, until then. */
export async function rotateWebhook(
  { sql }: Tx,
  { shopId, name, secret, formerUntil }: { shopId: string; name: string; secret: string; formerUntil: number },
): Promise<WebhookRow | null> {
  const [row] = await sql<WebhookRow[]>`
    update webhook set former_secret = secret, former_until = ${formerUntil}, secret = ${secret}
    where shop_id = ${shopId} and name = ${name} returning *`;
  return row ?? null;
}

export async function disableWebhook({ sql, now }: Tx, shopId: string, name: string, reason: string): Promise<void> {
  await sql`
    update webhook set disabled_at = ${now}, disabled_reason = ${reason} where shop_id = ${shopId} and name = ${name}`;
}

/** With what came of its calls. */
export async function deleteWebhook({ sql }: Tx, shopId: string, name: string): Promise<void> {
  await sql`delete from webhook_call where shop_id = ${shopId} and webhook = ${name}`;
  await sql`delete from webhook where shop_id = ${shopId} and name = ${name}`;
}
