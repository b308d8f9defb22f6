/** What stands behind a friend's link: whose shop it is, and whether friends are still welcome. Never who sent it. */

import { localDay, wallTime } from '../../../core/values/calendar.ts';
import type { Tx } from '../../../db/connect.ts';
import { countTally, linkByToken } from '../../../db/referrals.ts';
import { type ShopRow, shopById } from '../../../db/shops.ts';
import type { Deps } from '../../deps.ts';

export interface Invitation {
  shop: ShopRow;
  senderId: string;
  /** The program is switched on. */
  open: boolean;
}

/** Null for a link that is none of ours, or whose sender is gone. */
export async function invitationOf(tx: Tx, token: string): Promise<Invitation | null> {
  const link = await linkByToken(tx, token.toLowerCase());
  const shop = link && (await shopById(tx, link.shopId));
  return shop ? { shop, senderId: link.contactId, open: shop.settings.referral.enabled } : null;
}

/** `counts`: a person opened it. */
export const showInvitation = (
  deps: Deps,
  token: string,
  { counts }: { counts: boolean },
): Promise<Invitation | null> =>
  deps.db.engine(async (tx) => {
    const invitation = await invitationOf(tx, token);
    if (invitation?.open && counts) await countFor(tx, invitation, 'opened');
    return invitation;
  });

export const countFor = (tx: Tx, { shop, senderId }: Invitation, what: string): Promise<void> =>
  countTally(tx, { shopId: shop.id, senderId, day: wallTime(localDay(tx.now, shop.timezone), shop.timezone), what });
