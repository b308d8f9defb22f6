/** Gives a person the one link by which they bring friends, and tells what came of it. */

import { codeKey } from '../../../core/codes/code.ts';
import type { EmailAddress } from '../../../core/values/email-address.ts';
import { localeOf } from '../../../core/values/locale.ts';
import { greetableName } from '../../../core/values/person-name.ts';
import type { Tx } from '../../../db/connect.ts';
import { upsertContact } from '../../../db/contacts.ts';
import {
  keepLink,
  linkOf,
  openingsOf,
  type ReferralLinkRow,
  referralsOf,
  type SentReferral,
} from '../../../db/referrals.ts';
import type { ShopRow } from '../../../db/shops.ts';
import type { Deps } from '../../deps.ts';
import { findContact } from '../contacts/find-contact.ts';
import { invitationUrl } from './invitation-url.ts';

const ATTEMPTS = 5;
/** How many friends of one sender are told of. */
const MOST_FRIENDS = 100;

/** The address of the page that the link leads to; for letters as well. Stable, and nothing can be read from it. */
export async function referralLink(
  tx: Tx,
  deps: Pick<Deps, 'newCode' | 'settings'>,
  who: { shopId: string; contactId: string },
): Promise<{ row: ReferralLinkRow; link: string; created: boolean }> {
  const known = await linkOf(tx, who.shopId, who.contactId);
  if (known) return { row: known, link: invitationUrl(deps.settings, known.token), created: false };
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const row = await keepLink(tx, { ...who, token: codeKey(deps.newCode('')).toLowerCase() });
    if (row) return { row, link: invitationUrl(deps.settings, row.token), created: true };
  }
  throw new Error(`could not make a link in ${ATTEMPTS} attempts`);
}

export interface Sender {
  email: EmailAddress;
  name?: string;
  locale?: string;
}

export async function referFriends(
  deps: Deps,
  shop: ShopRow,
  { email, name, locale }: Sender,
): Promise<{ row: ReferralLinkRow; link: string; created: boolean }> {
  return deps.db.shop(shop.id, async (tx) => {
    const fresh = {
      id: deps.newId(),
      shopId: shop.id,
      email,
      name: greetableName(name),
      locale: localeOf(locale ?? shop.locale),
    };
    const contact = await upsertContact(tx, fresh, 'server');
    return referralLink(tx, deps, { shopId: shop.id, contactId: contact.id });
  });
}

export interface Referrals {
  row: ReferralLinkRow;
  link: string;
  opened: number;
  friends: SentReferral[];
}

/** By the sender's id or address; null where they have no link yet. */
export async function showReferrals(deps: Deps, shopId: string, contact: string): Promise<Referrals | null> {
  return deps.db.shop(shopId, async (tx) => {
    const known = await findContact(tx, shopId, contact);
    const row = known && (await linkOf(tx, shopId, known.id));
    if (!row) return null;
    return {
      row,
      link: invitationUrl(deps.settings, row.token),
      opened: await openingsOf(tx, shopId, row.contactId),
      friends: await referralsOf(tx, shopId, row.contactId, MOST_FRIENDS),
    };
  });
}
