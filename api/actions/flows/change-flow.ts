/** Saves flows. A change is a new version: people who are on their way stay on theirs. */

import { segmentsOfFlow } from '../../../core/contacts/segment.ts';
import type { Flow } from '../../../core/flows/flow.ts';
import { type FlowState, flowState } from '../../../core/flows/flow-state.ts';
import type { Recipe } from '../../../core/flows/recipe.ts';
import type { Tx } from '../../../db/connect.ts';
import { stopChainsOfFlow } from '../../../db/flow-chains.ts';
import {
  deleteFlow,
  flowByKey,
  insertFlow,
  launchedFlows,
  listFlows,
  lockFlow,
  type StoredFlow,
  updateFlow,
} from '../../../db/flows.ts';
import { listRules } from '../../../db/rules.ts';
import { deleteScenariosOf } from '../../../db/scenarios.ts';
import type { ShopRow } from '../../../db/shops.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../problem.ts';
import { needSegments } from '../contacts/need-segments.ts';
import { amountsOfSteps, needPayable } from '../rules/need-payable.ts';
import { refuseFreeMail } from '../shops/refuse-free-mail.ts';
import { addScenariosOf, addSegmentsOf, namedFor } from './add-recipe.ts';
import { flowOver } from './flow-over.ts';
import { needWebhooks } from './need-webhooks.ts';
import { type ChangedPlan, changedPlans } from './try-scenarios.ts';

/** A flow with what it is doing now. */
export type ShownFlow = StoredFlow & { state: FlowState };

export async function showFlows(deps: Deps, shopId: string): Promise<ShownFlow[]> {
  return deps.db.shop(shopId, async (tx) => shown(tx, shopId, await listFlows(tx, shopId)));
}

export async function showFlow(deps: Deps, shopId: string, key: string): Promise<ShownFlow | null> {
  return deps.db.shop(shopId, async (tx) => {
    const flow = await flowByKey(tx, shopId, key);
    return flow && shownOne(tx, shopId, flow);
  });
}

async function shown(tx: Tx, shopId: string, flows: readonly StoredFlow[]): Promise<ShownFlow[]> {
  const launched = await launchedFlows(tx, shopId);
  return flows.map((flow) => {
    const startsAt = flow.startsAt ? Date.parse(flow.startsAt) : null;
    const endsAt = flow.endsAt ? Date.parse(flow.endsAt) : null;
    const { enabled, key } = flow;
    return { ...flow, state: flowState({ enabled, startsAt, endsAt, launched: launched.has(key) }, tx.now) };
  });
}

async function shownOne(tx: Tx, shopId: string, flow: StoredFlow): Promise<ShownFlow> {
  const [one] = await shown(tx, shopId, [flow]);
  if (!one) throw new Error('one flow in, none out');
  return one;
}

/** `recipe`: what the flow begins as. */
export async function createFlow(deps: Deps, shop: ShopRow, given: Flow, recipe?: Recipe): Promise<ShownFlow> {
  const flow = recipe ? namedFor(shop, recipe, given) : given;
  if (flow.enabled) refuseFreeMail(deps.settings, shop.senderEmail);
  const created = await deps.db.shop(shop.id, async (tx) => {
    // A taken key changes nothing.
    if (await flowByKey(tx, shop.id, flow.key)) return null;
    if (recipe) await addSegmentsOf(tx, shop.id, recipe);
    needPayable(shop.currency, amountsOfSteps(flow.steps));
    await needSegments(tx, shop.id, segmentsOfFlow(flow));
    await needWebhooks(tx, shop.id, flow.steps);
    const inserted = await insertFlow(tx, shop.id, flow);
    if (inserted && recipe) await addScenariosOf(tx, shop, inserted, recipe);
    return inserted && shownOne(tx, shop.id, inserted);
  });
  if (!created) throw new Problem('exists', { errors: [{ path: 'key', message: `"${flow.key}" is taken` }] });
  return created;
}

/** With the scenarios whose plan is another under the new version. Null where there is no such flow. */
export async function changeFlow(
  deps: Deps,
  shop: ShopRow,
  key: string,
  patch: Record<string, unknown>,
): Promise<{ flow: ShownFlow; changed: ChangedPlan[] } | null> {
  const saved = await deps.db.shop(shop.id, async (tx) => {
    const stored = await lockFlow(tx, shop.id, key);
    if (!stored) return null;
    const next = flowOver(stored, key, patch);
    if (next.enabled && !stored.enabled) refuseFreeMail(deps.settings, shop.senderEmail);
    if ('steps' in patch) needPayable(shop.currency, amountsOfSteps(next.steps));
    await needSegments(tx, shop.id, segmentsOfFlow(next));
    await needWebhooks(tx, shop.id, next.steps);
    const flow = await updateFlow(tx, shop.id, next);
    return flow && { flow: await shownOne(tx, shop.id, flow), changed: await changedPlans(tx, shop, flow) };
  });
  deps.wake();
  return saved;
}

/** A flow that a rule still names can't go: offers would be accepted and nothing sent. Who is on its way, stops. */
export async function removeFlow(deps: Deps, shopId: string, key: string): Promise<boolean> {
  return deps.db.shop(shopId, async (tx) => {
    const user = (await listRules(tx, shopId)).find((rule) => rule.flow === key);
    if (user) throw new Problem('in_use', { detail: `The rule "${user.name}" (${user.id}) starts this flow.` });
    if (!(await deleteFlow(tx, shopId, key))) return false;
    await deleteScenariosOf(tx, shopId, key);
    await stopChainsOfFlow(tx, shopId, key, 'flow_deleted');
    return true;
  });
}
