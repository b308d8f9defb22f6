/** Gives a code back: an order that wasn't paid lets go of it, an order that was refunded returns it as its terms say. */

import { dropUse, saveUse, useOf } from '../../../db/code-uses.ts';
import { codeById, lockOrderId, reopenCode, voidCode } from '../../../db/codes.ts';
import type { Tx } from '../../../db/connect.ts';
import { lockContact } from '../../../db/contacts.ts';
import type { ShopRow } from '../../../db/shops.ts';
import type { Deps } from '../../deps.ts';
import type { CodeResult } from './check-code.ts';
import { findCode } from './find-code.ts';
import { viewOfCode } from './view-code.ts';

/** What the order neither holds nor used is left as it is: releasing twice is releasing once. Another order's is not given back. */
export async function releaseCode(deps: Deps, shop: ShopRow, text: string, orderId: string): Promise<CodeResult> {
  return deps.db.shop(shop.id, async (tx): Promise<CodeResult> => {
    await lockOrderId(tx, shop.id, orderId);
    const found = await findCode(tx, shop, { text, orderId });
    if (!found) return { problem: 'code_not_found' };
    if (found.own) await giveBack(tx, shop.id, orderId, 'reopen');
    else if (found.terms.uses !== null && found.count.redeemed >= found.terms.uses)
      return { problem: 'already_redeemed' };
    else if (found.terms.uses !== null && found.count.redeemed + found.count.reserved >= found.terms.uses)
      return { problem: 'reserved' };
    const after = await findCode(tx, shop, { text });
    return after ? { view: viewOfCode(after, tx.now) } : { problem: 'code_not_found' };
  });
}

/** Undoes what the order did with its code. The caller holds the order's lock, and none on a code yet. `terms`: as the code itself says. */
export async function giveBack(tx: Tx, shopId: string, orderId: string, how: 'reopen' | 'terms'): Promise<void> {
  const use = await useOf(tx, shopId, orderId);
  if (!use || use.status === 'released') return;
  const code = use.codeId ? await codeById(tx, shopId, use.codeId) : null;
  if (use.status === 'redeemed' && how === 'terms' && code?.terms.onRefund === 'void') {
    // The use stays counted, and this order alone may take it up again.
    await saveUse(tx, { ...use, status: 'released' });
    await voidCode(tx, shopId, code.id);
    return;
  }
  await dropUse(tx, shopId, orderId);
  if (!code) return;
  await lockContact(tx, shopId, code.contactId);
  await reopenCode(tx, { shopId, id: code.id, orderId });
}
