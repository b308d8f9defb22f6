/** Recipes: which there are, and what comes with a flow that begins as one. */

import type { Flow } from '../../core/flow.ts';
import { localeOf } from '../../core/locale.ts';
import type { Recipe } from '../../core/recipe.ts';
import { RECIPES } from '../../core/recipes/all.ts';
import type { Tx } from '../../db/connect.ts';
import { listFlows } from '../../db/flows.ts';
import { insertSegment } from '../../db/segments.ts';
import type { ShopRow } from '../../db/shops.ts';
import type { Deps } from '../deps.ts';
import { putScenarioOf } from './try-scenarios.ts';

export type ShownRecipe = Recipe & { added: boolean };

export async function showRecipes(deps: Deps, shopId: string): Promise<ShownRecipe[]> {
  const flows = await deps.db.shop(shopId, (tx) => listFlows(tx, shopId));
  const keys = new Set(flows.map(({ key }) => key));
  return RECIPES.map((recipe) => ({ ...recipe, added: keys.has(recipe.key) }));
}

/** In the shop's language, where it gave no name of its own. */
export const namedFor = (shop: ShopRow, recipe: Recipe, flow: Flow): Flow =>
  flow.name === recipe.flow.name ? { ...flow, name: recipe.names[localeOf(shop.locale)] } : flow;

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
