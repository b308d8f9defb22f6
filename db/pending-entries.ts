/** Who will enter a flow at some moment, unless something happens before. One row for a person, flow and thing. */

import type { Item } from '../core/catalogue/item.ts';
import type { Tx } from './connect.ts';
import type { pendingEntry } from './schema/flows.ts';

export type PendingEntryRow = typeof pendingEntry.$inferSelect;

/** Most are about no one thing of several. */
export type NewPendingEntry = Omit<PendingEntryRow, 'thing'> & Partial<Pick<PendingEntryRow, 'thing'>>;

/** Counts anew from the latest sign of life: a later word about the same person and flow replaces the earlier one. */
export async function planEntry({ sql }: Tx, row: NewPendingEntry): Promise<void> {
  await sql`
    insert into pending_entry (shop_id, flow_key, contact_id, thing, visitor_id, due_at, about, order_id, items, locale)
    values (${row.shopId}, ${row.flowKey}, ${row.contactId}, ${row.thing ?? ''}, ${row.visitorId}, ${row.dueAt}, ${row.about}, ${row.orderId},
      ${sql.json(row.items as Item[] as never)}, ${row.locale})
    on conflict (shop_id, flow_key, contact_id, thing) do update set visitor_id = excluded.visitor_id, due_at = excluded.due_at,
      about = excluded.about, order_id = excluded.order_id, items = excluded.items, locale = excluded.locale`;
}

export async function cancelEntries(
  { sql }: Tx,
  { shopId, contactId, flowKeys }: { shopId: string; contactId: string; flowKeys: readonly string[] },
): Promise<void> {
  if (flowKeys.length === 0) return;
  await sql`
    delete from pending_entry where shop_id = ${shopId} and contact_id = ${contactId} and flow_key in ${sql(flowKeys)}`;
}

/** Waits until then at least, where something is waited for. */
export async function deferEntry(
  { sql }: Tx,
  { shopId, contactId, flowKey }: { shopId: string; contactId: string; flowKey: string },
  until: number,
): Promise<void> {
  await sql`
    update pending_entry set due_at = greatest(due_at, ${until}::timestamptz)
    where shop_id = ${shopId} and contact_id = ${contactId} and flow_key = ${flowKey}`;
}

export interface PendingOf {
  shopId: string;
  contactId: string;
  flowKeys: readonly string[];
}

/** Takes these things out of what is waited for; who waits for nothing else waits no more. */
export async function forgetItems(
  { sql }: Tx,
  { shopId, contactId, flowKeys }: PendingOf,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return;
  await sql`
    update pending_entry set items = (select coalesce(jsonb_agg(item), '[]') from jsonb_array_elements(items) item where item->>'id' not in ${sql(ids)})
    where shop_id = ${shopId} and contact_id = ${contactId} and flow_key in ${sql(flowKeys)}`;
  await sql`
    delete from pending_entry where shop_id = ${shopId} and contact_id = ${contactId} and flow_key in ${sql(flowKeys)} and items = '[]'`;
}

export async function cancelOfOrder(
  { sql }: Tx,
  { shopId, contactId, flowKeys }: PendingOf,
  orderId: string,
): Promise<void> {
  await sql`
    delete from pending_entry where shop_id = ${shopId} and contact_id = ${contactId} and flow_key in ${sql(flowKeys)} and order_id = ${orderId}`;
}

/** Takes up to `limit` whose moment has come, skipping those that another worker holds. */
export async function takeDueEntries({ sql, now }: Tx, limit: number): Promise<PendingEntryRow[]> {
  return sql<PendingEntryRow[]>`
    delete from pending_entry where (shop_id, flow_key, contact_id, thing) in (
      select shop_id, flow_key, contact_id, thing from pending_entry where due_at <= ${now}
      order by due_at limit ${limit} for update skip locked
    ) returning *`;
}

export type PlannedEntry = Pick<PendingEntryRow, 'contactId' | 'thing' | 'dueAt' | 'about' | 'items' | 'locale'>;

/** The same for many of one flow. */
export async function planEntries(
  { sql }: Tx,
  { shopId, flowKey }: Pick<PendingEntryRow, 'shopId' | 'flowKey'>,
  entries: readonly PlannedEntry[],
): Promise<void> {
  if (entries.length === 0) return;
  await sql`
    insert into pending_entry (shop_id, flow_key, contact_id, thing, visitor_id, due_at, about, items, locale)
    select ${shopId}, ${flowKey}, "contactId", thing, null, to_timestamp("dueAt" / 1000.0), about, items, locale
    from jsonb_to_recordset(${sql.json(entries as never)})
      as e("contactId" uuid, thing text, "dueAt" numeric, about text, items jsonb, locale text)
    on conflict (shop_id, flow_key, contact_id, thing) do update set due_at = excluded.due_at, about = excluded.about,
      items = excluded.items, locale = excluded.locale`;
}

/** Of one thing of one person, whatever stands before the first colon. */
export async function cancelThing(
  { sql }: Tx,
  { shopId, contactId, flowKeys, id }: { shopId: string; contactId: string; flowKeys: readonly string[]; id: string },
): Promise<void> {
  if (flowKeys.length === 0) return;
  await sql`
    delete from pending_entry where shop_id = ${shopId} and flow_key in ${sql(flowKeys)} and contact_id = ${contactId}
      and substr(thing, strpos(thing, ':') + 1) = ${id}`;
}
