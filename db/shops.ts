/** Shops and the keys that speak for them. */

import type { Tx } from './connect.ts';
import { LATER_SENDING, LATER_SETTINGS, LIMITS } from './documents.ts';
import type { apiKey, shop } from './schema/shops.ts';

export type ShopRow = typeof shop.$inferSelect;
export type ApiKeyRow = typeof apiKey.$inferSelect;

const whole = (row: ShopRow | undefined): ShopRow | null =>
  row
    ? {
        ...row,
        settings: {
          ...LATER_SETTINGS,
          ...row.settings,
          sending: { ...LATER_SENDING, ...row.settings.sending },
          limits: { ...LIMITS, ...row.settings.limits },
        },
      }
    : null;

export async function insertShop(
  { sql, now }: Tx,
  row: Omit<
    ShopRow,
    | 'createdAt'
    | 'haltedUntil'
    | 'haltedReason'
    | 'marketingHaltedAt'
    | 'marketingHaltedReason'
    | 'marketingResumedAt'
    | 'visitsSweptAt'
  >,
): Promise<ShopRow> {
  const [inserted] = await sql<ShopRow[]>`
    insert into shop (id, name, site_key, origins, currency, locale, timezone, sender_name, sender_email, postal_address, settings, created_at)
    values (${row.id}, ${row.name}, ${row.siteKey}, ${sql.json(row.origins)}, ${row.currency}, ${row.locale}, ${row.timezone},
      ${row.senderName}, ${row.senderEmail}, ${row.postalAddress}, ${sql.json(row.settings as never)}, ${now})
    returning *`;
  if (!inserted) throw new Error('insert into shop returned nothing');
  await sql`insert into tally_turn (shop_id, due_at) values (${row.id}, ${now})`;
  return inserted;
}

export async function updateShop({ sql }: Tx, row: ShopRow): Promise<void> {
  await sql`
    update shop set name = ${row.name}, origins = ${sql.json(row.origins)}, currency = ${row.currency}, locale = ${row.locale},
      timezone = ${row.timezone}, sender_name = ${row.senderName}, sender_email = ${row.senderEmail},
      postal_address = ${row.postalAddress}, settings = ${sql.json(row.settings as never)},
      halted_until = ${row.haltedUntil}, halted_reason = ${row.haltedReason}, marketing_halted_at = ${row.marketingHaltedAt},
      marketing_halted_reason = ${row.marketingHaltedReason}, marketing_resumed_at = ${row.marketingResumedAt}
    where id = ${row.id}`;
}

export async function shopById({ sql }: Tx, id: string): Promise<ShopRow | null> {
  const [row] = await sql<ShopRow[]>`select * from shop where id = ${id}`;
  return whole(row);
}

/** The same, locked: two changes at once are laid over each other, neither is lost. */
export async function lockShop({ sql }: Tx, id: string): Promise<ShopRow | null> {
  const [row] = await sql<ShopRow[]>`select * from shop where id = ${id} for update`;
  return whole(row);
}

export async function shopBySiteKey({ sql }: Tx, siteKey: string): Promise<ShopRow | null> {
  const [row] = await sql<ShopRow[]>`select * from shop where site_key = ${siteKey}`;
  return whole(row);
}

/** The shop that a live secret key speaks for, and whether the key may change anything. */
export async function shopByKeyHash({ sql }: Tx, hash: string): Promise<{ shop: ShopRow; writes: boolean } | null> {
  const [row] = await sql<(ShopRow & { writes: boolean })[]>`
    select shop.*, api_key.writes from api_key join shop on shop.id = api_key.shop_id
    where api_key.hash = ${hash} and api_key.revoked_at is null`;
  if (!row) return null;
  const { writes, ...found } = row;
  const shop = whole(found);
  return shop && { shop, writes };
}

export async function insertApiKey(
  { sql, now }: Tx,
  row: Pick<ApiKeyRow, 'id' | 'shopId' | 'hash' | 'name' | 'writes'>,
): Promise<ApiKeyRow> {
  const [inserted] = await sql<ApiKeyRow[]>`
    insert into api_key (id, shop_id, hash, name, writes, created_at)
    values (${row.id}, ${row.shopId}, ${row.hash}, ${row.name}, ${row.writes}, ${now}) returning *`;
  if (!inserted) throw new Error('insert of a key returned nothing');
  return inserted;
}

export async function listKeys({ sql }: Tx, shopId: string): Promise<ApiKeyRow[]> {
  return sql<ApiKeyRow[]>`select * from api_key where shop_id = ${shopId} order by created_at, id`;
}

export const liveKeys = async (tx: Tx, shopId: string): Promise<ApiKeyRow[]> =>
  (await listKeys(tx, shopId)).filter(({ revokedAt }) => revokedAt === null);

/** One change of a shop's keys at a time: two that revoke at once would leave none. */
export async function lockKeys({ sql }: Tx, shopId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`keys:${shopId}`}, 0))`;
}

/** False where there is none. */
export async function revokeKey({ sql, now }: Tx, shopId: string, id: string): Promise<boolean> {
  const rows = await sql`
    update api_key set revoked_at = coalesce(revoked_at, ${now}::timestamptz) where shop_id = ${shopId} and id = ${id} returning id`;
  return rows.length > 0;
}

/** The provider says the account can't send: this shop's letters wait. */
export async function haltShop({ sql }: Tx, shopId: string, until: number, reason: string): Promise<void> {
  await sql`update shop set halted_until = ${until}, halted_reason = ${reason} where id = ${shopId}`;
}

/** Too many complained, or too many addresses were none: what sells waits until the shop says to go on. Halted once, the first reason stays. */
export async function haltMarketing({ sql, now }: Tx, shopId: string, reason: string): Promise<void> {
  await sql`
    update shop set marketing_halted_at = ${now}, marketing_halted_reason = ${reason}
    where id = ${shopId} and marketing_halted_at is null`;
}

/** The account sends again: the halt that has run out is over. */
export async function liftHalt({ sql, now }: Tx, shopId: string): Promise<void> {
  await sql`update shop set halted_until = null, halted_reason = null where id = ${shopId} and halted_until <= ${now}`;
}
