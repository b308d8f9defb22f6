/** Takes one batch of page events. What it answers is durable. */

import type { VisitAnswer } from '../../core/wire.ts';
import type { Tx } from '../../db/connect.ts';
import type { ShopRow } from '../../db/shops.ts';
import type { Deps } from '../deps.ts';
import type { Network } from '../network.ts';
import { drawArms } from './draw-arms.ts';
import { type Batch, foldBatch } from './fold-batch.ts';
import { knowVisitor } from './know-visitor.ts';

/** The shop that a page may speak for, or null; asked inside the transaction, to save a second one on the busiest path. */
export type FindShop = (tx: Tx) => Promise<ShopRow | null>;

/** Null when nothing was recorded: no such shop, or the visit is not this visitor's. */
export async function recordEvents(
  deps: Deps,
  findShop: FindShop,
  batch: Batch,
  network: Network,
): Promise<VisitAnswer | null> {
  return deps.db.engine(async (tx) => {
    const shop = await findShop(tx);
    const folded = shop && (await foldBatch(tx, deps.settings.signingKey, shop, batch, network));
    if (!folded) return null;
    const { arms } = await drawArms(tx, deps.random, folded.visitor);
    return { visitor: (await knowVisitor(tx, shop, folded, arms)).summary };
  });
}
