/** Takes one batch of page events. What it answers is durable. */

import type { VisitAnswer } from '../../../core/visits/wire.ts';
import type { Tx } from '../../../db/connect.ts';
import { rulesInForce } from '../../../db/rules.ts';
import type { ShopRow } from '../../../db/shops.ts';
import type { Deps } from '../../deps.ts';
import type { Network } from '../../network.ts';
import { armsInReach, weighStanding } from '../rules/weigh-standing.ts';
import { drawArms } from './draw-arms.ts';
import { type Batch, foldBatch } from './fold-batch.ts';
import { followVisit } from './follow-visit.ts';
import { knowVisitor } from './know-visitor.ts';

/** The shop that a page may speak for, or null; asked inside the transaction, to save a second one on the busiest path. */
export type FindShop = (tx: Tx) => Promise<ShopRow | null>;

export interface Recorded {
  shopId: string;
  answer: VisitAnswer;
  /** Whom the batch counted for. */
  visitorId: string;
}

/** Null when nothing was recorded: no such shop, the visit is not this visitor's, or today has had enough of them. */
export async function recordEvents(
  deps: Deps,
  findShop: FindShop,
  batch: Batch,
  network: Network,
): Promise<Recorded | null> {
  return deps.db.engine(async (tx) => {
    const shop = await findShop(tx);
    if (!shop) return null;
    const reading = rulesInForce(tx, shop.id);
    tx.meanwhile(reading);
    const folded = await foldBatch(tx, deps.settings.signingKey, shop, batch, network);
    if (!folded) return null;
    if (folded.fresh && !batch.untied) await followVisit(tx, deps, shop, folded);
    const rules = await reading;
    const arms = await drawArms(tx, deps.random, folded, rules);
    const reached = armsInReach(arms, rules, await weighStanding(tx, shop, { rules, who: folded, personal: true }));
    const { summary } = await knowVisitor(tx, shop, folded, reached);
    const { id } = folded.visitor;
    return { shopId: shop.id, visitorId: id, answer: { visitor: id === batch.visitor ? summary : { ...summary, id } } };
  });
}
