/** Flows that begin on a day of the year, and whose day comes. */

import type { Tx } from './connect.ts';
import type { PendingEntryRow } from './pending-entries.ts';

/** Locks the flow that has waited longest to be planned, skipping what another worker holds. */
export async function lockUnplannedFlow({
  sql,
  now,
}: Tx): Promise<{ shopId: string; key: string; planAt: number } | null> {
  const [row] = await sql<{ shopId: string; key: string; planAt: number }[]>`
    select shop_id, key, plan_at from flow where plan_at <= ${now} and enabled and deleted_at is null
    order by plan_at limit 1 for update skip locked`;
  return row ?? null;
}

export interface Birthday {
  contactId: string;
  birthday: string;
  locale: string;
  /** Their IANA zone, else the shop's. */
  zone: string;
}

/** Whose birthday is on one of these days (`MM-DD`). */
export async function birthdaysOn({ sql }: Tx, shopId: string, days: readonly string[]): Promise<Birthday[]> {
  return sql<Birthday[]>`
    select c.id as contact_id, c.birthday, c.locale, coalesce(c.timezone, s.timezone) as zone
    from contact c join shop s on s.id = c.shop_id
    where c.shop_id = ${shopId} and right(c.birthday, 5) in ${sql(days)}`;
}

export type YearlyEntry = Pick<PendingEntryRow, 'contactId' | 'dueAt' | 'about' | 'locale'>;

/** What is planned for the flow from now on, in place of what was; looked at again at `planAt`. */
export async function planYearly(
  { sql, now }: Tx,
  { shopId, key, planAt, entries }: { shopId: string; key: string; planAt: number; entries: readonly YearlyEntry[] },
): Promise<void> {
  await sql`update flow set plan_at = ${planAt} where shop_id = ${shopId} and key = ${key}`;
  await sql`delete from pending_entry where shop_id = ${shopId} and flow_key = ${key} and due_at > ${now}`;
  await sql`
    insert into pending_entry (shop_id, flow_key, contact_id, visitor_id, due_at, about, items, locale)
    select ${shopId}, ${key}, "contactId", null, to_timestamp("dueAt" / 1000.0), about, '[]', locale
    from jsonb_to_recordset(${sql.json(entries as never)}) as e("contactId" uuid, "dueAt" numeric, about text, locale text)
    on conflict (shop_id, flow_key, contact_id, thing) do nothing`;
}

/** Somebody's days are others now: the shop's flows that begin on one look again at once. What is overdue stays so. */
export async function replanYearly({ sql, now }: Tx, shopId: string): Promise<void> {
  await sql`update flow set plan_at = ${now} where shop_id = ${shopId} and plan_at > ${now} and deleted_at is null`;
}
