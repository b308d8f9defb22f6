/** Whether a shop has had its first of each: what the setup page asks. */

import type { Tx } from './connect.ts';

export interface Progress {
  visits: boolean;
  /** An offer: with a code, a chain, or both. */
  accepted: boolean;
  orders: boolean;
}

export async function progressOf({ sql }: Tx, shopId: string): Promise<Progress> {
  const [row] = await sql<Progress[]>`
    select exists (select from visit where shop_id = ${shopId}) as visits,
      exists (select from enrollment where shop_id = ${shopId}) or exists (select from code where shop_id = ${shopId}) as accepted,
      exists (select from "order" where shop_id = ${shopId}) as orders`;
  return row ?? { visits: false, accepted: false, orders: false };
}
