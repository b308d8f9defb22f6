/** What is stored of contacts, gathered for the conditions of flows and segments. */

import type { ContactFact, ContactFactsInput } from '../core/contacts/contact-facts.ts';
import { UNDONE } from '../core/flows/order.ts';
import type { Tx } from './connect.ts';

export type StoredFacts = Omit<ContactFactsInput, 'now'>;

/** How far back interests reach. */
const INTEREST_MS = 90 * 86_400_000;

/** By contact id. Where no condition asks for `rfm.*`, the shop's buyers are not ranked: that reads all of them. */
export async function storedFacts(
  tx: Tx,
  shopId: string,
  contactIds: readonly string[],
  asked: ReadonlySet<ContactFact>,
): Promise<Map<string, StoredFacts>> {
  const facts = new Map<string, StoredFacts>();
  if (contactIds.length === 0) return facts;
  const ranked = ['rfm.recency', 'rfm.frequency', 'rfm.monetary'].some((fact) => asked.has(fact as ContactFact));
  const ranks = ranked ? await rankBuyers(tx, shopId, contactIds) : new Map();
  for (const row of await gather(tx, shopId, contactIds)) {
    const { id, ...stored } = row;
    facts.set(id, { ...stored, rfm: ranks.get(id) ?? null });
  }
  return facts;
}

const gather = ({ sql, now }: Tx, shopId: string, ids: readonly string[]) => sql<
  (Omit<StoredFacts, 'rfm'> & { id: string })[]
>`
  select c.id, c.tags, c.reason, c.nps, c.source, c.locale, c.city, c.birthday, c.marketing = 'subscribed' as subscribed,
    coalesce(c.timezone, s.timezone) as time_zone,
    (select coalesce(jsonb_agg(segment_key), '[]') from segment_member where shop_id = c.shop_id and contact_id = c.id) as segments,
    bought.orders, bought.spent, bought.first_order_at, bought.last_order_at,
    jsonb_build_object('ids', bought.ids, 'categories', bought.categories) as bought,
    seen.last_visit_at, seen.last_view_at, seen.last_cart_at,
    jsonb_build_object('ids', seen.ids, 'categories', seen.categories) as interests,
    mail.opened, mail.clicked, mail.last_click_at,
    exists (select from code where code.shop_id = c.shop_id and code.contact_id = c.id and code.status = 'redeemed') as code_used
  from contact c
  join shop s on s.id = c.shop_id
  cross join lateral (
    select count(*) as orders, coalesce(sum(total) filter (where currency = s.currency), 0) as spent,
      min(placed_at) as first_order_at, max(placed_at) as last_order_at,
      coalesce((select jsonb_agg(distinct line->>'id') from "order" o cross join jsonb_array_elements(o.body->'items') line
        where o.shop_id = c.shop_id and o.contact_id = c.id and o.status not in ${sql(UNDONE)}), '[]') as ids,
      coalesce((select jsonb_agg(distinct line->>'category') filter (where line->>'category' is not null)
        from "order" o cross join jsonb_array_elements(o.body->'items') line
        where o.shop_id = c.shop_id and o.contact_id = c.id and o.status not in ${sql(UNDONE)}), '[]') as categories
    from "order" where shop_id = c.shop_id and contact_id = c.id and status not in ${sql(UNDONE)}
  ) bought
  cross join lateral (
    select max(v.last_at) as last_visit_at,
      max(v.last_at) filter (where v.state->'viewed' <> '[]') as last_view_at,
      max(v.last_at) filter (where v.state->'cart' <> '[]') as last_cart_at,
      coalesce(jsonb_agg(distinct item->>'id') filter (where v.last_at > ${now - INTEREST_MS} and not v.gift and item is not null), '[]') as ids,
      coalesce(jsonb_agg(distinct item->>'category')
        filter (where v.last_at > ${now - INTEREST_MS} and not v.gift and item->>'category' is not null), '[]') as categories
    from visitor w join visit v on v.shop_id = w.shop_id and v.visitor_id = w.id
    left join lateral jsonb_array_elements((v.state->'viewed') || (v.state->'cart')) item on true
    where w.shop_id = c.shop_id and w.contact_id = c.id
  ) seen
  cross join lateral (
    select count(*) filter (where opened_at is not null) as opened, count(*) filter (where clicked_at is not null) as clicked,
      max(clicked_at) as last_click_at
    from message where shop_id = c.shop_id and contact_id = c.id and (opened_at is not null or clicked_at is not null)
  ) mail
  where c.shop_id = ${shopId} and c.id in ${sql(ids)}`;

type Rank = { recency: number; frequency: number; monetary: number };

/** Fifths of the shop's buyers, 5 the best. */
async function rankBuyers({ sql }: Tx, shopId: string, ids: readonly string[]): Promise<Map<string, Rank>> {
  const rows = await sql<(Rank & { id: string })[]>`
    select * from (
      select contact_id as id, ntile(5) over (order by max(placed_at)) as recency, ntile(5) over (order by count(*)) as frequency,
        ntile(5) over (order by sum(total)) as monetary
      from "order" where shop_id = ${shopId} and contact_id is not null and status not in ${sql(UNDONE)} group by contact_id
    ) ranked where id in ${sql(ids)}`;
  return new Map(rows.map(({ id, ...rank }) => [id, rank]));
}

/** The hour, 0–23, at which most visits and clicks of the contact began, else of the whole shop; null where nobody came. */
export async function usualHour(
  { sql, now }: Tx,
  { shopId, contactId, zone }: { shopId: string; contactId: string; zone: string },
): Promise<number | null> {
  const since = now - INTEREST_MS;
  const [own] = await sql<{ hour: number; seen: number }[]>`
    with moments as (
      select v.started_at as at from visitor w join visit v on v.shop_id = w.shop_id and v.visitor_id = w.id
      where w.shop_id = ${shopId} and w.contact_id = ${contactId} and v.started_at > ${since}
      union all select clicked_at from message
      where shop_id = ${shopId} and contact_id = ${contactId} and clicked_at > ${since}
    )
    select extract(hour from at at time zone ${zone})::int as hour, sum(count(*)) over () as seen
    from moments group by 1 order by count(*) desc, 1 limit 1`;
  if (own && own.seen >= 3) return own.hour;
  const [shop] = await sql<{ hour: number }[]>`
    select extract(hour from started_at at time zone ${zone})::int as hour from visit
    where shop_id = ${shopId} and started_at > ${now - 14 * 86_400_000} group by 1 order by count(*) desc, 1 limit 1`;
  return shop?.hour ?? null;
}
