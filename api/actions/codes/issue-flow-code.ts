/** A code of a chain's own. Who has a live one already keeps that: two at once would only be bargained with. Throw-away addresses get none. */

import { codeKey } from '../../../core/codes/code.ts';
import type { Offer } from '../../../core/rules/offer.ts';
import { after } from '../../../core/values/calendar.ts';
import { anyLiveCode, type CodeRow, insertCode, liveCode, markExpired } from '../../../db/codes.ts';
import type { Tx } from '../../../db/connect.ts';
import type { DueEnrollment } from '../../../db/enrollments.ts';
import { flowsEnteredBy } from '../../../db/flows.ts';
import { planEntry } from '../../../db/pending-entries.ts';
import { shopById } from '../../../db/shops.ts';
import type { Deps } from '../../deps.ts';
import { judgeAddress } from '../contacts/judge-address.ts';
import { planEndOfCode } from '../flows/plan-endings.ts';

/** A code that another person or shop-made text happens to have is tried again. */
const ATTEMPTS = 5;

export async function issueFlowCode(
  tx: Tx,
  deps: Deps,
  { shopId, id, contactId, visitorId, canonical, zone, items, locale }: DueEnrollment,
  offer: Offer,
): Promise<{ codeId: string; offer: Offer } | null> {
  const shop = await shopById(tx, shopId);
  // Who must confirm first has: no flow that sells begins before.
  if (shop && judgeAddress(deps, shop, { canonical, marketing: 'subscribed' }) === 'deny') return null;
  const own = await liveCode(tx, shopId, canonical, id);
  const over = own !== null && own.expiresAt !== null && own.expiresAt <= tx.now;
  // One that nobody has asked for since it ran out still stands as issued.
  if (own && over) await markExpired(tx, shopId, own.id);
  else if (own?.status === 'reserved') return { codeId: own.id, offer: own.offer };
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const live = await anyLiveCode(tx, shopId, canonical);
    if (live) return { codeId: live.id, offer: live.offer };
    const code = deps.newCode('');
    const issued = await insertCode(tx, {
      shopId,
      id: deps.newId(),
      code,
      key: codeKey(code),
      // Its source is the chain, and no browser has claimed it.
      ruleId: id,
      visitorId: visitorId ?? id,
      contactId,
      canonical,
      status: 'issued',
      offer,
      issuedAt: tx.now,
      expiresAt: offer.expiresIn ? after(tx.now, offer.expiresIn, zone) : null,
    });
    if (issued) {
      await planCodeEntries(tx, issued, { visitorId, items, locale });
      await planEndOfCode(tx, issued, { items, locale });
      return { codeId: issued.id, offer };
    }
  }
  throw new Error(`could not issue a code in ${ATTEMPTS} attempts`);
}

/** The engine's next turn begins the flows that begin with a code: this chain has to move on first. */
async function planCodeEntries(
  tx: Tx,
  { shopId, contactId, id }: CodeRow,
  carried: Pick<DueEnrollment, 'visitorId' | 'items' | 'locale'>,
): Promise<void> {
  for (const { key: flowKey } of await flowsEnteredBy(tx, shopId, 'code_issued')) {
    const about = `code:${id}`;
    await planEntry(tx, { shopId, flowKey, contactId, thing: id, dueAt: tx.now, about, orderId: null, ...carried });
  }
}
