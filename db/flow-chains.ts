/** The chains of one flow taken together: stopped with it, or moved to another version. Chains are locked before their letters, as everywhere. */

import { arrayOf, type Tx } from './connect.ts';
import { cancelUncalled, unlistSettled } from './enrollments.ts';

/** Ends every chain of the flow, and takes back the letters that no provider was called for. */
export async function stopChainsOfFlow({ sql, now }: Tx, shopId: string, key: string, reason: string): Promise<void> {
  const chains = await sql<{ id: string }[]>`
    select id from enrollment
    where shop_id = ${shopId} and flow_key = ${key} and status in ('active', 'paused', 'completed') order by id for update`;
  if (chains.length === 0) return;
  const ids = chains.map(({ id }) => id);
  await sql`
    update enrollment set status = 'stopped', reason = ${reason}, ended_at = ${now}, due_at = null, heard_event = null, heard_step = null
    where id = any(${arrayOf(ids)}::uuid[]) and status in ('active', 'paused')`;
  await cancelUncalled({ sql, now }, ids, reason);
  await sql`delete from pending_entry where shop_id = ${shopId} and flow_key = ${key}`;
}

/** Where people stand who are on their way: how many at each place of each version. */
export interface Standing {
  version: number;
  step: number;
  heardStep: number | null;
  people: number;
}

export async function standings({ sql }: Tx, shopId: string, key: string): Promise<Standing[]> {
  return sql<Standing[]>`
    select flow_version as version, step, heard_step, count(*) as people from enrollment
    where shop_id = ${shopId} and flow_key = ${key} and status in ('active', 'paused')
    group by 1, 2, 3 order by 1, 2, 3`;
}

export interface PlaceChange extends Omit<Standing, 'people'> {
  toStep: number;
  toHeardStep: number | null;
}

/** Whom a page of people was, and how many of them went. */
export interface Moved {
  looked: string[];
  moved: number;
}

/** A letter of an earlier version keeps its row, out of the way of the new version's: beyond every repeat. */
const EARLIER = 1_000;

/**
 * Moves up to `limit` people from these places to the new version's; the ids of who moved. Who has a letter at the provider just
 * now stays: it knows its place by the old version.
 */
export async function moveChains(
  tx: Tx,
  shopId: string,
  {
    key,
    to,
    changes,
    limit,
    beyond,
  }: { key: string; to: number; changes: readonly PlaceChange[]; limit: number; beyond: string | null },
): Promise<Moved> {
  const { sql } = tx;
  const chains = await sql<{ id: string; version: number; step: number; heardStep: number | null }[]>`
    select id, flow_version as version, step, heard_step from enrollment
    where shop_id = ${shopId} and flow_key = ${key} and flow_version <> ${to} and status in ('active', 'paused')
      ${beyond ? sql`and id > ${beyond}` : sql``}
    order by id limit ${limit} for update`;
  const looked = chains.map(({ id }) => id);
  if (looked.length === 0) return { looked, moved: 0 };
  const letters = await sql<{ enrollmentId: string; status: string }[]>`
    select enrollment_id, status from message where enrollment_id in ${sql(looked)} order by id for update`;
  // Letters are locked: none of them is being settled just now.
  await unlistSettled(tx, looked);
  const busy = new Set(
    letters.flatMap(({ enrollmentId, status }) => (status === 'sending' || status === 'unknown' ? [enrollmentId] : [])),
  );
  const moves = chains.flatMap(({ id, version, step, heardStep }) => {
    const change = changes.find((one) => one.version === version && one.step === step && one.heardStep === heardStep);
    return change && !busy.has(id) ? [{ id, step: change.toStep, heardStep: change.toHeardStep }] : [];
  });
  if (moves.length === 0) return { looked, moved: 0 };
  const rows = sql`jsonb_to_recordset(${sql.json(moves)}) as v(id uuid, step int, "heardStep" int)`;
  await sql`
    update message m set occurrence = m.occurrence + ${EARLIER} from ${rows}
    where m.enrollment_id = v.id and m.status <> 'queued'`;
  await sql`update message m set step = v.step - 1 from ${rows} where m.enrollment_id = v.id and m.status = 'queued'`;
  await sql`
    update enrollment e set flow_version = ${to}, step = v.step, heard_step = v."heardStep" from ${rows} where e.id = v.id`;
  return { looked, moved: moves.length };
}
