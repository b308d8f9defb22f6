/** Whether a shop has a catalogue: asked once in a while, since every letter wants to know. */

import type { Db } from '../../../db/connect.ts';
import { hasProducts } from '../../../db/products.ts';
import type { Deps } from '../../deps.ts';

const KEPT_MS = 60_000;
/** More shops than send at a time; then it begins anew. */
const MOST_SHOPS = 10_000;

/** By the database that was asked. */
const answers = new WeakMap<Db, Map<string, { knows: boolean; until: number }>>();

export async function knowsGoods(deps: Deps, shopId: string): Promise<boolean> {
  const kept = answers.get(deps.db)?.get(shopId);
  if (kept && kept.until > deps.now()) return kept.knows;
  const knows = await deps.db.shop(shopId, (tx) => hasProducts(tx, shopId));
  keep(deps, shopId, knows);
  return knows;
}

/** It has one from now on. */
export const noteGoods = (deps: Deps, shopId: string): void => keep(deps, shopId, true);

function keep({ db, now }: Deps, shopId: string, knows: boolean): void {
  const known = answers.get(db);
  const shops = known && known.size < MOST_SHOPS ? known : new Map();
  answers.set(db, shops.set(shopId, { knows, until: now() + KEPT_MS }));
}
