/** Visitors, their visits and events: the ingest path. One statement a table, however many events a batch holds. */

import type { VisitEvent } from '../core/event.ts';
import type { Tx } from './connect.ts';
import type { arm, decision, visit, visitor } from './schema.ts';

export type VisitorRow = typeof visitor.$inferSelect;
export type VisitRow = typeof visit.$inferSelect;
export type ArmRow = typeof arm.$inferSelect;
export type DecisionRow = typeof decision.$inferSelect;

/** The visitor's row, made when new, locked until the transaction ends: batches of one visitor are folded one after the other. */
export async function lockVisitor({ sql, now }: Tx, shopId: string, id: string): Promise<VisitorRow> {
  const [row] = await sql<VisitorRow[]>`
    insert into visitor (shop_id, id, visits, first_at, last_at, shown) values (${shopId}, ${id}, 0, ${now}, ${now}, '{}')
    on conflict (shop_id, id) do update set last_at = visitor.last_at returning *`;
  if (!row) throw new Error('upsert of visitor returned nothing');
  return row;
}

export async function updateVisitor({ sql }: Tx, row: VisitorRow): Promise<void> {
  await sql`
    update visitor set contact_id = ${row.contactId}, visits = ${row.visits}, last_at = ${row.lastAt},
      purchased_at = ${row.purchasedAt}, refused_at = ${row.refusedAt}, shown = ${sql.json(row.shown)}
    where shop_id = ${row.shopId} and id = ${row.id}`;
}

export async function visitById({ sql }: Tx, shopId: string, id: string): Promise<VisitRow | null> {
  const [row] = await sql<VisitRow[]>`select * from visit where shop_id = ${shopId} and id = ${id}`;
  return row ?? null;
}

export async function visitorById({ sql }: Tx, shopId: string, id: string): Promise<VisitorRow | null> {
  const [row] = await sql<VisitorRow[]>`select * from visitor where shop_id = ${shopId} and id = ${id}`;
  return row ?? null;
}

export async function saveVisit({ sql }: Tx, row: VisitRow): Promise<void> {
  await sql`
    insert into visit (shop_id, id, visitor_id, number, days_since_last, started_at, last_at, state, device, browser, os, country, language, network)
    values (${row.shopId}, ${row.id}, ${row.visitorId}, ${row.number}, ${row.daysSinceLast}, ${row.startedAt}, ${row.lastAt},
      ${sql.json(row.state as never)}, ${row.device}, ${row.browser}, ${row.os}, ${row.country}, ${row.language}, ${row.network})
    on conflict (shop_id, id) do update set last_at = excluded.last_at, state = excluded.state`;
}

/** Whether this batch is new: the same one twice changes nothing. */
export async function insertBatch({ sql, now }: Tx, shopId: string, visitId: string, key: string): Promise<boolean> {
  const rows = await sql`
    insert into batch (shop_id, visit_id, key, received_at) values (${shopId}, ${visitId}, ${key}, ${now})
    on conflict do nothing returning key`;
  return rows.length > 0;
}

export async function insertEvents({ sql, now }: Tx, shopId: string, visitId: string, events: readonly VisitEvent[]): Promise<void> {
  if (events.length === 0) return;
  const rows = events.map(({ type, at, ...body }) => ({ type, at, body }));
  await sql`
    insert into event (shop_id, visit_id, type, at, received_at, body)
    select ${shopId}, ${visitId}, type, to_timestamp(at / 1000.0), ${now}, body
    from jsonb_to_recordset(${sql.json(rows as never)}) as row(type text, at numeric, body jsonb)`;
}

export async function armsOf({ sql }: Tx, shopId: string, visitorId: string): Promise<Record<string, string | null>> {
  const rows = await sql<Pick<ArmRow, 'ruleId' | 'arm'>[]>`
    select rule_id, arm from arm where shop_id = ${shopId} and visitor_id = ${visitorId}`;
  return Object.fromEntries(rows.map((row) => [row.ruleId, row.arm]));
}

/** Stores arms that were not drawn yet; one that another request drew first stays. */
export async function insertArms({ sql, now }: Tx, shopId: string, visitorId: string, arms: Record<string, string | null>): Promise<void> {
  const rows = Object.entries(arms).map(([rule, drawn]) => ({ rule, drawn }));
  if (rows.length === 0) return;
  await sql`
    insert into arm (shop_id, visitor_id, rule_id, arm, drawn_at)
    select ${shopId}, ${visitorId}, rule, drawn, ${now}
    from jsonb_to_recordset(${sql.json(rows)}) as row(rule uuid, drawn text)
    on conflict do nothing`;
}

export async function insertDecision({ sql, now }: Tx, row: Omit<DecisionRow, 'at'>): Promise<void> {
  await sql`
    insert into decision (shop_id, id, visit_id, rule_id, arm, outcome, at)
    values (${row.shopId}, ${row.id}, ${row.visitId}, ${row.ruleId}, ${row.arm}, ${row.outcome}, ${now})`;
}

export async function decisionsOf({ sql }: Tx, shopId: string, visitId: string): Promise<DecisionRow[]> {
  return sql<DecisionRow[]>`select * from decision where shop_id = ${shopId} and visit_id = ${visitId} order by at`;
}
