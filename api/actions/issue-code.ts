/** Gives a person their one live code for a rule: the one they have, or a new one. */

import { after } from '../../core/calendar.ts';
import { codeKey } from '../../core/code.ts';
import type { Rule } from '../../core/rule.ts';
import { type CodeRow, insertCode, liveCode, markExpired } from '../../db/codes.ts';
import type { Tx } from '../../db/connect.ts';
import type { ContactRow } from '../../db/contacts.ts';
import type { ShopRow } from '../../db/shops.ts';
import type { Deps } from '../deps.ts';

export interface CodeWanted {
  shop: ShopRow;
  /** As the visitor's arm sees it. */
  rule: Rule;
  contact: ContactRow;
  visitorId: string;
}

/** A code that another person or shop-made text happens to have is tried again. */
const ATTEMPTS = 5;

export async function issueCode(tx: Tx, deps: Deps, { shop, rule, contact, visitorId }: CodeWanted): Promise<CodeRow> {
  const { offer } = rule;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const live = await liveCode(tx, shop.id, contact.canonical, rule.id);
    if (live && (live.expiresAt === null || live.expiresAt > tx.now)) return live;
    if (live) await markExpired(tx, shop.id, live.id);
    const code = deps.newCode(rule.code.prefix ?? '');
    const issued = await insertCode(tx, {
      shopId: shop.id,
      id: deps.newId(),
      code,
      key: codeKey(code),
      ruleId: rule.id,
      contactId: contact.id,
      canonical: contact.canonical,
      visitorId,
      status: 'issued',
      offer,
      issuedAt: tx.now,
      expiresAt: offer.expiresIn ? after(tx.now, offer.expiresIn, shop.timezone) : null,
      orderId: null,
      redeemedAt: null,
      discount: null,
    });
    if (issued) return issued;
  }
  throw new Error(`could not issue a code in ${ATTEMPTS} attempts`);
}
