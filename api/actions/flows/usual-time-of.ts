/** The hour at which most of a shop's people come, as simulations take it; null where nobody came. */

import type { Tx } from '../../../db/connect.ts';
import { usualHour } from '../../../db/contact-facts.ts';
import type { ShopRow } from '../../../db/shops.ts';
import { NOBODY } from '../letters/letter-source.ts';

/** "HH:MM" on the shop's wall. */
export async function usualTimeOf(tx: Tx, { id: shopId, timezone: zone }: ShopRow): Promise<string | null> {
  const hour = await usualHour(tx, { shopId, contactId: NOBODY, zone });
  return hour === null ? null : `${String(hour).padStart(2, '0')}:00`;
}
