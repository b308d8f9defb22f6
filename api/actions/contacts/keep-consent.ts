/** Keeps what a person agreed to, in which words: two rows, because the two may be taken back apart. Tells whether they subscribed by it. */

import type { Claim } from '../../../core/visits/wire.ts';
import type { Tx } from '../../../db/connect.ts';
import { type ContactRow, insertConsent, subscribeContact } from '../../../db/contacts.ts';
import type { Deps } from '../../deps.ts';
import type { Network } from '../../network.ts';
import { sha256Hex } from '../../signing.ts';
import type { Folded } from '../visits/fold-batch.ts';

export interface Agreed {
  contact: ContactRow;
  consent: Claim['consent'];
  /** The language of the words. */
  locale: string;
  folded: Folded;
  network: Network;
  method: 'popup' | 'form';
  /** They have to say it again from their mailbox before it holds. */
  unconfirmed: boolean;
}

export async function keepConsent(
  tx: Tx,
  deps: Deps,
  { contact, consent, locale, folded, network, method, unconfirmed }: Agreed,
): Promise<boolean> {
  const common = {
    shopId: contact.shopId,
    contactId: contact.id,
    visitorId: folded.visitor.id,
    text: consent.text,
    textHash: await sha256Hex(consent.text),
    locale,
    page: folded.visit.state.path || null,
    network: network.range,
    method,
  };
  const rows = [
    { ...common, id: deps.newId(), purpose: 'data' as const, granted: consent.data },
    { ...common, id: deps.newId(), purpose: 'marketing' as const, granted: consent.marketing },
  ];
  tx.meanwhile(insertConsent(tx, rows));
  return consent.marketing && !unconfirmed && subscribeContact(tx, contact.shopId, contact.id);
}
