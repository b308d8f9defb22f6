/** What is counted of things over a shop's orders and visits of late: what goes with what, what sells, how soon it is bought again. */

import type { Item } from '../core/catalogue/item.ts';
import type { Measured } from '../core/catalogue/rhythm.ts';
import { UNDONE } from '../core/flows/order.ts';
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
        where shop_id = ${shopId} and placed_at > ${now - ORDERS_MS} and status not in ${sql(UNDONE)}
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
        or exists (select from product p where p.shop_id = ${shopId} and p.id = t.item_id and p.gone_at is null)
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
  /** As the catalogue has it, where there is one; with what is left of it. */
  item: Item;
  sold: number;
  viewed: number;
  arrivedAt: number | null;
}

/** New for so long. */
const NEW_MS = 30 * 86_400_000;

/** Of a tally joined as `t`, and the catalogue as `p`. */
const itemOf = ({ sql }: Pick<Tx, 'sql'>) => sql`
  case when p.id is null then t.item else t.item || jsonb_build_object('title', p.title, 'url', p.url, 'price', p.price, 'was', p.old_price,
    'currency', p.currency, 'image', coalesce(p.image, t.item->>'image'), 'stockLeft', p.stock,
    'available', case when p.gone_at is not null then false else coalesce(p.available, (t.item->>'available')::boolean) end) end`;

export interface TalliedPair extends Tallied {
  kind: 'bought' | 'viewed';
  with: string;
  total: number;
  count: number;
}

/** How soon these are bought again, by their ids; nothing of those that nobody bought twice. */
export async function measuredGaps(
  { sql }: Tx,
  shopId: string,
  ids: readonly string[],
): Promise<Record<string, Measured>> {
  if (ids.length === 0) return {};
  const rows = await sql<({ itemId: string } & Measured)[]>`
    select item_id, gap_days as days, gaps, gap_people as people from item_tally
    where shop_id = ${shopId} and item_id in ${sql(ids)} and gap_days is not null`;
  return Object.fromEntries(rows.map(({ itemId, ...measured }) => [itemId, measured]));
}

/** What people bought again, the most often first. */
export async function repeatedItems(
  { sql }: Tx,
  shopId: string,
  limit: number,
): Promise<({ item: Item } & Measured)[]> {
  return sql<({ item: Item } & Measured)[]>`
    select item, gap_days as days, gaps, gap_people as people from item_tally
    where shop_id = ${shopId} and gap_days is not null order by gaps desc, item_id limit ${limit}`;
}

/** Which of these the catalogue, or else the shop's pages, said last are sold out. */
export async function soldOutOf({ sql }: Tx, shopId: string, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await sql<{ itemId: string }[]>`
    select coalesce(t.item_id, p.id) as item_id
    from (select * from item_tally where shop_id = ${shopId} and item_id in ${sql(ids)}) t
    full join (select * from product where shop_id = ${shopId} and id in ${sql(ids)}) p on p.id = t.item_id
    where p.gone_at is not null or not coalesce(p.available, (t.item->>'available')::boolean, true)`;
  return new Set(rows.map(({ itemId }) => itemId));
}

/** What goes with these. */
export async function companionsOf({ sql, now }: Tx, shopId: string, ids: readonly string[]): Promise<TalliedPair[]> {
  if (ids.length === 0) return [];
  return sql<TalliedPair[]>`
    select pair.kind, pair.item_id as "with", case pair.kind when 'bought' then own.sold else own.viewed end as total, pair.count,
      ${itemOf({ sql })} as item, t.sold, t.viewed, case when p.arrived_at > ${now - NEW_MS} then p.arrived_at end as arrived_at
    from pair_tally pair
    join item_tally own on own.shop_id = pair.shop_id and own.item_id = pair.item_id
    join item_tally t on t.shop_id = pair.shop_id and t.item_id = pair.other_id
    left join product p on p.shop_id = pair.shop_id and p.id = pair.other_id
    where pair.shop_id = ${shopId} and pair.item_id in ${sql(ids)}`;
}

/** The most sold, then the most looked at: of a category, or (null) of the whole shop. */
export async function bestOf({ sql }: Tx, shopId: string, category: string | null, limit: number): Promise<Tallied[]> {
  return sql<Tallied[]>`
    select ${itemOf({ sql })} as item, t.sold, t.viewed, null as arrived_at from item_tally t
    left join product p on p.shop_id = t.shop_id and p.id = t.item_id
    where t.shop_id = ${shopId} ${category === null ? sql`` : sql`and t.category = ${category}`}
    order by t.sold desc, t.viewed desc, t.item_id limit ${limit}`;
}

/** What is new in the catalogue and for sale, the latest first. */
export async function freshOf(
  { sql, now }: Tx,
  shopId: string,
  limit: number,
): Promise<{ item: Item; categories: string[]; arrivedAt: number }[]> {
  return sql<{ item: Item; categories: string[]; arrivedAt: number }[]>`
    select jsonb_build_object('id', id, 'title', title, 'url', url, 'price', price, 'was', old_price, 'currency', currency, 'image', image,
      'category', categories->>-1, 'available', available, 'stockLeft', stock) as item, categories, arrived_at
    from product where shop_id = ${shopId} and arrived_at > ${now - NEW_MS} and gone_at is null and available is not false
    order by arrived_at desc, id limit ${limit}`;
}

export interface Leanings {
  /** Ids of what they bought, and the titles. */
  bought: string[];
  titles: string[];
  /** What they looked at, then what they bought: most often first. */
  categories: string[];
}

/** Of a contact: by their orders, and the visits of their browsers, the one that told their address among them. */
export async function leaningsOf({ sql, now }: Tx, shopId: string, contactId: string): Promise<Leanings> {
  const [row] = await sql<Leanings[]>`
    with bought as (
      select line->>'id' as id, line->>'title' as title, line->>'category' as category
      from "order" o cross join jsonb_array_elements(o.body->'items') line
      where o.shop_id = ${shopId} and o.contact_id = ${contactId} and o.status not in ${sql(UNDONE)}
    ), seen as materialized (
      select item->>'id' as id, item->>'category' as category, v.gift from (
        select shop_id, id from visitor where shop_id = ${shopId} and contact_id = ${contactId}
        union select shop_id, made_by from contact where shop_id = ${shopId} and id = ${contactId} and made_by is not null
      ) w
      join visit v on v.shop_id = w.shop_id and v.visitor_id = w.id
      cross join jsonb_array_elements((v.state->'viewed') || (v.state->'cart')) item
      where v.started_at > ${now - VISITS_MS}
    ), liked as (
      select category, min(place) as place, count(*) as count
      from (
        select 0 as place, category from seen where not gift
        -- What was found by way of presents was bought for somebody else.
        union all select 1, category from bought where id not in (select id from seen where gift)
      ) all_of_them
      where category is not null group by category
    )
    select (select coalesce(jsonb_agg(distinct id), '[]') from bought) as bought,
      (select coalesce(jsonb_agg(distinct title), '[]') from bought) as titles,
      (select coalesce(jsonb_agg(category order by place, count desc, category), '[]') from liked) as categories`;
  return row ?? { bought: [], titles: [], categories: [] };
}
