/** Flows that begin on a day of the year, and whose day comes. */

import type { EntryEvent } from '../core/flows/flow.ts';
import type { Tx } from './connect.ts';

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

/** When the flow is planned again; null: not until it changes. What was planned for it from now on is taken back. */
export async function beginPlan(
  { sql, now }: Tx,
  { shopId, key, planAt }: { shopId: string; key: string; planAt: number | null },
): Promise<void> {
  await sql`update flow set plan_at = ${planAt} where shop_id = ${shopId} and key = ${key}`;
  await sql`delete from pending_entry where shop_id = ${shopId} and flow_key = ${key} and due_at > ${now}`;
}

export interface KeptDate {
  shopId: string;
  contactId: string;
  field: string;
  /** `MM-DD` or `YYYY-MM-DD`. */
  date: string;
  locale: string;
  /** Their IANA zone, else the shop's. */
  zone: string;
}

/** Whose date of this name is on one of these days (`MM-DD`). */
export async function keptOn({ sql }: Tx, shopId: string, field: string, days: readonly string[]): Promise<KeptDate[]> {
  return sql<KeptDate[]>`
    select a.shop_id, a.contact_id, a.field, a.date, c.locale, coalesce(c.timezone, s.timezone) as zone
    from anniversary a join contact c on c.shop_id = a.shop_id and c.id = a.contact_id join shop s on s.id = a.shop_id
    where a.shop_id = ${shopId} and a.field = ${field} and a.day in ${sql(days)}`;
}

/** The zones in which the shop's contacts live. */
export async function zonesOf({ sql }: Tx, shopId: string): Promise<string[]> {
  const rows = await sql<{ zone: string }[]>`
    select distinct coalesce(c.timezone, s.timezone) as zone from contact c join shop s on s.id = c.shop_id where c.shop_id = ${shopId}`;
  return rows.map(({ zone }) => zone);
}

/** Everybody in one zone at once: a holiday is the whole shop's. */
export async function planForZone(
  { sql }: Tx,
  { shopId, flowKey, zone, subscribed }: { shopId: string; flowKey: string; zone: string; subscribed: boolean },
  { thing, about, dueAt }: { thing: string; about: string; dueAt: number },
): Promise<void> {
  await sql`
    insert into pending_entry (shop_id, flow_key, contact_id, thing, visitor_id, due_at, about, items, locale)
    select c.shop_id, ${flowKey}, c.id, ${thing}, null, ${dueAt}, ${about}, '[]', c.locale
    from contact c join shop s on s.id = c.shop_id
    where c.shop_id = ${shopId} and coalesce(c.timezone, s.timezone) = ${zone} and (${!subscribed} or c.marketing = 'subscribed')
    on conflict (shop_id, flow_key, contact_id, thing) do update set due_at = excluded.due_at, about = excluded.about`;
}

/** Flows that begin with this are looked through anew, at once. */
export async function replanFlows({ sql, now }: Tx, shopId: string, on: EntryEvent): Promise<void> {
  await sql`
    update flow set plan_at = ${now} from flow_version v
    where flow.shop_id = ${shopId} and flow.deleted_at is null and v.shop_id = flow.shop_id and v.key = flow.key
      and v.version = flow.version and v.definition->'entry'->>'on' = ${on}`;
}

/** Takes up to `limit` dates that were told since flows looked for them, skipping those that another worker holds. */
export async function takeFreshDates({ sql }: Tx, limit: number): Promise<KeptDate[]> {
  return sql<KeptDate[]>`
    with fresh as (
      select shop_id, contact_id, field from anniversary where fresh limit ${limit} for update skip locked
    ), taken as (
      update anniversary a set fresh = false from fresh
      where a.shop_id = fresh.shop_id and a.contact_id = fresh.contact_id and a.field = fresh.field
      returning a.shop_id, a.contact_id, a.field, a.date
    )
    select taken.*, c.locale, coalesce(c.timezone, s.timezone) as zone from taken
    join contact c on c.shop_id = taken.shop_id and c.id = taken.contact_id join shop s on s.id = taken.shop_id`;
}

/** Somebody lives in another zone now: their days begin at other moments. */
export async function freshenDates({ sql }: Tx, shopId: string, contactId: string): Promise<void> {
  await sql`update anniversary set fresh = true where shop_id = ${shopId} and contact_id = ${contactId}`;
}

/** The date of this name, or null where there is none any more. */
export async function dateOf(
  { sql }: Tx,
  { shopId, contactId, field }: Pick<KeptDate, 'shopId' | 'contactId' | 'field'>,
): Promise<string | null> {
  const [row] = await sql<{ date: string }[]>`
    select date from anniversary where shop_id = ${shopId} and contact_id = ${contactId} and field = ${field}`;
  return row?.date ?? null;
}
