/** Tells how likely people are to recommend the shop. */

import { type NpsRow, npsRows } from '../../../db/nps-report.ts';
import type { ShopRow } from '../../../db/shops.ts';
import type { Deps } from '../../deps.ts';
import { type AskedPeriod, type Period, reportPeriod } from './report-period.ts';

export interface NpsReport extends Period {
  rows: NpsRow[];
}

const DEFAULT_DAYS = 365;

/** The last year where no time is given. */
export const reportNps = (deps: Deps, shop: ShopRow, period: AskedPeriod): Promise<NpsReport> =>
  deps.db.shop(shop.id, async (tx) => {
    const { from, to } = reportPeriod(period, shop, tx.now, DEFAULT_DAYS);
    return { from, to, rows: await npsRows(tx, { shopId: shop.id, from, to, timeZone: shop.timezone }) };
  });
