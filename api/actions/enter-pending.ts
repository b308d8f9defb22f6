/** Lets those into their flows whose moment has come: a cart left for an hour, a month without a visit. */

import { type CodeRow, codeById } from '../../db/codes.ts';
import type { Tx } from '../../db/connect.ts';
import { contactById } from '../../db/contacts.ts';
import { flowByKey } from '../../db/flows.ts';
import { type PendingEntryRow, takeDueEntries } from '../../db/pending-entries.ts';
import type { Deps } from '../deps.ts';
import { enterOne } from './enter-flows.ts';

/** Handles up to `limit` in one transaction; returns how many. */
export const enterPending = (deps: Deps, limit: number): Promise<number> =>
  deps.db.engine(async (tx) => {
    const due = await takeDueEntries(tx, limit);
    for (const row of due) {
      const { shopId, flowKey, contactId, visitorId, about, orderId, items, locale } = row;
      const flow = await flowByKey(tx, shopId, flowKey);
      const contact = await contactById(tx, shopId, contactId);
      // Switched off or gone meanwhile: the moment is past.
      if (!flow?.enabled || !contact) continue;
      const happened = { on: flow.entry.on };
      const code = happened.on === 'code_issued' ? await liveCodeOf(tx, row) : null;
      // Used, or run out meanwhile.
      if (happened.on === 'code_issued' && !code) continue;
      const happening = { shopId, contactId, visitorId, happened, about, orderId, items, locale, code };
      await enterOne(tx, deps, flow, contact, happening);
    }
    return due.length;
  });

async function liveCodeOf(tx: Tx, { shopId, thing }: PendingEntryRow): Promise<CodeRow | null> {
  const code = await codeById(tx, shopId, thing);
  return code?.status === 'issued' && (code.expiresAt === null || code.expiresAt > tx.now) ? code : null;
}
