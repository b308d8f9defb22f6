/** A code of a referral: the friend's, for their address alone, or the sender's. */

import { codeKey } from '../../../core/codes/code.ts';
import type { CodeTerms } from '../../../core/codes/code-plan.ts';
import type { Offer } from '../../../core/rules/offer.ts';
import { after } from '../../../core/values/calendar.ts';
import { type CodeRow, insertCode } from '../../../db/codes.ts';
import type { Tx } from '../../../db/connect.ts';
import type { ContactRow } from '../../../db/contacts.ts';
import type { Deps } from '../../deps.ts';

export interface ReferralCode {
  /** The referral that it is of. */
  id: string;
  /** Locked, with no live code of this referral. */
  contact: ContactRow;
  /** The browser it was asked for from, where that is known. */
  visitorId: string | null;
  rangeHash: string | null;
  offer: Offer;
  binding: CodeTerms['binding'];
  /** The shop's. */
  zone: string;
}

/** A code that another person or shop-made text happens to have is tried again. */
const ATTEMPTS = 5;

export async function issueReferralCode(tx: Tx, deps: Deps, wanted: ReferralCode): Promise<CodeRow> {
  const { id, contact, visitorId, rangeHash, offer, binding, zone } = wanted;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const code = deps.newCode('');
    const issued = await insertCode(tx, {
      shopId: contact.shopId,
      id: deps.newId(),
      code,
      key: codeKey(code),
      ruleId: id,
      contactId: contact.id,
      canonical: contact.canonical,
      visitorId: visitorId ?? id,
      status: 'issued',
      offer,
      terms: { uses: 1, binding, onRefund: 'reopen' },
      rangeHash,
      issuedAt: tx.now,
      expiresAt: offer.expiresIn ? after(tx.now, offer.expiresIn, zone) : null,
    });
    if (issued) return issued;
  }
  throw new Error(`could not issue a code in ${ATTEMPTS} attempts`);
}
