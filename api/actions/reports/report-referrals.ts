/** Tells what referral brought in a time, and why some friends and rewards were refused. */

import { localDay, wallTime } from '../../../core/values/calendar.ts';
import { countReferrals, countRefusals, type ReferralCounts, type RefusalCount } from '../../../db/referral-report.ts';
import type { ShopRow } from '../../../db/shops.ts';
import type { Deps } from '../../deps.ts';
import { type AskedPeriod, type Period, reportPeriod } from './report-period.ts';

export interface ReferralReport extends Period, ReferralCounts {
  currency: string;
  refused: RefusalCount[];
}

export async function reportReferrals(
  deps: Deps,
  { id, currency, timezone }: ShopRow,
  asked: AskedPeriod,
): Promise<ReferralReport> {
  return deps.db.shop(id, async (tx) => {
    const { from, to } = reportPeriod(asked, { timezone }, tx.now);
    const firstDay = wallTime(localDay(from, timezone), timezone);
    const period = { shopId: id, from, to, firstDay, currency };
    return { from, to, currency, ...(await countReferrals(tx, period)), refused: await countRefusals(tx, period) };
  });
}
