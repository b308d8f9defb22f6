/** How likely people said they would recommend the shop, counted by month and by what they had bought. */

import type { NpsCounts } from '../core/stats/net-score.ts';
import type { Tx } from './connect.ts';

export interface NpsRow extends NpsCounts {
  /** "2026-11" in the shop's zone; null: all of them. */
  month: string | null;
  /** Null where it is not known; see `everyCategory`. */
  category: string | null;
  /** Not one category but all. */
  everyCategory: boolean;
}

export interface NpsPeriod {
  shopId: string;
  from: number;
  to: number;
  timeZone: string;
}

/**
 * The sum of all, each month, each category, and each category of a month. The latest answer to a letter counts, once in each category of
 * the order that the letter was about.
 */
export async function npsRows({ sql }: Tx, { shopId, from, to, timeZone }: NpsPeriod): Promise<NpsRow[]> {
  return sql<NpsRow[]>`
    with answer as (
      select d.key, to_char(d.at at time zone ${timeZone}, 'YYYY-MM') as month, (d.detail->>'nps')::int as score, e.order_id, e.items
      from delivery_event d
      left join message m on m.id = d.message_id
      left join enrollment e on e.id = m.enrollment_id
      where d.shop_id = ${shopId} and d.kind = 'answered' and d.at >= ${from} and d.at < ${to} and d.detail ? 'nps'
    ), placed as (
      select a.key, a.month, a.score, of.category
      from answer a
      left join "order" o on o.shop_id = ${shopId} and o.id = a.order_id
      left join lateral (
        select distinct nullif(trim(line->>'category'), '') as category
        from jsonb_array_elements(coalesce(o.body->'items', a.items, '[]')) line
        where nullif(trim(line->>'category'), '') is not null
      ) of on true
    )
    select month, category, grouping(category) = 1 as every_category,
      count(distinct key) filter (where score >= 9) as promoters,
      count(distinct key) filter (where score in (7, 8)) as passives,
      count(distinct key) filter (where score <= 6) as critics
    from placed
    group by grouping sets ((), (month), (category), (month, category))
    order by month nulls first, every_category desc, category nulls last`;
}
