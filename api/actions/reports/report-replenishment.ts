/** Tells how long each thing lasts, as far as anybody knows, and what that rests on. */

import { LEAST_GAPS, type Rhythm, rhythmOf } from '../../../core/catalogue/rhythm.ts';
import type { ShopRow } from '../../../db/shops.ts';
import { repeatedItems } from '../../../db/tallies.ts';
import type { Deps } from '../../deps.ts';

export interface ReplenishmentLine {
  id: string;
  title: string;
  category: string | null;
  /** What counts; null: nobody knows yet. */
  rhythm: Rhythm | null;
  /** Of the orders, whatever counts. */
  measured: { days: number; gaps: number; people: number };
}

export interface ReplenishmentReport {
  /** Fewer gaps are no rhythm. */
  leastGaps: number;
  items: ReplenishmentLine[];
}

const MOST = 200;

/** What was bought again at least once, the most often first. */
export async function reportReplenishment(deps: Deps, shop: ShopRow): Promise<ReplenishmentReport> {
  const rows = await deps.db.shop(shop.id, (tx) => repeatedItems(tx, shop.id, MOST));
  const said = shop.settings.replenishment;
  return {
    leastGaps: LEAST_GAPS,
    items: rows.map(({ item, ...measured }) => ({
      id: item.id,
      title: item.title,
      category: item.category ?? null,
      rhythm: rhythmOf(item, { said, measured: { [item.id]: measured } }),
      measured,
    })),
  };
}
