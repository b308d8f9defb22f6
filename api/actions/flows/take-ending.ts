/** Takes the end of something from the shop's server. Another date moves it, and stops the chains about the one before. */

import type { Item } from '../../../core/catalogue/item.ts';
import type { Tx } from '../../../db/connect.ts';
import type { ContactRow } from '../../../db/contacts.ts';
import { deleteEnding, type EndingRow, lockEnding, saveEnding, zoneOf } from '../../../db/endings.ts';
import { stopChainsAbout } from '../../../db/enrollments.ts';
import { flowsEnteredBy } from '../../../db/flows.ts';
import { cancelThing } from '../../../db/pending-entries.ts';
import { planEnd } from './plan-endings.ts';

export interface ToldEnding {
  /** The shop's own: another date for the same id is a renewal. */
  id: string;
  what: string;
  title: string | null;
  /** ms since the epoch; null: there is nothing any more that could end. */
  endsAt: number | null;
  points: number | null;
  items: Item[];
}

/** False when all of this is known. */
export async function takeEnding(
  tx: Tx,
  { shopId, id: contactId, locale }: ContactRow,
  { endsAt, ...told }: ToldEnding,
): Promise<boolean> {
  const before = await lockEnding(tx, shopId, told.id);
  if (endsAt === null ? before === null : before !== null && isSame(before, { ...told, endsAt, contactId }))
    return false;
  if (before) await giveUp(tx, before, endsAt);
  if (endsAt === null) {
    await deleteEnding(tx, shopId, told.id);
    return true;
  }
  await saveEnding(tx, { shopId, contactId, ...told, endsAt });
  const zone = await zoneOf(tx, shopId, contactId);
  await planEnd(tx, shopId, { ...told, endsAt, contactId, locale, zone });
  return true;
}

const isSame = (before: EndingRow, told: Omit<ToldEnding, 'endsAt'> & { endsAt: number; contactId: string }): boolean =>
  before.endsAt === told.endsAt &&
  before.contactId === told.contactId &&
  before.what === told.what &&
  before.title === told.title &&
  before.points === told.points;

/** What was planned, and what runs, about the end as it was. */
async function giveUp(tx: Tx, { shopId, id, contactId, ...before }: EndingRow, endsAt: number | null): Promise<void> {
  const flows = await flowsEnteredBy(tx, shopId, 'ends');
  await cancelThing(tx, { shopId, contactId, flowKeys: flows.map(({ key }) => key), id });
  if (before.endsAt === endsAt) return;
  await stopChainsAbout(tx, { shopId, contactId, thing: id, reason: endsAt === null ? 'cancelled' : 'renewed' });
}
