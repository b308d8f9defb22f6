/** Takes a person off the list for good, as of this commit. Twice is once. */

import { insertConsent, suppress, unsubscribeContact, contactById } from '../../db/contacts.ts';
import { stopEnrollments } from '../../db/enrollments.ts';
import { messageById } from '../../db/messages.ts';
import { shopById, type ShopRow } from '../../db/shops.ts';
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
    if (act) {
      await stopEnrollments(tx, shop.id, { contactId: message.contactId, visitorId: null }, 'unsubscribed');
      const contact = await contactById(tx, shop.id, message.contactId);
      if (contact && (await unsubscribeContact(tx, shop.id, contact.id))) {
        const text = 'RFC 8058 List-Unsubscribe=One-Click';
        await suppress(tx, shop.id, await addressHash(signingKey, contact.canonical), 'unsubscribed');
        await insertConsent(tx, [
          {
            shopId: shop.id, id: deps.newId(), contactId: contact.id, visitorId: null, purpose: 'marketing', granted: false, text,
            textHash: await sha256Hex(text), locale: contact.locale, page: null, network: null, method: 'one_click',
          },
        ]);
      }
    }
    const contact = await contactById(tx, shop.id, message.contactId);
    return contact && { shop, locale: contact.locale, subscribed: contact.marketing === 'subscribed' };
  });
}
