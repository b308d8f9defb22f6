/** Lets those into their flows whose moment has come: a cart left for an hour, a month without a visit. */

import { contactById } from '../../db/contacts.ts';
import { flowByKey } from '../../db/flows.ts';
import { takeDueEntries } from '../../db/pending-entries.ts';
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
      const happening = { shopId, contactId, visitorId, happened, about, orderId, items, locale };
      await enterOne(tx, deps, flow, contact, happening);
    }
    return due.length;
  });
