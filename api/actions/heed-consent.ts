/** Keeps what the shop's server tells of a person's consent, and does as they said: an older word undoes no later one, and no word of the shop's an unsubscribe. */

import type { Tx } from '../../db/connect.ts';
import { consentsOf } from '../../db/contact-records.ts';
import { type ContactRow, insertConsent, subscribeContact, suppress, unsubscribeContact } from '../../db/contacts.ts';
import { stopEnrollments } from '../../db/enrollments.ts';
import type { Deps } from '../deps.ts';
import type { ToldConsent } from '../schemas/contact.ts';
import { addressHash, sha256Hex } from '../signing.ts';

const TAKEN_BACK = 'Taken back, as the shop tells';

/** Expects the contact to be locked. Whether they take letters that sell from now on and did not before. */
export async function heedConsent(tx: Tx, deps: Deps, contact: ContactRow, told: ToldConsent): Promise<boolean> {
  const { shopId, id: contactId, locale } = contact;
  const at = Math.min(told.at ?? tx.now, tx.now);
  const text = told.text ?? TAKEN_BACK;
  const textHash = await sha256Hex(text);
  const earlier = await consentsOf(tx, shopId, contactId);
  let subscribed = false;
  for (const purpose of ['data', 'marketing'] as const) {
    const granted = told[purpose];
    if (granted === undefined) continue;
    const said = earlier.filter((row) => row.purpose === purpose);
    const same = said.filter((row) => row.granted === granted && row.textHash === textHash);
    // Told again, it is no second word.
    if (told.at === undefined ? same.includes(said.at(-1) as never) : same.some((row) => row.at === at)) continue;
    const page = told.page ?? null;
    const common = { shopId, contactId, visitorId: null, network: null, locale, page, text, textHash, at };
    await insertConsent(tx, [{ ...common, id: deps.newId(), purpose, granted, method: 'server' }]);
    if (purpose === 'data' || said.some((row) => row.at > at)) continue;
    if (granted) subscribed = await subscribeContact(tx, shopId, contactId);
    else await takeOff(tx, deps, contact);
  }
  return subscribed;
}

async function takeOff(tx: Tx, deps: Deps, { shopId, id, canonical }: ContactRow): Promise<void> {
  await unsubscribeContact(tx, shopId, id);
  await stopEnrollments(tx, shopId, { contactId: id, visitorId: null }, 'unsubscribed');
  await suppress(tx, shopId, await addressHash(deps.settings.signingKey, canonical), 'unsubscribed');
}
