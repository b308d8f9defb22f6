/** Takes a person off the list for good, as of this commit. Twice is once. */

import type { Tx } from '../../db/connect.ts';
import { contactById, insertConsent, suppress, unsubscribeContact } from '../../db/contacts.ts';
import { stopEnrollments } from '../../db/enrollments.ts';
import { messageById } from '../../db/messages.ts';
import { type ShopRow, shopById } from '../../db/shops.ts';
import type { Deps } from '../deps.ts';
import { addressHash, readToken, sha256Hex } from '../signing.ts';

export interface Subscription {
  shop: ShopRow;
  locale: string;
  subscribed: boolean;
}

/** Whose subscription the token of a letter is about, or null for a token that is not ours. Changes nothing. */
export async function readSubscription(deps: Deps, token: string): Promise<Subscription | null> {
  return withContact(deps, token, false);
}

export async function unsubscribe(deps: Deps, token: string): Promise<Subscription | null> {
  return withContact(deps, token, true);
}

async function withContact(deps: Deps, token: string, act: boolean): Promise<Subscription | null> {
  const { signingKey } = deps.settings;
  const messageId = await readToken(signingKey, 'unsubscribe', token);
  if (!messageId) return null;
  return deps.db.engine(async (tx) => {
    const message = await messageById(tx, messageId);
    const shop = message && (await shopById(tx, message.shopId));
    if (!message || !shop) return null;
    if (act) await takeOff(tx, deps, shop.id, message.contactId);
    const contact = await contactById(tx, shop.id, message.contactId);
    return contact && { shop, locale: contact.locale, subscribed: contact.marketing === 'subscribed' };
  });
}

const ONE_CLICK = 'RFC 8058 List-Unsubscribe=One-Click';

/** The contact first, as claims do: a chain that is just being started is waited for, and stopped with the others. */
async function takeOff(tx: Tx, deps: Deps, shopId: string, contactId: string): Promise<void> {
  const fresh = await unsubscribeContact(tx, shopId, contactId);
  await stopEnrollments(tx, shopId, { contactId, visitorId: null }, 'unsubscribed');
  const contact = fresh && (await contactById(tx, shopId, contactId));
  if (!contact) return;
  await suppress(tx, shopId, await addressHash(deps.settings.signingKey, contact.canonical), 'unsubscribed');
  await insertConsent(tx, [
    {
      shopId,
      id: deps.newId(),
      contactId,
      visitorId: null,
      purpose: 'marketing',
      granted: false,
      text: ONE_CLICK,
      textHash: await sha256Hex(ONE_CLICK),
      locale: contact.locale,
      page: null,
      network: null,
      method: 'one_click',
    },
  ]);
}
