/** Takes a person off the list for good, as of this commit. Twice is once. */

import type { Tx } from '../../../db/connect.ts';
import { contactById, suppress, unsubscribeContact } from '../../../db/contacts.ts';
import { insertDeliveryEvent, markMessage } from '../../../db/delivery.ts';
import { stopEnrollments } from '../../../db/enrollments.ts';
import type { Deps } from '../../deps.ts';
import { addressHash } from '../../signing.ts';
import { type Reader, readerOf } from './know-reader.ts';
import { noteWord } from './note-word.ts';

const ONE_CLICK = 'RFC 8058 List-Unsubscribe=One-Click';

/** Null for a token that is not ours. */
export async function unsubscribe(deps: Deps, token: string, network: string | null): Promise<Reader | null> {
  return deps.db.engine(async (tx) => {
    const reader = await readerOf(tx, deps, 'unsubscribe', token);
    if (reader) await takeOff(tx, deps, reader, { method: 'one_click', text: ONE_CLICK, network });
    return reader && again(tx, reader);
  });
}

/** The reader as they are now. */
export async function again(tx: Tx, reader: Reader): Promise<Reader> {
  return { ...reader, contact: (await contactById(tx, reader.shop.id, reader.contact.id)) ?? reader.contact };
}

/** The contact first, as claims do: a chain that is just being started is waited for, and stopped with the others. */
export async function takeOff(
  tx: Tx,
  deps: Deps,
  { contact, message }: Pick<Reader, 'contact' | 'message'>,
  word: { method: 'one_click' | 'preferences_page'; text: string; network: string | null },
): Promise<void> {
  const { shopId, id: contactId } = contact;
  const fresh = await unsubscribeContact(tx, shopId, contactId);
  await stopEnrollments(tx, shopId, { contactId, visitorId: null }, 'unsubscribed');
  if (!fresh) return;
  await suppress(tx, shopId, await addressHash(deps.settings.signingKey, contact.canonical), 'unsubscribed');
  await noteWord(tx, deps, contact, { granted: false, ...word });
  await insertDeliveryEvent(tx, {
    shopId,
    key: `unsubscribed:${deps.newId()}`,
    messageId: message.id,
    contactId,
    kind: 'unsubscribed',
    machine: false,
    link: null,
    detail: {},
    at: tx.now,
    judgeAt: null,
  });
  await markMessage(tx, message.id, 'unsubscribedAt', tx.now);
}
