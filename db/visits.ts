/** Visitors, their visits and events: the ingest path. One statement a table, however many events a batch holds. */

import type { VisitEvent } from '../core/visits/event.ts';
import type { Tx } from './connect.ts';
import type { arm, decision } from './schema/rules.ts';
import type { visit, visitor } from './schema/visits.ts';

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

export interface BatchKey {
  shopId: string;
  visitorId: string;
  visitId: string;
  key: string;
  /** Beyond so many of today no visit is opened. */
  visitsPerDay: number;
}

export interface OpenedBatch {
  visitor: VisitorRow;
  /** Null when this batch opens the visit. */
  visit: VisitRow | null;
  /** False for a replay. */
  fresh: boolean;
  /** What was drawn for this visitor so far, by rule. */
  arms: Record<string, string | null>;
}

/** Locks the visitor and takes the batch, or answers null and leaves no row when the visit is another visitor's or one too many today. One round trip. */
export async function openBatch(
  tx: Tx,
  { shopId, visitorId, visitId, key, visitsPerDay }: BatchKey,
): Promise<OpenedBatch | null> {
  const { sql, now } = tx;
  const own = sql`case (select visitor_id from visit where shop_id = ${shopId} and id = ${visitId}) when ${visitorId} then true else
    not exists (select from visit where shop_id = ${shopId} and id = ${visitId})
    and (select coalesce(sum(visits), 0) from quota where shop_id = ${shopId} and day = ${dayOf(now)}) < ${visitsPerDay} end`;
  // Sent together and run in this order, each on a snapshot of its own: what follows the lock sees what the one before committed.
  const [visitors, visits, batches, arms] = await Promise.all([
    sql<VisitorRow[]>`
      insert into visitor (shop_id, id, visits, first_at, last_at, shown)
      select ${shopId}, ${visitorId}, 0, ${now}, ${now}, '{}' where ${own}
      on conflict (shop_id, id) do update set last_at = visitor.last_at returning *`,
    sql<VisitRow[]>`select * from visit where shop_id = ${shopId} and id = ${visitId}`,
    sql`
      insert into batch (shop_id, visit_id, key, received_at) select ${shopId}, ${visitId}, ${key}, ${now} where ${own}
      on conflict do nothing returning key`,
    armsOf(tx, shopId, visitorId),
  ]);
  const [visitor] = visitors;
  const visit = visits[0] ?? null;
  if (!visitor || (visit && visit.visitorId !== visitorId)) return null;
  return { visitor, visit, fresh: batches.length > 0, arms };
}

/** When the UTC day of this moment began. */
const dayOf = (at: number): number => Math.floor(at / 86_400_000) * 86_400_000;

/** Counts an opened visit into today's, in one of 16 rows: visitors' ids begin with any hexadecimal digit. */
export async function countVisit({ sql, now }: Tx, shopId: string, visitorId: string): Promise<void> {
  await sql`
    insert into quota (shop_id, shard, day, visits) values (${shopId}, ${Number.parseInt(visitorId[0] ?? '', 16)}, ${dayOf(now)}, 1)
    on conflict (shop_id, shard) do update
      set visits = case when quota.day = excluded.day then quota.visits + 1 else 1 end, day = excluded.day`;
}

