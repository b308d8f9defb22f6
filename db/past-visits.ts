/** Past visits by visitor and time, a page at a time, for those who replay them. No long transaction, no sort. */

import { UNDONE } from '../core/flows/order.ts';
import type { VisitEvent } from '../core/visits/event.ts';
import { arrayOf, type Tx } from './connect.ts';
import type { OrderLine } from './documents.ts';
import type { VisitRow } from './visits.ts';

export interface PastRow extends Omit<VisitRow, 'shopId' | 'network'> {
  refusedAt: number | null;
  purchasedAt: number | null;
  subscribedAt: number | null;
  /** Of the contact, where the visitor is known. */
  marketing: string | null;
  /** Of those asked for, the segments that the contact belongs to now; null where the visitor isn't known, or none is asked for. */
  segments: string[] | null;
}

export interface PastPeriod {
  from: number;
  to: number;
  /** Only visits that were silent since: who is still here has not decided. Null: all. */
  quietSince: number | null;
}

/** A part of all visitors, by their ids; the last part ends nowhere. */
export interface VisitorRange {
  first: string;
  below: string | null;
}

/** All visitors in so many parts of about the same size: their ids are random. */
export function visitorRanges(parts: number): VisitorRange[] {
  const bounds = Array.from({ length: parts }, (_, part) =>
    Math.floor((part * 0x1_0000) / parts)
      .toString(16)
      .padStart(4, '0'),
  ).map((prefix) => `${prefix}0000-0000-0000-0000-000000000000`);
  return bounds.map((first, part) => ({ first, below: bounds[part + 1] ?? null }));
}

/** Those of the range that follow `after`, sorted by visitor and time. */
export async function pastVisits(
  { sql }: Tx,
  shopId: string,
  { from, to, quietSince }: PastPeriod,
  {
    range,
    after,
    limit,
    segments,
  }: {
    range: VisitorRange;
    after: Pick<PastRow, 'visitorId' | 'startedAt' | 'id'> | null;
    limit: number;
    segments: readonly string[];
  },
): Promise<PastRow[]> {
  const belonging =
    segments.length === 0
      ? sql`null::jsonb`
      : sql`case when c.id is not null then (
          select coalesce(jsonb_agg(m.segment_key), '[]') from segment_member m
          where m.shop_id = c.shop_id and m.contact_id = c.id and m.segment_key in ${sql([...segments])}) end`;
  // The visitor's bounds are said of both tables, lest a join reads everybody before them again for each page.
  const position = after
    ? sql`and (v.visitor_id, v.started_at, v.id) > (${after.visitorId}::uuid, ${after.startedAt}::timestamptz, ${after.id}::uuid)`
    : sql`and v.visitor_id >= ${range.first}::uuid`;
  const end = range.below ? sql`and v.visitor_id < ${range.below}::uuid and w.id < ${range.below}::uuid` : sql``;
  return sql<PastRow[]>`
    select v.id, v.visitor_id, v.number, v.days_since_last, v.started_at, v.last_at, v.state, v.device, v.browser, v.os,
      v.country, v.language, w.refused_at, w.purchased_at, w.subscribed_at, c.marketing, ${belonging} as segments
    from visit v join visitor w on w.shop_id = v.shop_id and w.id = v.visitor_id
      left join contact c on c.shop_id = w.shop_id and c.id = w.contact_id
    where v.shop_id = ${shopId} and v.started_at >= ${from} and v.started_at < ${to} ${quietSince === null ? sql`` : sql`and v.last_at < ${quietSince}`}
      and w.id >= ${after?.visitorId ?? range.first}::uuid ${position} ${end}
    order by v.visitor_id, v.started_at, v.id limit ${limit}`;
}

export async function countPastVisits(
  { sql }: Tx,
  shopId: string,
  { from, to, quietSince }: PastPeriod,
): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    select count(*) as count from visit
    where shop_id = ${shopId} and started_at >= ${from} and started_at < ${to} ${quietSince === null ? sql`` : sql`and last_at < ${quietSince}`}`;
  return row?.count ?? 0;
}

/** The events of these visits, as they were folded. */
export async function eventsOfVisits(
  { sql }: Tx,
  shopId: string,
  visits: readonly string[],
): Promise<Map<string, VisitEvent[]>> {
  if (visits.length === 0) return new Map();
  const rows = await sql<{ visitId: string; type: string; at: number; body: Record<string, unknown> }[]>`
    select visit_id, type, at, body from event
    where shop_id = ${shopId} and visit_id = any(${arrayOf(visits)}::uuid[]) order by visit_id, id`;
  const byVisit = new Map<string, VisitEvent[]>();
  for (const { visitId, type, at, body } of rows) listed(byVisit, visitId).push({ ...body, type, at } as VisitEvent);
  return byVisit;
}

export interface PastOrder {
  id: string;
  visitorId: string;
  total: number;
  currency: string;
  placedAt: number;
  items: OrderLine[];
}

/** Orders that the shop's server tied to these visitors, but for those that came to nothing. */
export async function ordersOfVisitors(
  { sql }: Tx,
  shopId: string,
  visitors: readonly string[],
): Promise<Map<string, PastOrder[]>> {
  if (visitors.length === 0) return new Map();
  const rows = await sql<PastOrder[]>`
    select id, visitor_id, total, currency, placed_at, body->'items' as items from "order"
    where shop_id = ${shopId} and visitor_id = any(${arrayOf(visitors)}::uuid[]) and status not in ${sql(UNDONE)}`;
  const byVisitor = new Map<string, PastOrder[]>();
  for (const order of rows) listed(byVisitor, order.visitorId).push(order);
  return byVisitor;
}

/** The list of this key, made when there is none. */
function listed<T>(lists: Map<string, T[]>, key: string): T[] {
  const list = lists.get(key) ?? [];
  lists.set(key, list);
  return list;
}
