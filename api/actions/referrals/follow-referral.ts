/** What an order means for the referral whose code it holds: the reward comes nearer, or is lost. Issues nothing. */

import { confirmedAt, isOpen, judgeReward, type RewardVerdict } from '../../../core/codes/referral.ts';
import type { CodeRow } from '../../../db/codes.ts';
import type { Tx } from '../../../db/connect.ts';
import {
  lockReferralOfCode,
  lockReferralOfOrder,
  orderFacts,
  type ReferralRow,
  saveReferral,
} from '../../../db/referrals.ts';
import type { ShopRow } from '../../../db/shops.ts';

/** A code was used for an order: where it is a friend's, the order is that friend's. The caller holds the code's lock. */
export async function followUse(tx: Tx, shop: ShopRow, code: CodeRow, orderId: string): Promise<void> {
  const referral = await lockReferralOfCode(tx, shop.id, code.id);
  if (!referral || referral.status === 'rewarded') return;
  const ordered: ReferralRow = {
    ...referral,
    ...UNSETTLED,
    status: 'ordered',
    orderId,
    orderStatus: null,
    orderedAt: tx.now,
  };
  await follow(tx, shop, ordered);
}

/** The shop has told of an order, new or known. Asked before the order changes whose browser it came from. */
export async function followReferral(tx: Tx, shop: ShopRow, orderId: string): Promise<void> {
  const referral = await lockReferralOfOrder(tx, shop.id, orderId);
  if (referral && isOpen(referral.status, referral.reason)) await follow(tx, shop, referral);
}

const UNSETTLED = { reason: null, confirmedAt: null, dueAt: null, settledAt: null };

async function follow(tx: Tx, shop: ShopRow, referral: ReferralRow): Promise<void> {
  const { verdict, told } = await judge(tx, shop, referral);
  await saveReferral(tx, settled(told, verdict, tx.now));
}

export interface Judged {
  verdict: RewardVerdict;
  /** The referral with the order's news in it. */
  told: ReferralRow;
}

export async function judge(tx: Tx, shop: ShopRow, referral: ReferralRow): Promise<Judged> {
  const facts = await orderFacts(tx, referral);
  const { orderStatus, promise } = referral;
  const at =
    facts.status === null ? null : confirmedAt({ status: orderStatus, at: referral.confirmedAt }, facts.status, tx.now);
  const told = { ...referral, orderStatus: facts.status, confirmedAt: at };
  const { perMonth } = shop.settings.referral;
  const { returnTerm } = promise;
  return {
    told,
    verdict: judgeReward({ ...facts, confirmedAt: at, returnTerm, perMonth, zone: shop.timezone, now: tx.now }),
  };
}

/** The row after a verdict. What is due waits for the turn that issues it. */
export function settled(referral: ReferralRow, verdict: RewardVerdict, now: number): ReferralRow {
  if ('refuse' in verdict)
    return { ...referral, status: 'refused', reason: verdict.refuse, dueAt: null, settledAt: now };
  const open = { ...referral, reason: null, settledAt: null };
  if ('reward' in verdict) return { ...open, status: 'confirmed', dueAt: now };
  const { wait, until } = verdict;
  if (wait !== 'claimed') return { ...open, status: wait, dueAt: until };
  return { ...open, ...UNSETTLED, status: wait, orderId: null, orderStatus: null, orderedAt: null };
}
