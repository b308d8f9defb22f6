/** Takes one batch of page events. What it answers is durable. */

import type { VisitAnswer } from '../../core/wire.ts';
import { listRules } from '../../db/rules.ts';
import type { ShopRow } from '../../db/shops.ts';
import type { Deps } from '../deps.ts';
import type { Network } from '../network.ts';
import { drawArms } from './draw-arms.ts';
import { type Batch, foldBatch } from './fold-batch.ts';
import { knowVisitor } from './know-visitor.ts';

/** Null when the visit is not this visitor's: nothing was recorded. */
export async function recordEvents(deps: Deps, shop: ShopRow, batch: Batch, network: Network): Promise<VisitAnswer | null> {
  return deps.db.engine(async (tx) => {
    const folded = await foldBatch(tx, deps.settings.signingKey, shop, batch, network);
    if (!folded) return null;
    const arms = await drawArms(tx, deps.random, shop.id, batch.visitor, await listRules(tx, shop.id));
    return { visitor: (await knowVisitor(tx, shop, folded, arms)).summary };
  });
}
