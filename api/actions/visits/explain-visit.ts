/** Tells of one visit what the server knows, and how it would decide now. */

import type { Item } from '../../../core/catalogue/item.ts';
import type { Gate } from '../../../core/rules/decide.ts';
import { type Explanation, explain } from '../../../core/rules/explain.ts';
import { MOMENTS, type Moment } from '../../../core/rules/rule.ts';
import type { StandingGate } from '../../../core/rules/standing.ts';
import type { Facts } from '../../../core/visits/facts.ts';
import { offeredItems } from '../../../core/visits/visit.ts';
import type { Tx } from '../../../db/connect.ts';
import { rulesInForce } from '../../../db/rules.ts';
import type { ShopRow } from '../../../db/shops.ts';
import { armsOf, type DecisionRow, decisionsOf, type VisitRow, visitById, visitorById } from '../../../db/visits.ts';
import type { Deps } from '../../deps.ts';
import { decidable, explainStanding, weighStanding } from '../rules/weigh-standing.ts';
import type { Folded } from './fold-batch.ts';
import { type Known, knowVisitor } from './know-visitor.ts';

export interface DescribedVisit {
  visit: VisitRow;
  facts: Facts;
  items: Item[];
  decisions: DecisionRow[];
}

export async function describeVisit(deps: Deps, shop: ShopRow, id: string): Promise<DescribedVisit | null> {
  return deps.db.shop(shop.id, async (tx) => {
    const found = await find(tx, shop, id);
    if (!found) return null;
    const { visit, known } = found;
    return {
      visit,
      facts: known.input.facts,
      items: offeredItems(visit.state, 50),
      decisions: await decisionsOf(tx, shop.id, id),
    };
  });
}

export type ExplainedMoment = { moment: Moment } & Explanation<Gate | StandingGate>;

/** How each moment would be decided now: the same functions that the page and the claim use. */
export async function explainVisit(
  deps: Deps,
  shop: ShopRow,
  id: string,
  moment: Moment | null,
): Promise<ExplainedMoment[] | null> {
  return deps.db.shop(shop.id, async (tx) => {
    const found = await find(tx, shop, id);
    if (!found) return null;
    const rules = (await rulesInForce(tx, shop.id)).map(decidable);
    const before = explainStanding(await weighStanding(tx, shop, { rules, who: found }));
    const moments = moment
      ? [moment]
      : MOMENTS.filter((one) => rules.some((rule) => [rule, ...rule.variants].some((arm) => arm.moment === one)));
    return moments.map((one) => ({
      moment: one,
      ...explain(rules, { ...found.known.input, ...found.known, moment: one, arms: found.arms, now: tx.now }, before),
    }));
  });
}

async function find(
  tx: Tx,
  shop: ShopRow,
  id: string,
): Promise<(Folded & { known: Known; arms: Record<string, string | null> }) | null> {
  const visit = await visitById(tx, shop.id, id);
  const visitor = visit && (await visitorById(tx, shop.id, visit.visitorId));
  if (!visit || !visitor) return null;
  const arms = await armsOf(tx, shop.id, visitor.id);
  return { visitor, visit, arms, known: await knowVisitor(tx, shop, { visitor, visit }, arms) };
}
