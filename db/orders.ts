/** Orders as the shop tells them: a later word about the same order replaces the earlier one. */

import type { Duration } from '../core/values/duration.ts';
import type { Tx } from './connect.ts';
import type { order } from './schema/orders.ts';

export type OrderRow = typeof order.$inferSelect;

export async function saveOrder(
  { sql, now }: Tx,
  row: Omit<OrderRow, 'receivedAt' | 'updatedAt'>,
): Promise<{ order: OrderRow; created: boolean }> {
  const [saved] = await sql<(OrderRow & { created: boolean })[]>`
    insert into "order" (shop_id, id, status, contact_id, visitor_id, total, currency, placed_at, body, received_at, updated_at)
    values (${row.shopId}, ${row.id}, ${row.status}, ${row.contactId}, ${row.visitorId}, ${row.total}, ${row.currency}, ${row.placedAt},
      ${sql.json(row.body as never)}, ${now}, ${now})
    on conflict (shop_id, id) do update set status = excluded.status, contact_id = coalesce(excluded.contact_id, "order".contact_id),
      visitor_id = coalesce(excluded.visitor_id, "order".visitor_id), total = excluded.total, currency = excluded.currency,
      placed_at = excluded.placed_at, body = excluded.body, updated_at = excluded.updated_at
    returning *, (xmax = 0) as created`;
  if (!saved) throw new Error('upsert of order returned nothing');
  const { created, ...order } = saved;
  return { order, created };
}

export async function orderById({ sql }: Tx, shopId: string, id: string): Promise<OrderRow | null> {
  const [row] = await sql<OrderRow[]>`select * from "order" where shop_id = ${shopId} and id = ${id}`;
  return row ?? null;
}

export interface Buyer {
  contactId: string | null;
  visitorId: string | null;
}

export interface ChainOfBuyer {
  id: string;
  /** It runs, and ends when its person buys. */
  ends: boolean;
  enteredAt: number;
  /** How long after entering a purchase is what the flow was for; null where that has been, or is nothing to the flow. */
  goalWithin: Duration | null;
  /** The person's IANA zone, else the shop's. */
  zone: string;
}

/** Locks the chains of this person that began before `at` and that a purchase means something to. */
export async function lockChainsOfBuyer(
  { sql }: Tx,
  shopId: string,
  { contactId, visitorId }: Buyer,
  at: number,
): Promise<ChainOfBuyer[]> {
  const ends = sql`(e.status in ('active', 'paused', 'completed') and v.definition->'stopOn' ? 'purchased')`;
  const within = sql`case when e.goal_at is null then v.definition->'goal'->>'within' end`;
  return sql<ChainOfBuyer[]>`
    select e.id, ${ends} as ends, e.entered_at, ${within} as goal_within, coalesce(c.timezone, s.timezone) as zone
    from enrollment e
    join flow_version v on v.shop_id = e.shop_id and v.key = e.flow_key and v.version = e.flow_version
    join contact c on c.shop_id = e.shop_id and c.id = e.contact_id
    join shop s on s.id = e.shop_id
    where e.shop_id = ${shopId} and e.entered_at < ${at} and (${ends} or ${within} is not null)
      and (e.contact_id = ${contactId} or e.visitor_id = ${visitorId})
    order by e.id for update of e`;
}
