/** Who holds a link from a letter: nobody but the owner of the mailbox, or whom they passed it on to. */

import type { Tx } from '../../../db/connect.ts';
import { type ContactRow, contactById } from '../../../db/contacts.ts';
import { type MessageRow, messageById } from '../../../db/messages.ts';
import { type ShopRow, shopById } from '../../../db/shops.ts';
import type { Deps } from '../../deps.ts';
import { readToken, type TokenPurpose } from '../../signing.ts';

export interface Reader {
  shop: ShopRow;
  contact: ContactRow;
  /** The letter that the link was in. */
  message: MessageRow;
}

/** Null for a token that is not ours, was made for another purpose, or whose letter there is no more. */
export async function readerOf(tx: Tx, deps: Deps, purpose: TokenPurpose, token: string): Promise<Reader | null> {
  const id = await readToken(deps.settings.signingKey, purpose, token);
  const message = id ? await messageById(tx, id) : null;
  const shop = message && (await shopById(tx, message.shopId));
  const contact = message && (await contactById(tx, message.shopId, message.contactId));
  return message && shop && contact ? { shop, contact, message } : null;
}

/** What a letter may ask of its reader. */
const QUESTIONS = ['nps', 'away', 'review', 'reason'] as const satisfies readonly TokenPurpose[];

export interface AskedReader {
  asked: (typeof QUESTIONS)[number];
  reader: Reader;
}

/** Who was asked what; null for a token that asks nothing. Changes nothing. */
export async function showAsked(deps: Deps, token: string): Promise<AskedReader | null> {
  for (const asked of QUESTIONS) {
    const reader = await showReader(deps, asked, token);
    if (reader) return { asked, reader };
  }
  return null;
}

/** Reads for a page, and changes nothing. */
export const showReader = (deps: Deps, purpose: TokenPurpose, token: string): Promise<Reader | null> =>
  deps.db.engine((tx) => readerOf(tx, deps, purpose, token));

/** One answer of a kind to a letter. */
export const answerOf = ({ contact, message }: Reader, now: number, what: 'nps' | 'away' | 'review' | 'reason') => ({
  shopId: contact.shopId,
  key: `${what}:${message.id}`,
  messageId: message.id,
  contactId: contact.id,
  kind: 'answered' as const,
  machine: false,
  link: null,
  at: now,
  judgeAt: null,
});
