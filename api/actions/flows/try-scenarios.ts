/** Saved scenarios of a flow: run when they are saved and whenever the flow is, so that no plan changes unseen. */

import type { Flow } from '../../../core/flows/flow.ts';
import type { PlanLine } from '../../../core/simulation/plan.ts';
import { type ExpectedLine, type Scenario, unmet } from '../../../core/simulation/scenario.ts';
import type { Tx } from '../../../db/connect.ts';
import { flowByKey } from '../../../db/flows.ts';
import { type ScenarioRow, saveScenario, scenariosOf } from '../../../db/scenarios.ts';
import type { ShopRow } from '../../../db/shops.ts';
import type { Deps } from '../../deps.ts';
import { parsed } from '../../schemas/parsed.ts';
import { scenarioInput } from '../../schemas/scenario.ts';
import { flowsBeside, planOf, type SimulatedScenario } from './simulate-flow.ts';

export interface ChangedPlan {
  scenario: string;
  was: PlanLine[];
  is: PlanLine[];
  unmet: ExpectedLine<number>[];
}

type Given = Pick<ScenarioRow, 'name' | 'given'>;

/** Accepts the plan as it comes out now. Null where there is no such flow. */
export const putScenario = (deps: Deps, shop: ShopRow, key: string, given: Given): Promise<SimulatedScenario | null> =>
  deps.db.shop(shop.id, async (tx) => {
    const flow = await flowByKey(tx, shop.id, key);
    return flow && putScenarioOf(tx, shop, flow, given);
  });

export async function putScenarioOf(
  tx: Tx,
  shop: ShopRow,
  flow: Flow,
  { name, given }: Given,
): Promise<SimulatedScenario> {
  const scenario = parsed(scenarioInput, given);
  const plan = await run(tx, shop, flow, scenario);
  await saveScenario(tx, shop.id, flow.key, { name, given, plan });
  return { name, given, plan, unmet: unmet(scenario.expect ?? [], plan), updatedAt: tx.now };
}

/** The scenarios whose plan under this flow is not the accepted one. */
export async function changedPlans(tx: Tx, shop: ShopRow, flow: Flow): Promise<ChangedPlan[]> {
  const changed: ChangedPlan[] = [];
  for (const { name, given, plan: was } of await scenariosOf(tx, shop.id, flow.key)) {
    const scenario = scenarioInput.parse(given);
    const beside: string[] = [];
    // One that runs beside may be gone since.
    for (const key of scenario.beside ?? []) if (await flowByKey(tx, shop.id, key)) beside.push(key);
    const is = await run(tx, shop, flow, { ...scenario, beside });
    if (!same(was, is)) changed.push({ scenario: name, was, is, unmet: unmet(scenario.expect ?? [], is) });
  }
  return changed;
}

/** What visitors do changes by the day; a saved plan must not: their usual hour and the variants that won are left out. */
async function run(tx: Tx, shop: ShopRow, flow: Flow, scenario: Scenario<number>): Promise<PlanLine[]> {
  const beside = await flowsBeside(tx, shop.id, flow.key, scenario);
  return planOf(shop, { flow, beside, usual: null }, scenario, 0).lines;
}

/** Line by line and field by field: a document from the database has its own order of fields. */
const same = (was: readonly PlanLine[], is: readonly PlanLine[]): boolean =>
  was.length === is.length &&
  was.every((line, index) =>
    (Object.keys(line) as (keyof PlanLine)[]).every((field) => line[field] === is[index]?.[field]),
  );

/** As it was accepted last. */
export const describeStored = ({ name, given, plan, updatedAt }: ScenarioRow): SimulatedScenario => ({
  name,
  given,
  plan,
  unmet: unmet(scenarioInput.parse(given).expect ?? [], plan),
  updatedAt,
});
