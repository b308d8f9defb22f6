/** Holds a code for an order while it is being paid. Falls back by itself: there is nothing to clean up. */

import { RESERVED_MS } from '../../../core/codes/code-use.ts';
import { saveUse } from '../../../db/code-uses.ts';
import { lockOrderId } from '../../../db/codes.ts';
import type { ShopRow } from '../../../db/shops.ts';
import type { Deps } from '../../deps.ts';
import { type CodeResult, judgeCode, type Purchase } from './check-code.ts';
import { viewForOrder } from './view-code.ts';

/** Asking again holds it anew; asking with another code lets the first one go. */
export async function reserveCode(
  deps: Deps,
  shop: ShopRow,
  text: string,
  purchase: Pick<Purchase, 'orderId'> & Partial<Purchase>,
): Promise<CodeResult> {
  return deps.db.shop(shop.id, async (tx): Promise<CodeResult> => {
    await lockOrderId(tx, shop.id, purchase.orderId);
    const judged = await judgeCode(tx, shop, text, { purchase, lock: true, asking: false });
    if ('problem' in judged) return judged;
    const { found, discount, freeShipping } = judged;
    if (judged.done) return { view: viewForOrder(found, judged) };
    const use = {
      shopId: shop.id,
      orderId: purchase.orderId,
      key: found.key,
      codeId: found.row?.id ?? null,
      status: 'reserved' as const,
      until: tx.now + RESERVED_MS,
      discount,
      freeShipping,
    };
    await saveUse(tx, use);
    return { view: viewForOrder({ ...found, own: { ...use, at: tx.now } }, judged) };
  });
}
