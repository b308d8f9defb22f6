/** Scenarios of flows, with the plans that were accepted for them. */

import type { PlanLine } from '../core/simulation/plan.ts';
import type { Tx } from './connect.ts';

export interface ScenarioRow {
  name: string;
  /** As it was sent. */
  given: Record<string, unknown>;
  plan: PlanLine[];
  updatedAt: number;
}

export async function scenariosOf({ sql }: Tx, shopId: string, flowKey: string): Promise<ScenarioRow[]> {
  return sql<ScenarioRow[]>`
    select name, given, plan, updated_at from scenario where shop_id = ${shopId} and flow_key = ${flowKey} order by name`;
}

export async function scenarioByName(
  { sql }: Tx,
  shopId: string,
  flowKey: string,
  name: string,
): Promise<ScenarioRow | null> {
  const [row] = await sql<ScenarioRow[]>`
    select name, given, plan, updated_at from scenario
    where shop_id = ${shopId} and flow_key = ${flowKey} and name = ${name}`;
  return row ?? null;
}

export async function saveScenario(
  { sql, now }: Tx,
  shopId: string,
  flowKey: string,
  { name, given, plan }: Omit<ScenarioRow, 'updatedAt'>,
): Promise<void> {
  await sql`
    insert into scenario (shop_id, flow_key, name, given, plan, updated_at)
    values (${shopId}, ${flowKey}, ${name}, ${sql.json(given as never)}, ${sql.json(plan as never)}, ${now})
    on conflict (shop_id, flow_key, name) do update
      set given = excluded.given, plan = excluded.plan, updated_at = excluded.updated_at`;
}

export async function deleteScenario({ sql }: Tx, shopId: string, flowKey: string, name: string): Promise<boolean> {
  const rows = await sql`
    delete from scenario where shop_id = ${shopId} and flow_key = ${flowKey} and name = ${name} returning name`;
  return rows.length > 0;
}

export async function deleteScenariosOf({ sql }: Tx, shopId: string, flowKey: string): Promise<void> {
  await sql`delete from scenario where shop_id = ${shopId} and flow_key = ${flowKey}`;
}
