/** A flow of Linger's own that a shop gets when it first needs it, and may change from then on. */

import type { Flow } from '../../../core/flows/flow.ts';
import type { Tx } from '../../../db/connect.ts';
import { flowByKey, insertFlow, type StoredFlow } from '../../../db/flows.ts';

export async function ownFlow(tx: Tx, shopId: string, recipe: Flow): Promise<StoredFlow> {
  const flow = (await flowByKey(tx, shopId, recipe.key)) ?? (await insertFlow(tx, shopId, recipe));
  // Made by somebody else meanwhile.
  const found = flow ?? (await flowByKey(tx, shopId, recipe.key));
  if (!found) throw new Error(`the flow ${recipe.key} is neither there nor can be made`);
  return found;
}
