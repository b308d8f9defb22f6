/** What is counted of things over a shop's orders and visits of late: what goes with what, what sells, how soon it is bought again. */

import type { Item } from '../core/item.ts';
import type { Tx } from './connect.ts';

/** The latest so many are counted, so that the time that it takes has a bound. */
const MOST_ORDERS = 20_000;
const MOST_VISITS = 20_000;
/** Of one order or visit: whoever has more compares everything with everything. */
const MOST_LINES = 20;
const MOST_SEEN = 12;
/** What is kept, so that the room has one, too. */
const MOST_ITEMS = 5_000;
const MOST_COMPANIONS = 20;
const ORDERS_MS = 365 * 86_400_000;
const VISITS_MS = 90 * 86_400_000;
/** Prices told longer ago may be old ones. */
const PRICES_MS = 14 * 86_400_000;
/** A page can be forged: what no order vouches for must have been seen from so many networks. */
const LEAST_NETWORKS = 5;

/** Locks the shop that has waited longest to be counted, passing over what another worker holds; null when none is due. */
export async function lockTallyDue({ sql, now }: Tx): Promise<string | null> {
  const [row] = await sql<{ shopId: string }[]>`
    select shop_id from tally_turn where due_at <= ${now} order by due_at limit 1 for update skip locked`;
  return row?.shopId ?? null;
}

export async function putTallyOff({ sql, now }: Tx, shopId: string, dueAt: number, counted: boolean): Promise<void> {
  await sql`
    update tally_turn set due_at = ${dueAt}, counted_at = ${counted ? sql`${now}` : sql`counted_at`} where shop_id = ${shopId}`;
}

/** Counts a shop anew, in place of what was counted: what was refunded or erased meanwhile is in it no more. */
export async function countTallies({ sql, now }: Tx, shopId: string): Promise<void> {
  await sql`delete from pair_tally where shop_id = ${shopId}`;
  await sql`delete from item_tally where shop_id = ${shopId}`;
  await sql`
    with bought as materialized (
      select distinct on (o.id, l.line->>'id') o.id as order_id, o.contact_id, o.placed_at, o.currency, l.line->>'id' as item_id, l.line
      from (
        select id, contact_id, placed_at, currency, body from "order"
        where shop_id = ${shopId} and placed_at > ${now - ORDERS_MS} and status not in ('cancelled', 'refunded')
        order by placed_at desc limit ${MOST_ORDERS}
      ) o
      cross join lateral (select line from jsonb_array_elements(o.body->'items') line limit ${MOST_LINES}) l
    ), sold as (
      select item_id, count(*) as sold,
        (array_agg(line || jsonb_build_object('currency', currency) order by placed_at desc))[1] as line
      from bought group by item_id
    ), gaps as (
      select item_id, contact_id, extract(epoch from day - lag(day) over (partition by item_id, contact_id order by day)) / 86400 as days
      from (select distinct item_id, contact_id, date_trunc('day', placed_at) as day from bought where contact_id is not null) days
    ), rhythm as (
      select item_id, percentile_cont(0.5) within group (order by days) as gap_days, count(*) as gaps, count(distinct contact_id) as people
      from gaps where days is not null group by item_id
    ), seen as materialized (
      select distinct on (v.id, i.item->>'id') v.id as visit_id, v.visitor_id, v.network, v.started_at, i.item->>'id' as item_id, i.item
      from (
        select id, visitor_id, network, started_at, state from visit
        where shop_id = ${shopId} and started_at > ${now - VISITS_MS}
        order by started_at desc limit ${MOST_VISITS}
      ) v
      cross join lateral (
        select item from jsonb_array_elements((v.state->'viewed') || (v.state->'cart')) with ordinality all_items(item, place)
        order by place desc limit ${MOST_SEEN}
      ) i
    ), told as (
      select item_id, count(distinct visitor_id) as viewed, count(distinct network) as networks,
        mode() within group (order by item->>'title') as title, mode() within group (order by item->>'url') as url,
        mode() within group (order by item->>'image') as image, mode() within group (order by item->>'category') as category,
        mode() within group (order by item->'price') filter (where started_at > ${now - PRICES_MS} and item->>'price' is not null) as price,
        mode() within group (order by item->>'currency') as currency,
        (array_agg(item->'available' order by started_at desc) filter (where jsonb_typeof(item->'available') = 'boolean'))[1] as available
      from seen group by item_id
    ), known as (
      select coalesce(s.item_id, t.item_id) as item_id, coalesce(s.sold, 0) as sold, coalesce(t.viewed, 0) as viewed,
        coalesce(s.line->>'category', t.category) as category,
        jsonb_build_object('id', coalesce(s.item_id, t.item_id), 'title', coalesce(nullif(s.line->>'title', ''), t.title),
          'url', coalesce(nullif(s.line->>'url', ''), t.url, ''), 'image', coalesce(s.line->>'image', t.image),
          'category', coalesce(s.line->>'category', t.category), 'available', t.available,
          -- What the shop sold it for and what its pages show now must agree.
          'price', case when s.item_id is null then t.price when t.price is null or t.price = s.line->'price' then s.line->'price' end,
          'currency', coalesce(s.line->>'currency', t.currency)) as item
      from sold s full join told t on t.item_id = s.item_id
      where s.item_id is not null or t.networks >= ${LEAST_NETWORKS}
      order by coalesce(s.sold, 0) * 10 + coalesce(t.viewed, 0) desc limit ${MOST_ITEMS}
    ), kept as (
      insert into item_tally (shop_id, item_id, item, category, sold, viewed, gap_days, gaps, gap_people)
      select ${shopId}, k.item_id, k.item, k.category, k.sold, k.viewed, r.gap_days, coalesce(r.gaps, 0), coalesce(r.people, 0)
      from known k left join rhythm r on r.item_id = k.item_id
    ), pairs as (
      select 'bought' as kind, one.item_id, other.item_id as other_id, count(*) as count
      from bought one join bought other on other.order_id = one.order_id and other.item_id <> one.item_id
      group by one.item_id, other.item_id having count(*) >= 2
      union all
      select 'viewed', one.item_id, other.item_id, count(distinct one.visitor_id)
      from seen one join seen other on other.visit_id = one.visit_id and other.item_id <> one.item_id
      group by one.item_id, other.item_id having count(*) >= 3
    ), ranked as (
      select p.*, row_number() over (partition by p.kind, p.item_id order by
        p.count / sqrt(case p.kind when 'bought' then o.sold else o.viewed end) * p.count / (p.count + 2.0) desc, p.other_id) as place
      from pairs p join known k on k.item_id = p.item_id join known o on o.item_id = p.other_id
    )
    insert into pair_tally (shop_id, kind, item_id, other_id, count)
    select ${shopId}, kind, item_id, other_id, count from ranked where place <= ${MOST_COMPANIONS}`;
}

