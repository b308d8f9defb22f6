/** Recipes: which there are, and what comes with a flow that begins as one. */

import type { Flow, Step } from '../../../core/flows/flow.ts';
import type { Recipe } from '../../../core/flows/recipe.ts';
import { RECIPES } from '../../../core/recipes/all.ts';
import { localeOf } from '../../../core/values/locale.ts';
import type { Tx } from '../../../db/connect.ts';
import { listFlows } from '../../../db/flows.ts';
import { insertSegment } from '../../../db/segments.ts';
import type { ShopRow } from '../../../db/shops.ts';
import type { Deps } from '../../deps.ts';
import { putScenarioOf } from './try-scenarios.ts';

export type ShownRecipe = Recipe & { added: boolean };

export async function showRecipes(deps: Deps, shopId: string): Promise<ShownRecipe[]> {
  const flows = await deps.db.shop(shopId, (tx) => listFlows(tx, shopId));
  const keys = new Set(flows.map(({ key }) => key));
  return RECIPES.map((recipe) => ({ ...recipe, added: keys.has(recipe.key) }));
}

/** Its name and its notes in the shop's language, where it gave none of its own. */
export function namedFor(shop: ShopRow, { flow: { name }, names, notes = [] }: Recipe, flow: Flow): Flow {
  const locale = localeOf(shop.locale);
  const said = new Map(notes.map((note) => [note.en, note[locale]]));
  return {
    ...flow,
    name: flow.name === name ? names[locale] : flow.name,
    steps: said.size > 0 ? flow.steps.map((step) => noted(step, said)) : flow.steps,
  };
}

function noted(step: Step, said: ReadonlyMap<string, string>): Step {
  const each = (steps: Step[] = []): Step[] => steps.map((one) => noted(one, said));
  const forked = <Fork extends { then?: Step[]; else?: Step[] }>(fork: Fork): Fork => ({
    ...fork,
    ...(fork.then ? { then: each(fork.then) } : {}),
    ...(fork.else ? { else: each(fork.else) } : {}),
  });
  if ('notify' in step) return { notify: said.get(step.notify) ?? step.notify };
  if ('waitFor' in step) return { waitFor: forked(step.waitFor) };
  if ('branch' in step) return { branch: forked(step.branch) };
  if ('split' in step) return { split: step.split.map((arm) => ({ ...arm, steps: each(arm.steps) })) };
  return step;
}

/** Before the flow that names them. */
export async function addSegmentsOf(tx: Tx, shopId: string, { segments = [] }: Recipe): Promise<void> {
  for (const segment of segments) await insertSegment(tx, shopId, segment);
}

/** After the flow that they are about. Those with a flow beside it that the shop does without are left out. */
export async function addScenariosOf(tx: Tx, shop: ShopRow, flow: Flow, { scenarios }: Recipe): Promise<void> {
  const keys = new Set((await listFlows(tx, shop.id)).map(({ key }) => key));
  for (const [name, scenario] of Object.entries(scenarios)) {
    if (scenario.beside?.some((key) => key === flow.key || !keys.has(key))) continue;
    await putScenarioOf(tx, shop, flow, { name, given: { ...scenario } });
  }
}
