/** Who orders, by telephone say, or follows a link of a letter is not away: where their absence is counted, it is counted anew from then. */

import { after } from '../../../core/values/calendar.ts';
import type { Tx } from '../../../db/connect.ts';
import { flowsEnteredBy } from '../../../db/flows.ts';
import { deferEntry } from '../../../db/pending-entries.ts';
import { shopById } from '../../../db/shops.ts';

/** `at`: ms since the epoch. */
export async function deferAbsence(tx: Tx, who: { shopId: string; contactId: string }, at: number): Promise<void> {
  const flows = await flowsEnteredBy(tx, who.shopId, 'absent');
  const shop = flows.length > 0 ? await shopById(tx, who.shopId) : null;
  if (!shop) return;
  for (const { key, entry } of flows)
    if (entry.on === 'absent') await deferEntry(tx, { ...who, flowKey: key }, after(at, entry.after, shop.timezone));
}
