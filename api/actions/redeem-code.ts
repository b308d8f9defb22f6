/** Checks and redeems codes. Redeeming, ending the chain and cancelling its letters is one transaction. */

import { codeKey } from '../../core/code.ts';
import { discountOn } from '../../core/offer.ts';
import { type CodeRow, codeByKey, lockCode, markRedeemed } from '../../db/codes.ts';
import type { Tx } from '../../db/connect.ts';
import { stopEnrollments } from '../../db/enrollments.ts';
import type { ShopRow } from '../../db/shops.ts';
import type { Deps } from '../deps.ts';

export type CodeProblem = 'code_not_found' | 'already_redeemed' | 'code_expired' | 'below_minimum' | 'currency_mismatch' | 'order_has_code';

export interface Purchase {
  orderId: string;
  /** The order's total before the discount, in the shop's currency. */
  total: number;
  currency?: string | undefined;
}

export type CodeResult = { code: CodeRow; discount: number } | { problem: CodeProblem; code: CodeRow | null };

/** What the code would do to an order, changing nothing. Without a total only its being alive is checked. */
export async function checkCode(deps: Deps, shop: ShopRow, text: string, purchase: Partial<Purchase>): Promise<CodeResult> {
  return deps.db.shop(shop.id, async (tx) => {
    const code = await codeByKey(tx, shop.id, codeKey(text));
    return judge(code, shop, purchase, tx.now);
  });
}

/** Redeems once. The same order again gets the same answer; who asks first wins. */
export async function redeemCode(deps: Deps, shop: ShopRow, text: string, purchase: Purchase): Promise<CodeResult> {
  return deps.db.shop(shop.id, (tx) => redeem(tx, shop, text, purchase));
}

/** The same inside a transaction of the caller's, which holds no lock on an enrollment or message yet. */
export async function redeem(tx: Tx, shop: ShopRow, text: string, purchase: Purchase): Promise<CodeResult> {
  const code = await lockCode(tx, shop.id, codeKey(text));
  if (code?.status === 'redeemed' && code.orderId === purchase.orderId) return { code, discount: code.discount ?? 0 };
  const judged = judge(code, shop, purchase, tx.now);
  if ('problem' in judged) return judged;
  const redeemed = await markRedeemed(tx, judged.code, purchase.orderId, judged.discount);
  if (!redeemed) return { problem: 'order_has_code', code: judged.code };
  await stopEnrollments(tx, shop.id, { codeId: redeemed.id }, 'redeemed');
  return { code: redeemed, discount: judged.discount };
}

function judge(code: CodeRow | null, shop: ShopRow, { total, currency }: Partial<Purchase>, now: number): CodeResult {
  if (!code) return { problem: 'code_not_found', code };
  if (code.status === 'redeemed') return { problem: 'already_redeemed', code };
  if (code.status === 'expired' || (code.expiresAt !== null && code.expiresAt <= now)) return { problem: 'code_expired', code };
  if (code.status === 'released') return { problem: 'code_not_found', code };
  if (currency !== undefined && currency !== shop.currency) return { problem: 'currency_mismatch', code };
  if (total !== undefined && total < (code.offer.minOrder ?? 0)) return { problem: 'below_minimum', code };
  return { code, discount: discountOn(total ?? 0, code.offer, shop.currency) };
}
