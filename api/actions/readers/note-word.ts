/** Keeps what somebody said of letters that sell, apart from any page of the shop: in the letter, to the provider, on a page of ours. */

import type { Tx } from '../../../db/connect.ts';
import { type ConsentRow, type ContactRow, insertConsent } from '../../../db/contacts.ts';
import { noteFactChange } from '../../../db/segments.ts';
import type { Deps } from '../../deps.ts';
import { sha256Hex } from '../../signing.ts';

export interface Word extends Pick<ConsentRow, 'granted' | 'method' | 'text'> {
  /** Where it was said from, truncated; absent where a provider tells of it. */
  network?: string | null;
}

export const noteWord = async (
  tx: Tx,
  deps: Deps,
  { shopId, id, locale }: Pick<ContactRow, 'shopId' | 'id' | 'locale'>,
  { granted, method, text, network = null }: Word,
): Promise<void> => {
  await noteFactChange(tx, { shopId, contactId: id });
  await insertConsent(tx, [
    {
      shopId,
      id: deps.newId(),
      contactId: id,
      visitorId: null,
      purpose: 'marketing',
      granted,
      text,
      textHash: await sha256Hex(text),
      locale,
      page: null,
      network,
      method,
    },
  ]);
};
