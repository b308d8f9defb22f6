/** Uses a code up for an order. Redeeming, ending the chain and cancelling its letters is one transaction. */

import type { Gain } from '../../../core/codes/code-use.ts';
import { saveUse } from '../../../db/code-uses.ts';
import { type CodeRow, lockOrderId, markRedeemed } from '../../../db/codes.ts';
import type { Tx } from '../../../db/connect.ts';
import { contactByCanonical, touchContact } from '../../../db/contacts.ts';
import { stopEnrollments } from '../../../db/enrollments.ts';
import { noteFactChange } from '../../../db/segments.ts';
import type { ShopRow } from '../../../db/shops.ts';
import type { Deps } from '../../deps.ts';
import { hear } from '../flows/enter-flows.ts';
import { endBoughtChains } from '../orders/end-bought-chains.ts';
import { followUse } from '../referrals/follow-referral.ts';
import { spendBudget } from '../rules/spend-budget.ts';
import { type CodeResult, judgeCode, type Purchase } from './check-code.ts';
import type { FoundCode } from './find-code.ts';
import { viewForOrder } from './view-code.ts';

/** Redeems as often as the code allows, once by default. The same order again gets the same answer; who asks first wins. */
export async function redeemCode(deps: Deps, shop: ShopRow, text: string, purchase: Purchase): Promise<CodeResult> {
  return deps.db.shop(shop.id, async (tx): Promise<CodeResult> => {
    // Most that come too late are known to be so without waiting in the queue for the code's lock.
    const before = await judgeCode(tx, shop, text, { purchase, lock: false, asking: false });
    if ('problem' in before) return before;
    await lockOrderId(tx, shop.id, purchase.orderId);
    return redeem(tx, shop, text, purchase);
  });
}

/** The same inside a transaction of the caller's, which holds the order's lock, and none on an enrollment or message yet. */
export async function redeem(tx: Tx, shop: ShopRow, text: string, purchase: Purchase): Promise<CodeResult> {
  const judged = await judgeCode(tx, shop, text, { purchase, lock: true, asking: false });
  if ('problem' in judged) return judged;
  const { found, discount, freeShipping, done } = judged;
  if (done) return { view: viewForOrder(found, judged) };
  const { orderId } = purchase;
  const use = {
    shopId: shop.id,
    orderId,
    key: found.key,
    codeId: found.row?.id ?? null,
    status: 'redeemed' as const,
    until: null,
    discount,
    freeShipping,
  };
  await saveUse(tx, use);
  if (found.row) await followUse(tx, shop, found.row, orderId);
  if (found.row) await endReminders(tx, found.row, { purchase, discount, freeShipping, usedUp: isUsedUp(found) });
  else await rememberBuyer(tx, shop.id, null, purchase);
  if (found.row?.ruleId) await spendBudget(tx, shop, found.row.ruleId);
  return { view: viewForOrder({ ...found, own: { ...use, at: tx.now } }, judged) };
}

/** With this use. What many share is never used up for one of them while others can use it. */
const isUsedUp = ({ row, terms, count }: FoundCode): boolean =>
  row?.shared === true || (terms.uses !== null && count.redeemed + 1 >= terms.uses);

interface Used extends Gain {
  purchase: Purchase;
  usedUp: boolean;
}

async function endReminders(tx: Tx, code: CodeRow, { purchase, usedUp, ...gain }: Used): Promise<void> {
  await markRedeemed(tx, code, {
    orderId: purchase.orderId,
    usedUp,
    discount: gain.discount,
    freeShipping: gain.freeShipping,
  });
  await stopEnrollments(tx, code.shopId, { codeId: code.id }, 'redeemed');
  await rememberBuyer(tx, code.shopId, code.contactId, purchase);
  await hear(tx, { shopId: code.shopId, contactId: code.contactId }, 'redeemed');
  await noteFactChange(tx, { shopId: code.shopId, contactId: code.contactId });
}

/** Using a code is buying, also for a shop that never tells of orders: the buyer's other chains end too. */
async function rememberBuyer(tx: Tx, shopId: string, owner: string | null, { email }: Purchase): Promise<void> {
  const buyer = email ? ((await contactByCanonical(tx, shopId, email.canonical))?.id ?? null) : owner;
  if (!buyer) return;
  await endBoughtChains(tx, shopId, { contactId: buyer, visitorId: null }, { at: tx.now, proven: true });
  await touchContact(tx, shopId, buyer, { purchasedAt: tx.now });
}