export interface Tallied {
  item: Item;
  sold: number;
  viewed: number;
}

export interface TalliedPair extends Tallied {
  kind: 'bought' | 'viewed';
  with: string;
  total: number;
  count: number;
}

/** Which of these the shop's pages said last are sold out. */
export async function soldOutOf({ sql }: Tx, shopId: string, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await sql<{ itemId: string }[]>`
    select item_id from item_tally where shop_id = ${shopId} and item_id in ${sql(ids)} and item->'available' = 'false'`;
  return new Set(rows.map(({ itemId }) => itemId));
}

/** What goes with these. */
export async function companionsOf({ sql }: Tx, shopId: string, ids: readonly string[]): Promise<TalliedPair[]> {
  if (ids.length === 0) return [];
  return sql<TalliedPair[]>`
    select p.kind, p.item_id as "with", case p.kind when 'bought' then own.sold else own.viewed end as total, p.count,
      other.item, other.sold, other.viewed
    from pair_tally p
    join item_tally own on own.shop_id = p.shop_id and own.item_id = p.item_id
    join item_tally other on other.shop_id = p.shop_id and other.item_id = p.other_id
    where p.shop_id = ${shopId} and p.item_id in ${sql(ids)}`;
}

/** The most sold, then the most looked at: of a category, or (null) of the whole shop. */
export async function bestOf({ sql }: Tx, shopId: string, category: string | null, limit: number): Promise<Tallied[]> {
  return sql<Tallied[]>`
    select item, sold, viewed from item_tally
    where shop_id = ${shopId} ${category === null ? sql`` : sql`and category = ${category}`}
    order by sold desc, viewed desc, item_id limit ${limit}`;
}

export interface Leanings {
  /** Ids of what they bought, and the titles. */
  bought: string[];
  titles: string[];
  /** What they looked at, then what they bought: most often first. */
  categories: string[];
}

/** Of a contact: by their orders, and the visits that are surely theirs. */
export async function leaningsOf({ sql, now }: Tx, shopId: string, contactId: string): Promise<Leanings> {
  const [row] = await sql<Leanings[]>`
    with bought as (
      select line->>'id' as id, line->>'title' as title, line->>'category' as category
      from "order" o cross join jsonb_array_elements(o.body->'items') line
      where o.shop_id = ${shopId} and o.contact_id = ${contactId} and o.status not in ('cancelled', 'refunded')
    ), seen as (
      select item->>'category' as category from visitor w
      join visit v on v.shop_id = w.shop_id and v.visitor_id = w.id
      cross join jsonb_array_elements((v.state->'viewed') || (v.state->'cart')) item
      where w.shop_id = ${shopId} and w.contact_id = ${contactId} and v.started_at > ${now - VISITS_MS}
    ), liked as (
      select category, min(place) as place, count(*) as count
      from (select 0 as place, category from seen union all select 1, category from bought) all_of_them
      where category is not null group by category
    )
    select (select coalesce(jsonb_agg(distinct id), '[]') from bought) as bought,
      (select coalesce(jsonb_agg(distinct title), '[]') from bought) as titles,
      (select coalesce(jsonb_agg(category order by place, count desc, category), '[]') from liked) as categories`;
  return row ?? { bought: [], titles: [], categories: [] };
}
