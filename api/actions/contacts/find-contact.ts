/** Finds a person as a shop's server names them: by the contact's id, or by an address in any spelling. */

import { parseEmail } from '../../../core/values/email-address.ts';
import type { Tx } from '../../../db/connect.ts';
import { type ContactRow, contactByCanonical, contactById } from '../../../db/contacts.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export async function findContact(tx: Tx, shopId: string, contact: string): Promise<ContactRow | null> {
  const byId = UUID.test(contact) ? await contactById(tx, shopId, contact.toLowerCase()) : null;
  const canonical = parseEmail(contact)?.canonical;
  return byId ?? (canonical ? contactByCanonical(tx, shopId, canonical) : null);
}
