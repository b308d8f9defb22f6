/** Plans when flows begin that watch over the end of something: a subscription that the shop told of, a code of ours. */

import { CODE, type EndsEntry, endMoments, watches } from '../../../core/flows/ending.ts';
import type { CodeRow } from '../../../db/codes.ts';
import type { Tx } from '../../../db/connect.ts';
import { type Ends, endsAhead, zoneOf } from '../../../db/endings.ts';
import { flowsEnteredBy, type StoredFlow } from '../../../db/flows.ts';
import { type PendingEntryRow, type PlannedEntry, planEntries } from '../../../db/pending-entries.ts';

const PAGE = 2_000;

/** What an entry is about: entering for the same end twice changes nothing, while another date is another end. */
export const aboutEnd = ({ id, what, endsAt }: Pick<Ends, 'id' | 'what' | 'endsAt'>, before: string): string =>
  `ends:${before}:${what === CODE ? `${CODE}:${id}` : `${id}:${endsAt}`}`;

/** The id of what ends, and how long before that the entry is. */
export function thingOf({ thing }: Pick<PendingEntryRow, 'thing'>): { before: string; id: string } {
  const colon = thing.indexOf(':');
  return { before: thing.slice(0, colon), id: thing.slice(colon + 1) };
}

/** Everything that ends, for a flow that is new or has changed. */
export async function planFlowOfEnds(tx: Tx, shopId: string, flowKey: string, entry: EndsEntry): Promise<void> {
  for (let after = ''; ; ) {
    const page = await endsAhead(tx, shopId, { codes: entry.what === CODE, after, limit: PAGE });
    await planEntries(
      tx,
      { shopId, flowKey },
      page.flatMap((ends) => plannedFor(ends, entry, tx.now)),
    );
    const last = page.at(-1);
    if (page.length < PAGE || !last) return;
    after = last.id;
  }
}

/** One thing, for all flows that watch over its end. */
export async function planEnd(tx: Tx, shopId: string, ends: Ends): Promise<void> {
  await planFor(tx, await flowsEnteredBy(tx, shopId, 'ends'), shopId, ends);
}

async function planFor(tx: Tx, flows: readonly StoredFlow[], shopId: string, ends: Ends): Promise<void> {
  for (const { key: flowKey, entry } of flows) {
    if (entry.on === 'ends') await planEntries(tx, { shopId, flowKey }, plannedFor(ends, entry, tx.now));
  }
}

/** A code that has just been given. */
export async function planEndOfCode(
  tx: Tx,
  { shopId, id, contactId, expiresAt }: CodeRow,
  { items, locale }: Pick<Ends, 'items' | 'locale'>,
): Promise<void> {
  if (expiresAt === null) return;
  const flows = (await flowsEnteredBy(tx, shopId, 'ends')).filter(
    ({ entry }) => entry.on === 'ends' && watches(entry, CODE),
  );
  // A claim waits for this, and most shops watch over no codes: nothing more is asked for them.
  if (flows.length === 0) return;
  const zone = await zoneOf(tx, shopId, contactId);
  await planFor(tx, flows, shopId, { id, what: CODE, endsAt: expiresAt, contactId, items, locale, zone });
}

function plannedFor(ends: Ends, entry: EndsEntry, now: number): PlannedEntry[] {
  if (!watches(entry, ends.what)) return [];
  const { id, endsAt, contactId, items, locale, zone } = ends;
  return endMoments(entry, endsAt, zone, now).map(({ before, at: dueAt }) => ({
    contactId,
    thing: `${before}:${id}`,
    dueAt,
    about: aboutEnd(ends, before),
    items,
    locale,
  }));
}
