/** Checks and redeems codes. Redeeming, ending the chain and cancelling its letters is one transaction. */

import { codeKey } from '../../core/code.ts';
import type { EmailAddress } from '../../core/email-address.ts';
import { discountOn } from '../../core/offer.ts';
import { type CodeRow, codeByKey, lockCode, lockOrderId, markRedeemed } from '../../db/codes.ts';
import type { Tx } from '../../db/connect.ts';
import { contactByCanonical, touchContact } from '../../db/contacts.ts';
import { stopEnrollments } from '../../db/enrollments.ts';
import type { ShopRow } from '../../db/shops.ts';
import type { Deps } from '../deps.ts';
import { endBoughtChains } from './end-bought-chains.ts';

export type CodeProblem =
  | 'code_not_found'
  | 'already_redeemed'
  | 'code_expired'
  | 'below_minimum'
  | 'currency_mismatch'
  | 'order_has_code';

export interface Purchase {
  orderId: string;
  /** The order's total before the discount, in the shop's currency; null where it is not known in that currency. */
  total: number | null;
  currency?: string | undefined;
  /** Who buys; absent: whom the code was given to. */
  email?: EmailAddress | undefined;
}

/** `discount` is in the shop's currency; null where it is not known. */
export type CodeResult = { code: CodeRow; discount: number | null } | { problem: CodeProblem; code: CodeRow | null };

/** What the code would do to an order, changing nothing. Without a total only its being alive is checked. */
export async function checkCode(
  deps: Deps,
  shop: ShopRow,
  text: string,
  purchase: Partial<Purchase>,
): Promise<CodeResult> {
  return deps.db.shop(shop.id, async (tx) => {
    const code = await codeByKey(tx, shop.id, codeKey(text));
    if (code && isUsedFor(code, purchase.orderId)) return { code, discount: code.discount };
    return judge(code, shop, purchase, tx.now);
  });
}

/** Redeems once. The same order again gets the same answer; who asks first wins. */
export async function redeemCode(deps: Deps, shop: ShopRow, text: string, purchase: Purchase): Promise<CodeResult> {
  return deps.db.shop(shop.id, async (tx) => {
    await lockOrderId(tx, shop.id, purchase.orderId);
    const result = await redeem(tx, shop, text, purchase);
    if (!('problem' in result)) await rememberBuyer(tx, result.code, purchase);
    return result;
  });
}

/** Using a code is buying, also for a shop that never tells of orders: the buyer's other chains end too. */
async function rememberBuyer(tx: Tx, { shopId, contactId, redeemedAt }: CodeRow, { email }: Purchase): Promise<void> {
  const buyer = email ? ((await contactByCanonical(tx, shopId, email.canonical))?.id ?? null) : contactId;
  if (!buyer || redeemedAt === null) return;
  await endBoughtChains(tx, shopId, { contactId: buyer, visitorId: null }, redeemedAt);
  await touchContact(tx, shopId, buyer, { purchasedAt: redeemedAt });
}

/** The same inside a transaction of the caller's, which holds the order's lock, and none on an enrollment or message yet. */
export async function redeem(tx: Tx, shop: ShopRow, text: string, purchase: Purchase): Promise<CodeResult> {
  const code = await lockCode(tx, shop.id, codeKey(text));
  if (code && isUsedFor(code, purchase.orderId)) return { code, discount: code.discount };
  const judged = judge(code, shop, purchase, tx.now);
  if ('problem' in judged) return judged;
  const redeemed = await markRedeemed(tx, judged.code, purchase.orderId, judged.discount);
  if (!redeemed) return { problem: 'order_has_code', code: judged.code };
  await stopEnrollments(tx, shop.id, { codeId: redeemed.id }, 'redeemed');
  return { code: redeemed, discount: judged.discount };
}

const isUsedFor = (code: CodeRow, orderId: string | undefined): boolean =>
  code.status === 'redeemed' && code.orderId === orderId;

function judge(code: CodeRow | null, shop: ShopRow, { total, currency }: Partial<Purchase>, now: number): CodeResult {
  if (!code) return { problem: 'code_not_found', code };
  if (code.status === 'redeemed') return { problem: 'already_redeemed', code };
  if (code.status === 'expired' || (code.expiresAt !== null && code.expiresAt <= now))
    return { problem: 'code_expired', code };
  if (code.status === 'released') return { problem: 'code_not_found', code };
  if (currency !== undefined && currency !== shop.currency) return { problem: 'currency_mismatch', code };
  if (typeof total !== 'number') return { code, discount: null };
  if (total < (code.offer.minOrder ?? 0)) return { problem: 'below_minimum', code };
  return { code, discount: discountOn(total, code.offer, shop.currency) };
}
