/** Whether a shop has had its first of each: what the setup page asks. */

import type { Tx } from './connect.ts';

export interface Progress {
  visits: boolean;
  codes: boolean;
  orders: boolean;
}

export async function progressOf({ sql }: Tx, shopId: string): Promise<Progress> {
  const [row] = await sql<Progress[]>`
    select exists (select from visit where shop_id = ${shopId}) as visits,
      exists (select from code where shop_id = ${shopId}) as codes,
      exists (select from "order" where shop_id = ${shopId}) as orders`;
  return row ?? { visits: false, codes: false, orders: false };
}
