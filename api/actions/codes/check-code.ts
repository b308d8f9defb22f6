/** Says what a code would do to an order, or how it stands. Changes nothing. */

import { codeKey } from '../../../core/codes/code.ts';
import { type Gain, judgeUse, type UseProblem } from '../../../core/codes/code-use.ts';
import type { Order } from '../../../core/rules/offer.ts';
import type { EmailAddress } from '../../../core/values/email-address.ts';
import type { Tx } from '../../../db/connect.ts';
import type { ShopRow } from '../../../db/shops.ts';
import type { Deps } from '../../deps.ts';
import { type FoundCode, findCode } from './find-code.ts';
import { type CodeView, viewForOrder, viewOfCode } from './view-code.ts';

export type CodeProblem = 'code_not_found' | UseProblem;

export interface Purchase {
  orderId: string;
  /** The order's total before the discount, in the shop's currency; null where it is not known in that currency; absent: what the items come to. */
  total?: number | null | undefined;
  /** What is ordered, priced for one before the discount. */
  items?: Order['items'];
  /** The other codes and discounts of the order. An order that is placed doesn't ask any more: there they are facts. */
  codes?: readonly string[] | undefined;
  currency?: string | undefined;
  /** Who buys; absent: whom the code was given to. */
  email?: EmailAddress | undefined;
}

/** `minimum` is what the order must come to, where that is the problem. */
export type CodeResult = { view: CodeView } | { problem: CodeProblem; minimum?: number | undefined };

/** Without a total only the code itself is checked. */
export async function checkCode(
  deps: Deps,
  shop: ShopRow,
  text: string,
  purchase: Partial<Purchase>,
): Promise<CodeResult> {
  return deps.db.shop(shop.id, async (tx) => {
    const judged = await judgeCode(tx, shop, text, { purchase, lock: false, asking: true });
    return 'problem' in judged ? judged : { view: viewForOrder(judged.found, judged) };
  });
}

export async function showCode(deps: Deps, shop: ShopRow, text: string): Promise<CodeView | null> {
  return deps.db.shop(shop.id, async (tx) => {
    const found = await findCode(tx, shop, { text });
    return found && viewOfCode(found, tx.now);
  });
}

export interface Judging {
  purchase: Partial<Purchase>;
  lock: boolean;
  asking: boolean;
}

export type Judged =
  | ({ found: FoundCode; done: boolean } & Gain)
  | { problem: CodeProblem; minimum?: number | undefined };

/** The code with the verdict on it. With `lock` the verdict holds until the transaction ends. */
export async function judgeCode(
  tx: Tx,
  shop: ShopRow,
  text: string,
  { purchase, lock, asking }: Judging,
): Promise<Judged> {
  const { orderId, total, items, currency, email } = purchase;
  const canonical = email?.canonical;
  const codes = purchase.codes?.filter((one) => codeKey(one) !== codeKey(text));
  const found = await findCode(tx, shop, { text, orderId, canonical, codes, lock });
  if (!found) return { problem: 'code_not_found' };
  const verdict = judgeUse({
    code: found,
    uses: found.uses,
    purchase: { total, items, codes, currency, canonical },
    currency: shop.currency,
    now: tx.now,
    asking,
  });
  if ('problem' in verdict) return { problem: verdict.problem, minimum: found.offer.minOrder };
  return { found, ...verdict };
}
