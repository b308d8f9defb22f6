/** What the shop's server told of: each once, by the shop's own id. */

import type { Item } from '../core/catalogue/item.ts';
import type { Tx } from './connect.ts';
import type { toldEvent } from './schema/told.ts';

export type ToldEventRow = typeof toldEvent.$inferSelect;

/** False when this id has been told before. */
export async function insertToldEvent({ sql, now }: Tx, row: Omit<ToldEventRow, 'receivedAt'>): Promise<boolean> {
  const rows = await sql`
    insert into told_event (shop_id, id, name, contact_id, at, body, received_at)
    values (${row.shopId}, ${row.id}, ${row.name}, ${row.contactId}, ${row.at}, ${sql.json(row.body as never)}, ${now})
    on conflict do nothing returning id`;
  return rows.length > 0;
}

/**
 * Whoever waits for these items is asked into each of the flows at once, by the tick and a batch at a time, and waits no more.
 * Returns how many waited.
 */
export async function endWaiting(
  { sql, now }: Tx,
  {
    shopId,
    flowKeys,
    items,
    about,
  }: { shopId: string; flowKeys: readonly string[]; items: readonly Item[]; about: string },
): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    with back as (
      select item, item->>'id' as id from jsonb_array_elements(${sql.json(items as never)}) item
    ), over as (
      update waiting w set notified_at = ${now} from back
      where w.shop_id = ${shopId} and w.item_id = back.id and w.notified_at is null
      returning w.contact_id, w.locale, back.item
    ), people as (
      select contact_id, min(locale) as locale, jsonb_agg(item) as items from over group by contact_id
    ), planned as (
      insert into pending_entry (shop_id, flow_key, contact_id, visitor_id, due_at, about, items, locale)
      select ${shopId}, flow.key, contact_id, null, ${now}, ${about}, items, locale
      from people cross join jsonb_array_elements_text(${sql.json(flowKeys as never)}) flow(key)
      on conflict (shop_id, flow_key, contact_id, thing) do update set due_at = excluded.due_at, about = excluded.about, items = excluded.items
    )
    select count(*) as count from people`;
  return row?.count ?? 0;
}
