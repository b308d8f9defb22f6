/** Flows and all their versions. */

import type { EntryEvent, Flow } from '../core/flows/flow.ts';
import type { Tx } from './connect.ts';

export type StoredFlow = Flow & { version: number; createdAt: number; updatedAt: number };

interface Row {
  definition: Flow;
  enabled: boolean;
  version: number;
  createdAt: number;
  updatedAt: number;
}

const stored = ({ definition, ...row }: Row): StoredFlow => ({ ...definition, ...row });

const columns = (sql: Tx['sql']) =>
  sql`flow_version.definition, flow.enabled, flow.version, flow.created_at, flow.updated_at`;
const current = (sql: Tx['sql']) => sql`
  flow join flow_version on flow_version.shop_id = flow.shop_id and flow_version.key = flow.key and flow_version.version = flow.version`;

export async function listFlows({ sql }: Tx, shopId: string): Promise<StoredFlow[]> {
  const rows = await sql<Row[]>`
    select ${columns(sql)} from ${current(sql)} where flow.shop_id = ${shopId} and flow.deleted_at is null order by flow.key`;
  return rows.map(stored);
}

export async function flowByKey({ sql }: Tx, shopId: string, key: string): Promise<StoredFlow | null> {
  const [row] = await sql<Row[]>`
    select ${columns(sql)} from ${current(sql)}
    where flow.shop_id = ${shopId} and flow.key = ${key} and flow.deleted_at is null`;
  return row ? stored(row) : null;
}

interface Foreseen {
  shopId: string;
  events: readonly EntryEvent[];
  flows: Promise<StoredFlow[]>;
}

const foreseen = new WeakMap<Tx, Foreseen>();

/** Reads ahead, in one statement that nobody waits for, what this transaction will ask `flowsEnteredBy` one after the other. */
export function foreseeFlows(tx: Tx, shopId: string, ...events: readonly EntryEvent[]): void {
  const flows = flowsEnteredBy(tx, shopId, ...events);
  tx.meanwhile(flows);
  foreseen.set(tx, { shopId, events, flows });
}

/** The flows in force that begin with any of these, the more important first. */
export async function flowsEnteredBy(tx: Tx, shopId: string, ...events: readonly EntryEvent[]): Promise<StoredFlow[]> {
  const ahead = foreseen.get(tx);
  if (ahead?.shopId === shopId && events.every((event) => ahead.events.includes(event))) {
    return (await ahead.flows).filter(({ entry }) => events.includes(entry.on));
  }
  const { sql } = tx;
  const rows = await sql<Row[]>`
    select ${columns(sql)} from ${current(sql)}
    where flow.shop_id = ${shopId} and flow.enabled and flow.deleted_at is null
      and flow_version.definition->'entry'->>'on' in ${sql(events)}
    order by coalesce((flow_version.definition->>'priority')::int, 0) desc, flow.key`;
  return rows.map(stored);
}

/** Which of these flows let nobody in now: their time has not come, or is over. */
export async function shutFlows({ sql, now }: Tx, shopId: string, keys: readonly string[]): Promise<string[]> {
  if (keys.length === 0) return [];
  const rows = await sql<{ key: string }[]>`
    select flow.key from ${current(sql)}
    where flow.shop_id = ${shopId} and flow.key in ${sql(keys)}
      and ((flow_version.definition->>'startsAt')::timestamptz > ${now} or (flow_version.definition->>'endsAt')::timestamptz <= ${now})`;
  return rows.map(({ key }) => key);
}

/** The keys of flows that are or were switched on. A key that was deleted begins anew. */
export async function launchedFlows({ sql }: Tx, shopId: string): Promise<Set<string>> {
  const rows = await sql<{ key: string }[]>`
    select distinct v.key from flow_version v join flow f on f.shop_id = v.shop_id and f.key = v.key
    where v.shop_id = ${shopId} and v.created_at >= f.created_at and (v.definition->>'enabled')::boolean`;
  return new Set(rows.map(({ key }) => key));
}

/** The definition of one version, or null where there is none. */
export async function flowAtVersion({ sql }: Tx, shopId: string, key: string, version: number): Promise<Flow | null> {
  const [row] = await sql<{ definition: Flow }[]>`
    select definition from flow_version where shop_id = ${shopId} and key = ${key} and version = ${version}`;
  return row?.definition ?? null;
}

/** The same, locked. Locks first and reads then: the version read together with the lock could be the one before. */
export async function lockFlow(tx: Tx, shopId: string, key: string): Promise<StoredFlow | null> {
  await tx.sql`select from flow where shop_id = ${shopId} and key = ${key} for update`;
  return flowByKey(tx, shopId, key);
}

/** Who enters on a date, a holiday, or at an end, is looked for at once, and anew when the flow has changed. */
const plannedFrom = ({ entry }: Flow, now: number): number | null =>
  entry.on === 'date' || entry.on === 'holiday' || entry.on === 'ends' ? now : null;

/** The new flow, or null when the key is taken. A key that was deleted may be used again; its versions go on counting. */
export async function insertFlow({ sql, now }: Tx, shopId: string, flow: Flow): Promise<StoredFlow | null> {
  const [row] = await sql<{ version: number }[]>`
    insert into flow (shop_id, key, version, enabled, created_at, updated_at, plan_at)
    values (${shopId}, ${flow.key}, 1, ${flow.enabled}, ${now}, ${now}, ${plannedFrom(flow, now)})
    on conflict (shop_id, key) do update
      set version = flow.version + 1, enabled = excluded.enabled, created_at = ${now}, updated_at = ${now}, deleted_at = null,
        plan_at = excluded.plan_at
      where flow.deleted_at is not null
    returning version`;
  if (!row) return null;
  await keepVersion({ sql, now }, shopId, flow, row.version);
  return { ...flow, version: row.version, createdAt: now, updatedAt: now };
}

export async function updateFlow({ sql, now }: Tx, shopId: string, flow: Flow): Promise<StoredFlow | null> {
  const [row] = await sql<{ version: number; createdAt: number }[]>`
    update flow set version = version + 1, enabled = ${flow.enabled}, updated_at = ${now}, plan_at = ${plannedFrom(flow, now)}
    where shop_id = ${shopId} and key = ${flow.key} and deleted_at is null returning version, created_at`;
  if (!row) return null;
  await keepVersion({ sql, now }, shopId, flow, row.version);
  return { ...flow, version: row.version, createdAt: row.createdAt, updatedAt: now };
}

export async function deleteFlow({ sql, now }: Tx, shopId: string, key: string): Promise<boolean> {
  const rows = await sql`
    update flow set deleted_at = ${now}, enabled = false
    where shop_id = ${shopId} and key = ${key} and deleted_at is null returning key`;
  return rows.length > 0;
}

async function keepVersion(
  { sql, now }: Pick<Tx, 'sql' | 'now'>,
  shopId: string,
  flow: Flow,
  version: number,
): Promise<void> {
  await sql`
    insert into flow_version (shop_id, key, version, definition, created_at)
    values (${shopId}, ${flow.key}, ${version}, ${sql.json(flow as never)}, ${now})`;
}
