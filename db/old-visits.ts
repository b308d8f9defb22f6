/** Visits that have been kept as long as their shop keeps them. */

import { arrayOf, type Tx } from './connect.ts';
import { LATER_SETTINGS, type ShopSettings } from './documents.ts';

/** How often a shop's are looked for. */
const EVERY_MS = 86_400_000;

export interface SweptShop {
  id: string;
  keptFor: ShopSettings['visitsKeptFor'];
}

/** The shop whose turn it is, locked until the transaction ends, or null. */
export async function shopToSweep({ sql, now }: Tx): Promise<SweptShop | null> {
  const [shop] = await sql<SweptShop[]>`
    select id, coalesce(settings ->> 'visitsKeptFor', ${LATER_SETTINGS.visitsKeptFor}) as kept_for from shop
    where visits_swept_at is null or visits_swept_at <= ${now - EVERY_MS}
    order by visits_swept_at nulls first limit 1 for update skip locked`;
  return shop ?? null;
}

export async function shopIsSwept({ sql, now }: Tx, shopId: string): Promise<void> {
  await sql`update shop set visits_swept_at = ${now} where id = ${shopId}`;
}

/**
 * Removes up to `limit` visits that began before, the oldest first, with all that was told in them and those of their visitors who have no
 * other visit and are tied to no contact; returns how many visits.
 */
export async function removeVisitsBefore(
  { sql }: Tx,
  shopId: string,
  { before, limit }: { before: number; limit: number },
): Promise<number> {
  const gone = await sql<{ id: string; visitorId: string }[]>`
    delete from visit where shop_id = ${shopId} and id in (
      select id from visit where shop_id = ${shopId} and started_at < ${before} order by started_at limit ${limit} for update skip locked
    ) returning id, visitor_id`;
  if (gone.length === 0) return 0;
  const visits = arrayOf(gone.map(({ id }) => id));
  await Promise.all(
    (['event', 'batch', 'decision'] as const).map(
      (table) => sql`delete from ${sql(table)} where shop_id = ${shopId} and visit_id = any(${visits}::uuid[])`,
    ),
  );
  const lone = await sql<{ id: string }[]>`
    delete from visitor w where shop_id = ${shopId} and id = any(${arrayOf(gone.map(({ visitorId }) => visitorId))}::uuid[])
      and contact_id is null and last_at < ${before}
      and not exists (select from visit v where v.shop_id = w.shop_id and v.visitor_id = w.id)
    returning id`;
  if (lone.length > 0) {
    await sql`
      delete from arm where shop_id = ${shopId} and visitor_id = any(${arrayOf(lone.map(({ id }) => id))}::uuid[])`;
  }
  return gone.length;
}
