/** What a letter to a person would be about now. */

import type { Item } from '../core/catalogue/item.ts';
import type { ClaimedOffer } from '../core/rules/offer.ts';
import type { Tx } from './connect.ts';
import { type DueOrder, orderOf } from './due-letters.ts';

export interface LatestChain {
  enrollmentId: string;
  flowKey: string;
  items: Item[];
  offer: ClaimedOffer;
  order: DueOrder | null;
  code: string | null;
  codeExpiresAt: number | null;
  locale: string;
}

/** The latest chain of theirs, those with this letter in it first; null where they never were in any. */
export async function latestChain(
  tx: Tx,
  { shopId, contactId, letter }: { shopId: string; contactId: string; letter: string },
): Promise<LatestChain | null> {
  const { sql } = tx;
  const [row] = await sql<LatestChain[]>`
    select e.id as enrollment_id, e.flow_key, e.items, e.offer, e.locale, ${orderOf(tx)} as "order", code.code, code.expires_at as code_expires_at
    from enrollment e
    left join code on code.shop_id = e.shop_id and code.id = e.code_id
    left join "order" o on o.shop_id = e.shop_id and o.id = e.order_id
    where e.shop_id = ${shopId} and e.contact_id = ${contactId}
    order by exists (select from message m where m.enrollment_id = e.id and m.letter = ${letter}) desc, e.entered_at desc limit 1`;
  return row ?? null;
}
