/** Tells how many visitors came how far, from being eligible to buying, by the shop's days, rules and arms. */

import { type FunnelRow, funnelRows } from '../../../db/funnel.ts';
import type { ShopRow } from '../../../db/shops.ts';
import type { Deps } from '../../deps.ts';
import { type AskedPeriod, type Period, reportPeriod } from './report-period.ts';

export interface FunnelReport extends Period {
  rows: FunnelRow[];
}

export async function reportFunnel(
  deps: Deps,
  shop: ShopRow,
  { rule, window, ...period }: AskedPeriod & { rule?: string; window: number },
): Promise<FunnelReport> {
  return deps.db.shop(shop.id, async (tx) => {
    const { from, to } = reportPeriod(period, shop, tx.now);
    const rows = await funnelRows(tx, {
      shopId: shop.id,
      ruleId: rule ?? null,
      from,
      to,
      timeZone: shop.timezone,
      windowDays: window,
      currency: shop.currency,
      margin: shop.settings.margin ?? 1,
    });
    return { from, to, rows };
  });
}
