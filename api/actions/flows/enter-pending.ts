/** Lets those into their flows whose moment has come: a cart left for an hour, a month without a visit. */

import { CODE } from '../../../core/flows/ending.ts';
import { codeById } from '../../../db/codes.ts';
import type { Tx } from '../../../db/connect.ts';
import { contactById } from '../../../db/contacts.ts';
import { lockEnding } from '../../../db/endings.ts';
import { flowByKey, type StoredFlow } from '../../../db/flows.ts';
import { type PendingEntryRow, takeDueEntries } from '../../../db/pending-entries.ts';
import { dateOf } from '../../../db/yearly.ts';
import type { Deps } from '../../deps.ts';
import { stillNews } from '../letters/current-items.ts';
import { enterOne, type Happening } from './enter-flows.ts';
import { aboutEnd, thingOf } from './plan-endings.ts';

/** Handles up to `limit` in one transaction; returns how many. */
export const enterPending = (deps: Deps, limit: number): Promise<number> =>
  deps.db.engine(async (tx) => {
    const due = await takeDueEntries(tx, limit);
    /** Many enter one flow at a time. */
    const flows = new Map<string, StoredFlow | null>();
    for (const row of due) {
      const { shopId, flowKey, contactId, visitorId, about, orderId, items, locale } = row;
      const name = `${shopId} ${flowKey}`;
      const flow = flows.has(name) ? flows.get(name) : await flowByKey(tx, shopId, flowKey);
      flows.set(name, flow ?? null);
      const contact = await contactById(tx, shopId, contactId);
      // Switched off or gone meanwhile: the moment is past.
      if (!flow?.enabled || !contact) continue;
      const still = await stillStands(tx, flow, row);
      // Used, renewed, or another date meanwhile.
      if (!still) continue;
      const current = await stillNews(tx, shopId, flow.entry.on, items);
      // Gone again before anybody was told.
      if (items.length > 0 && current.length === 0) continue;
      const happening = { shopId, contactId, visitorId, about, orderId, items: current, locale, planned: row.thing };
      await enterOne(tx, deps, flow, contact, { ...happening, ...still, happened: { on: flow.entry.on } });
    }
    return due.length;
  });

type Still = Pick<Happening, 'code' | 'thing'>;

/** What the entry carries from what it is about, as that is now; null where it is no more as it was. */
async function stillStands(tx: Tx, { entry }: StoredFlow, row: PendingEntryRow): Promise<Still | null> {
  const { shopId, contactId, thing } = row;
  if (thing === '') return {};
  switch (entry.on) {
    case 'code_issued':
      return liveCode(tx, shopId, thing);
    case 'date':
      return (await dateOf(tx, { shopId, contactId, field: entry.field })) === thing ? {} : null;
    case 'holiday':
      return { thing };
    case 'ends': {
      const { before, id } = thingOf(row);
      if (entry.what === CODE) return liveCode(tx, shopId, id);
      const ending = await lockEnding(tx, shopId, id);
      return ending && aboutEnd(ending, before) === row.about ? { thing: id } : null;
    }
    default:
      return {};
  }
}

async function liveCode(tx: Tx, shopId: string, id: string): Promise<Still | null> {
  const code = await codeById(tx, shopId, id);
  return code?.status === 'issued' && (code.expiresAt === null || code.expiresAt > tx.now) ? { code } : null;
}
