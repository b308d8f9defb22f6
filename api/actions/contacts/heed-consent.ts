/** Keeps what the shop's server tells of people's consent, and does as they said: an older word undoes no later one, and no word of the shop's an unsubscribe. */

import type { Tx } from '../../../db/connect.ts';
import { consentsOfMany, subscribeContacts, unsubscribeContacts } from '../../../db/contact-batches.ts';
import { type ConsentRow, type ContactRow, insertConsent, type NewConsent, suppress } from '../../../db/contacts.ts';
import { stopEnrollments } from '../../../db/enrollments.ts';
import type { Deps } from '../../deps.ts';
import type { ToldConsent } from '../../schemas/contact.ts';
import { addressHash, sha256Hex } from '../../signing.ts';

const TAKEN_BACK = 'Taken back, as the shop tells';

export interface Heeded {
  contact: ContactRow;
  told: ToldConsent;
}

export interface Heeding {
  /** Whether they take letters that sell, where that is another answer now. */
  marketing: Map<string, ContactRow['marketing']>;
  /** Of whom a word was written down. */
  noted: Set<string>;
}

/** Expects the contacts to be locked, each once. */
export async function heedConsents(tx: Tx, deps: Deps, shopId: string, heeded: readonly Heeded[]): Promise<Heeding> {
  if (heeded.length === 0) return { marketing: new Map(), noted: new Set() };
  const earlier = await consentsOfMany(
    tx,
    shopId,
    heeded.map(({ contact }) => contact.id),
  );
  const rows: NewConsent[] = [];
  const yes: string[] = [];
  const no: ContactRow[] = [];
  for (const { contact, told } of heeded) {
    const said = await wordsOf(tx, deps, { contact, told }, earlier.get(contact.id) ?? []);
    rows.push(...said.rows);
    if (said.marketing === true) yes.push(contact.id);
    if (said.marketing === false) no.push(contact);
  }
  await insertConsent(tx, rows);
  await takeOff(tx, deps, shopId, no);
  const marketing = new Map(no.map(({ id }): [string, ContactRow['marketing']] => [id, 'unsubscribed']));
  for (const id of await subscribeContacts(tx, shopId, yes)) marketing.set(id, 'subscribed');
  return { marketing, noted: new Set(rows.map(({ contactId }) => contactId)) };
}

/** What is new of it, and what follows for letters that sell: null for nothing. */
async function wordsOf(
  tx: Tx,
  deps: Deps,
  { contact, told }: Heeded,
  earlier: readonly ConsentRow[],
): Promise<{ rows: NewConsent[]; marketing: boolean | null }> {
  const { shopId, id: contactId, locale } = contact;
  const at = Math.min(told.at ?? tx.now, tx.now);
  const text = told.text ?? TAKEN_BACK;
  const textHash = await sha256Hex(text);
  const common = { shopId, contactId, visitorId: null, network: null, locale, page: told.page ?? null, text, textHash };
  const rows: NewConsent[] = [];
  let marketing: boolean | null = null;
  for (const purpose of ['data', 'marketing'] as const) {
    const granted = told[purpose];
    if (granted === undefined) continue;
    const said = earlier.filter((row) => row.purpose === purpose);
    const isSame = (row: ConsentRow | undefined): boolean => row?.granted === granted && row.textHash === textHash;
    // Told again, it is no second word.
    if (told.at === undefined ? isSame(said.at(-1)) : said.some((row) => isSame(row) && row.at === at)) continue;
    rows.push({ ...common, id: deps.newId(), purpose, granted, method: 'server', at });
    if (purpose === 'marketing' && !said.some((row) => row.at > at)) marketing = granted;
  }
  return { rows, marketing };
}

async function takeOff(tx: Tx, deps: Deps, shopId: string, contacts: readonly ContactRow[]): Promise<void> {
  const fresh = contacts.filter(({ marketing }) => marketing !== 'unsubscribed');
  await unsubscribeContacts(
    tx,
    shopId,
    fresh.map(({ id }) => id),
  );
  for (const { id, canonical } of fresh) {
    await stopEnrollments(tx, shopId, { contactId: id, visitorId: null }, 'unsubscribed');
    await suppress(tx, shopId, await addressHash(deps.settings.signingKey, canonical), 'unsubscribed');
  }
}