export async function updateVisitor({ sql }: Tx, row: VisitorRow): Promise<void> {
  await sql`
    update visitor set contact_id = ${row.contactId}, visits = ${row.visits}, last_at = ${row.lastAt},
      purchased_at = ${row.purchasedAt}, refused_at = ${row.refusedAt}, subscribed_at = ${row.subscribedAt}, reason = ${row.reason}, shown = ${sql.json(row.shown)}
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

/** False when another visitor has opened a visit of this id meanwhile: nothing is saved then. */
export async function saveVisit({ sql }: Tx, row: VisitRow): Promise<boolean> {
  const saved = await sql`
    insert into visit (shop_id, id, visitor_id, number, days_since_last, started_at, last_at, state, gift, device, browser, os, country, language, network)
    values (${row.shopId}, ${row.id}, ${row.visitorId}, ${row.number}, ${row.daysSinceLast}, ${row.startedAt}, ${row.lastAt},
      ${sql.json(row.state as never)}, ${row.gift}, ${row.device}, ${row.browser}, ${row.os}, ${row.country}, ${row.language}, ${row.network})
    on conflict (shop_id, id) do update set last_at = excluded.last_at, state = excluded.state, gift = excluded.gift
      where visit.visitor_id = excluded.visitor_id
    returning id`;
  return saved.length > 0;
}

/** What is kept of an event: addresses and proofs are not. */
export type StoredEvent =
  /** `waitlist`: something was sold out, and an offer on it could not be made. */
  (Exclude<VisitEvent, { type: 'identify' }> & { waitlist?: true }) | { type: 'identify'; at: number };

export async function insertEvents(
  { sql, now }: Tx,
  shopId: string,
  visitId: string,
  events: readonly StoredEvent[],
): Promise<void> {
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

/** What was drawn for any of this contact's browsers, the earliest draw of each rule. */
export async function armsOfContact(
  { sql }: Tx,
  shopId: string,
  contactId: string,
): Promise<Record<string, string | null>> {
  const rows = await sql<Pick<ArmRow, 'ruleId' | 'arm'>[]>`
    select distinct on (arm.rule_id) arm.rule_id, arm.arm from arm
    join visitor on visitor.shop_id = arm.shop_id and visitor.id = arm.visitor_id
    where visitor.shop_id = ${shopId} and visitor.contact_id = ${contactId}
    order by arm.rule_id, arm.drawn_at, arm.visitor_id`;
  return Object.fromEntries(rows.map((row) => [row.ruleId, row.arm]));
}

export type FreshArm = Pick<ArmRow, 'ruleId' | 'arm' | 'ruleVersion' | 'probability'>;

/** Stores arms that were not drawn yet; one that another request drew first stays. */
export async function insertArms(
  { sql, now }: Tx,
  shopId: string,
  visitorId: string,
  arms: readonly FreshArm[],
): Promise<void> {
  if (arms.length === 0) return;
  await sql`
    insert into arm (shop_id, visitor_id, rule_id, arm, drawn_at, rule_version, probability)
    select ${shopId}, ${visitorId}, "ruleId", arm, ${now}, "ruleVersion", probability
    from jsonb_to_recordset(${sql.json(arms as never)})
      as row("ruleId" uuid, arm text, "ruleVersion" integer, probability real)
    on conflict do nothing`;
}

/** From when on the visitor counts among those to whom a rule would have spoken, whichever arm they drew: the earliest it is told. */
export async function exposeArms(
  { sql }: Tx,
  shopId: string,
  visitorId: string,
  events: readonly StoredEvent[],
): Promise<void> {
  const seen = events.flatMap((event) =>
    (event.type === 'offer_shown' || event.type === 'offer_withheld') && !event.waitlist
      ? [{ rule: event.rule, at: event.at }]
      : [],
  );
  if (seen.length === 0) return;
  await sql`
    update arm set exposed_at = least(arm.exposed_at, seen.at)
    from (
      select rule, to_timestamp(min(at) / 1000.0) as at
      from jsonb_to_recordset(${sql.json(seen)}) as row(rule uuid, at numeric) group by rule
    ) as seen
    where arm.shop_id = ${shopId} and arm.visitor_id = ${visitorId} and arm.rule_id = seen.rule`;
}

export async function insertDecision({ sql, now }: Tx, row: Omit<DecisionRow, 'at'>): Promise<void> {
  await sql`
    insert into decision (shop_id, id, visit_id, rule_id, rule_version, arm, outcome, at)
    values (${row.shopId}, ${row.id}, ${row.visitId}, ${row.ruleId}, ${row.ruleVersion}, ${row.arm}, ${row.outcome}, ${now})`;
}

export async function decisionsOf({ sql }: Tx, shopId: string, visitId: string): Promise<DecisionRow[]> {
  return sql<DecisionRow[]>`select * from decision where shop_id = ${shopId} and visit_id = ${visitId} order by at`;
}
