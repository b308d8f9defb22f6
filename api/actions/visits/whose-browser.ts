/** Whose browser this is, by what nobody can make up: the word of the shop's server, or a letter's link. */

import { parseEmail } from '../../../core/values/email-address.ts';
import type { VisitEvent } from '../../../core/visits/event.ts';
import type { Tx } from '../../../db/connect.ts';
import { contactByCanonical } from '../../../db/contacts.ts';
import type { ShopRow } from '../../../db/shops.ts';
import { identityProof, identitySecret, sameText } from '../../signing.ts';
import { redeemTicket } from '../readers/follow-link.ts';
import type { Batch } from './fold-batch.ts';

/** The contact that the shop's page names, if its server has proved it. */
export async function provedContact(
  tx: Tx,
  signingKey: string,
  shopId: string,
  events: readonly VisitEvent[],
): Promise<string | null> {
  for (const event of events) {
    const email = event.type === 'identify' ? parseEmail(event.email) : null;
    if (event.type !== 'identify' || !email) continue;
    const proof = await identityProof(await identitySecret(signingKey, shopId), event.email);
    if (!sameText(proof, event.proof.toLowerCase())) continue;
    const contact = await contactByCanonical(tx, shopId, email.canonical);
    if (contact) return contact.id;
  }
  return null;
}

/** The contact whose letter brought this browser here, as the letter's link has it. */
export async function lettersContact(
  tx: Tx,
  signingKey: string,
  { shop, batch, ticket }: { shop: ShopRow; batch: Batch; ticket: string | null },
): Promise<string | null> {
  if (!ticket || batch.untied || batch.sandboxed) return null;
  return redeemTicket(tx, signingKey, { shopId: shop.id, visitorId: batch.visitor, ticket });
}
