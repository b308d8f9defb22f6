/** Carries a refusal or a purchase from the browser where it happened to the person it belongs to. */

import type { Tx } from '../../../db/connect.ts';
import { contactMadeBy, touchContact } from '../../../db/contacts.ts';
import type { VisitorRow } from '../../../db/visits.ts';
import { endBoughtChains } from '../orders/end-bought-chains.ts';

/** Passes on what is new since `before`, and ends the chains that a purchase ends. */
export async function tellOtherDevices(
  tx: Tx,
  before: VisitorRow,
  { shopId, id, contactId, refusedAt, purchasedAt }: VisitorRow,
): Promise<void> {
  const met = contactId !== before.contactId;
  const refused = refusedAt !== null && (met || refusedAt !== before.refusedAt);
  const bought = purchasedAt !== null && (met || purchasedAt !== before.purchasedAt);
  if (!refused && !bought) return;
  // Who made the contact may hush it, and yet is told nothing of it: the address is typed, not proved.
  const person = contactId ?? (await contactMadeBy(tx, shopId, id));
  if (person) {
    await touchContact(tx, shopId, person, { ...(refused ? { refusedAt } : {}), ...(bought ? { purchasedAt } : {}) });
  }
  if (bought) await endBoughtChains(tx, shopId, { contactId, visitorId: id }, { at: purchasedAt, proven: false });
}
