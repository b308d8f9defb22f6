/** What happened in the catalogue that somebody may want to hear of, and who that is. */

import type { Item } from '../core/catalogue/item.ts';
import { UNDONE } from '../core/flows/order.ts';
import type { NewsOn } from '../core/flows/past-news.ts';
import type { Tx } from './connect.ts';
import type { ProductRow } from './products.ts';

/** Something came back, became cheaper or is new since then: to be told. What is older and untold is told with it. */
export async function markNews(
  { sql }: Tx,
  { shopId, importId }: { shopId: string; importId: string },
  since: number,
): Promise<void> {
  await sql`
    update product set news_at = least(news_at, ${since}) where shop_id = ${shopId} and import_id = ${importId}
      and (back_at >= ${since} or dropped_at >= ${since} or arrived_at >= ${since})`;
}

/** Takes what is to be told of one shop, skipping what another worker holds. Each `newsAt` says since when something is news. */
export async function takeNews({ sql }: Tx, limit: number): Promise<ProductRow[]> {
  return sql<ProductRow[]>`
    with oldest as (
      select shop_id from product where news_at is not null order by news_at limit 1
    ), taken as (
      select p.* from product p join oldest using (shop_id) where p.news_at is not null
      order by p.id limit ${limit} for update of p skip locked
    ), told as (
      update product set news_at = null from taken where product.shop_id = taken.shop_id and product.id = taken.id
    )
    select * from taken`;
}

export interface Interested {
  contactId: string;
  locale: string;
  /** Of those asked about, as pages call them. */
  ids: string[];
}

/** Who looked at any of these or carted it since then, wants letters, and has not bought it after. */
export async function interestedIn(
  { sql, now }: Tx,
  shopId: string,
  { ids, since, unasked }: { ids: readonly string[]; since: number; unasked: boolean },
): Promise<Interested[]> {
  return sql<Interested[]>`
    with wanted as (select distinct jsonb_array_elements_text(${sql.json(ids as never)}) as id),
    seen as (
      select w.contact_id, item->>'id' as id, max(v.last_at) as at
      from visitor w
      join visit v on v.shop_id = w.shop_id and v.visitor_id = w.id and v.last_at > ${since}
      cross join lateral jsonb_array_elements((v.state->'viewed') || (v.state->'cart')) item
      where w.shop_id = ${shopId} and w.contact_id is not null and item->>'id' in (select id from wanted)
      group by 1, 2
    )
    select s.contact_id, c.locale, jsonb_agg(s.id order by s.at desc) as ids
    from seen s join contact c on c.shop_id = ${shopId} and c.id = s.contact_id and c.marketing = 'subscribed'
    where not exists (
      select from "order" o where o.shop_id = ${shopId} and o.contact_id = s.contact_id and o.placed_at >= s.at
        and o.status not in ${sql(UNDONE)} and o.body->'items' @> jsonb_build_array(jsonb_build_object('id', s.id))
    ) and (${!unasked} or not exists (
      select from waiting where waiting.shop_id = ${shopId} and waiting.contact_id = s.contact_id and waiting.item_id = s.id
        and (notified_at is null or notified_at > ${now - 86_400_000})
    ))
    group by 1, 2`;
}

