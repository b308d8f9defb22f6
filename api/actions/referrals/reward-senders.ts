/** Issues the rewards whose return term is over, each once, however many workers look. */

import { REFERRAL_REWARD } from '../../../core/recipes/referral.ts';
import { localeOf } from '../../../core/values/locale.ts';
import type { Tx } from '../../../db/connect.ts';
import { contactById } from '../../../db/contacts.ts';
import { lockDueRewards, type ReferralRow, saveReferral } from '../../../db/referrals.ts';
import { type ShopRow, shopById } from '../../../db/shops.ts';
import type { Deps } from '../../deps.ts';
import { announceCode } from '../codes/announce-code.ts';
import { enterFlow } from '../flows/enter-flow.ts';
import { ownFlow } from '../flows/own-flow.ts';
import { judge, settled } from './follow-referral.ts';
import { issueReferralCode } from './issue-referral-code.ts';

/** Decides up to `limit` in one transaction; returns how many. */
export const rewardSenders = (deps: Deps, limit: number): Promise<number> =>
  deps.db.engine(async (tx) => {
    const due = await lockDueRewards(tx, limit);
    for (const referral of due) {
      const shop = await shopById(tx, referral.shopId);
      if (shop) await decide(tx, deps, shop, referral);
    }
    return due.length;
  });

async function decide(tx: Tx, deps: Deps, shop: ShopRow, referral: ReferralRow): Promise<void> {
  const { verdict, told } = await judge(tx, shop, referral);
  if ('reward' in verdict) {
    const rewardId = await reward(tx, deps, shop, told);
    await saveReferral(tx, { ...told, status: 'rewarded', reason: null, rewardId, dueAt: null, settledAt: tx.now });
  } else await saveReferral(tx, settled(told, verdict, tx.now));
}

/** The sender's code, and the letter with it; the code's id. */
async function reward(tx: Tx, deps: Deps, shop: ShopRow, { id, senderId, promise }: ReferralRow): Promise<string> {
  const contact = await contactById(tx, shop.id, senderId);
  if (!contact) throw new Error(`the sender of referral ${id} is gone`);
  const code = await issueReferralCode(tx, deps, {
    id,
    contact,
    visitorId: null,
    rangeHash: null,
    offer: promise.reward,
    binding: 'loose',
    zone: shop.timezone,
  });
  const flow = await ownFlow(tx, shop.id, REFERRAL_REWARD);
  const entry = {
    shopId: shop.id,
    id: deps.newId(),
    contactId: contact.id,
    visitorId: null,
    ruleId: null,
    codeId: code.id,
    dedupeKey: `${flow.key}:${id}`,
    items: [],
    offer: code.offer,
    locale: localeOf(contact.locale),
    claimed: false,
  };
  await enterFlow(tx, deps, flow, entry);
  const { locale } = entry;
  await announceCode(tx, deps, { code, visitorId: null, items: [], locale, claimed: false });
  return code.id;
}
