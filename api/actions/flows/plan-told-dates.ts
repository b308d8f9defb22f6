/** Looks at dates of contacts as soon as they are told, or told anew: flows that begin on one begin then, and no longer on the one before. */

import { USUAL_HOUR } from '../../../core/flows/flow.ts';
import { nextKept } from '../../../core/values/anniversary.ts';
import { durationMs } from '../../../core/values/duration.ts';
import type { Tx } from '../../../db/connect.ts';
import { flowsEnteredBy, type StoredFlow } from '../../../db/flows.ts';
import { cancelEntries, planEntries } from '../../../db/pending-entries.ts';
import { freshenDates, type KeptDate, takeFreshDates } from '../../../db/yearly.ts';
import type { Deps } from '../../deps.ts';
import { AHEAD_MS, plannedOn } from './plan-yearly.ts';

const DAY_MS = 86_400_000;

/** Handles up to `limit` in one transaction; returns how many. */
export const planToldDates = (deps: Deps, limit: number): Promise<number> =>
  deps.db.engine(async (tx) => {
    const fresh = await takeFreshDates(tx, limit);
    const flows = new Map<string, StoredFlow[]>();
    for (const kept of fresh) {
      const known = flows.get(kept.shopId) ?? (await flowsEnteredBy(tx, kept.shopId, 'date'));
      flows.set(kept.shopId, known);
      for (const flow of known) await planOne(tx, flow, kept);
    }
    return fresh.length;
  });

async function planOne(tx: Tx, { key, entry }: StoredFlow, kept: KeptDate): Promise<void> {
  if (entry.on !== 'date' || entry.field !== kept.field) return;
  const { shopId, contactId, date, zone } = kept;
  const { before = '0d', at = USUAL_HOUR } = entry;
  await cancelEntries(tx, { shopId, contactId, flowKeys: [key] });
  const next = nextKept({ date, before: durationMs(before) / DAY_MS, at, zone }, tx.now);
  // What is later is found when its time comes nearer.
  if (next && next.at < tx.now + AHEAD_MS) await planEntries(tx, { shopId, flowKey: key }, [plannedOn(kept, next)]);
}

/** Somebody's dates are others now, or their zone is: what was planned for them is looked at anew. */
export async function replanDates(tx: Tx, shopId: string, contactId: string): Promise<void> {
  const flows = await flowsEnteredBy(tx, shopId, 'date');
  await cancelEntries(tx, { shopId, contactId, flowKeys: flows.map(({ key }) => key) });
  await freshenDates(tx, shopId, contactId);
}