/** Whose visits of late were in the sections of these, and which of them they have not seen. */
export async function likersOf(
  { sql }: Tx,
  shopId: string,
  { ids, since }: { ids: readonly string[]; since: number },
): Promise<Interested[]> {
  return sql<Interested[]>`
    with fresh as (
      select p.id, p.group_id, p.arrived_at, lower(category) as category from product p
      cross join lateral jsonb_array_elements_text(p.categories) category
      where p.shop_id = ${shopId} and p.id = any(array(select jsonb_array_elements_text(${sql.json(ids as never)})))
    ), seen as (
      select distinct w.contact_id, item->>'id' as id, item->>'category' as category
      from visitor w
      join contact c on c.shop_id = w.shop_id and c.id = w.contact_id and c.marketing = 'subscribed'
      join visit v on v.shop_id = w.shop_id and v.visitor_id = w.id and v.last_at > ${since} and not v.gift
      cross join lateral jsonb_array_elements((v.state->'viewed') || (v.state->'cart')) item
      where w.shop_id = ${shopId}
    ), liked as (
      -- A page may tell the whole path; the section is its last part.
      select contact_id, lower(trim(regexp_replace(category, '^.*[>/|]', ''))) as category from seen where category is not null
      union
      select s.contact_id, lower(p.categories->>-1) from seen s
      join product p on p.shop_id = ${shopId} and p.id = s.id where p.categories <> '[]'
    ), matched as (
      select distinct l.contact_id, f.id, f.arrived_at from liked l join fresh f using (category)
      where not exists (select from seen s where s.contact_id = l.contact_id and s.id in (f.id, f.group_id))
    )
    select m.contact_id, c.locale, jsonb_agg(m.id order by m.arrived_at desc, m.id) as ids
    from matched m join contact c on c.shop_id = ${shopId} and c.id = m.contact_id group by 1, 2`;
}

export interface NewsEntry {
  contactId: string;
  locale: string;
  items: readonly Item[];
}

/** More than a letter shows, so that some are left when others have gone meanwhile. */
const MOST_ITEMS = 12;

/**
 * Asks these into the flow some time from now; what is told until then comes with it. With `rest` (ms) not before that much has passed
 * since they last entered.
 */
export async function planNews(
  { sql, now }: Tx,
  {
    shopId,
    flowKey,
    about,
    afterMs,
    restMs,
    entries,
  }: {
    shopId: string;
    flowKey: string;
    about: string;
    afterMs: number;
    restMs: number;
    entries: readonly NewsEntry[];
  },
): Promise<void> {
  if (entries.length === 0) return;
  await sql`
    insert into pending_entry (shop_id, flow_key, contact_id, visitor_id, due_at, about, items, locale)
    select ${shopId}, ${flowKey}, e."contactId", null, greatest(${now + afterMs}::timestamptz, (
      select max(entered_at) from enrollment
      where shop_id = ${shopId} and contact_id = e."contactId" and flow_key = ${flowKey}
    ) + make_interval(secs => ${restMs / 1_000}::float8)), ${about}, e.items, e.locale
    from jsonb_to_recordset(${sql.json(entries as never)}) as e("contactId" uuid, locale text, items jsonb)
    on conflict (shop_id, flow_key, contact_id, thing) do update set about = excluded.about, items = (
      select jsonb_agg(item order by place) from (
        select distinct on (item->>'id') item, place from jsonb_array_elements(excluded.items || pending_entry.items)
          with ordinality all_items(item, place) order by item->>'id', place
      ) once where place <= ${MOST_ITEMS}
    )`;
}

const HAPPENED: Record<NewsOn, string> = {
  item_back: 'back_at',
  item_price_dropped: 'dropped_at',
  items_arrived: 'arrived_at',
};

/** What can be bought now and had news of this kind since then, in pages of `limit` by id. */
export async function productsWithNews(
  { sql }: Tx,
  shopId: string,
  { on, since, after, limit }: { on: NewsOn; since: number; after: string | null; limit: number },
): Promise<ProductRow[]> {
  return sql<ProductRow[]>`
    select * from product where shop_id = ${shopId} and gone_at is null and available is distinct from false
      and ${sql(HAPPENED[on])} >= ${since} ${after === null ? sql`` : sql`and id > ${after}`}
    order by id limit ${limit}`;
}

/** The section of each of these in the catalogue, lower case, by its id. */
export async function sectionsOf({ sql }: Tx, shopId: string, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await sql<{ id: string; section: string }[]>`
    select id, lower(categories->>-1) as section from product where shop_id = ${shopId} and categories <> '[]'
      and id = any(array(select jsonb_array_elements_text(${sql.json(ids as never)})))`;
  return new Map(rows.map(({ id, section }) => [id, section]));
}
