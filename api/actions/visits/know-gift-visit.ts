/** Whether a visit came by way of a letter with ideas for presents: what is looked at in it is for others, and says nothing of its visitor's taste. */

import { HOLIDAYS } from '../../../core/holidays/holiday.ts';
import type { Tx } from '../../../db/connect.ts';
import { flowByKey } from '../../../db/flows.ts';
import { messageById } from '../../../db/messages.ts';
import { OUR_SOURCE } from '../../../emails/links.ts';
import { readTelling } from '../../signing.ts';
import { holidayOfChain, tellsHoliday } from '../letters/know-holiday.ts';

export interface Arrival {
  shopId: string;
  ticket: string | null;
  utm: { source: string; campaign: string };
  /** The visit began with this batch. */
  opened: boolean;
}

export async function isGiftVisit(
  tx: Tx,
  signingKey: string,
  { shopId, ticket, utm, opened }: Arrival,
): Promise<boolean> {
  const read = ticket ? await readTelling(signingKey, 'visit', ticket) : null;
  const message = read && (await messageById(tx, read.id));
  if (message) {
    const told = message.shopId === shopId && tellsHoliday(message.letter);
    return told && ((await holidayOfChain(tx, shopId, message.enrollmentId))?.gifts ?? false);
  }
  // Where links are not counted, the campaign tells.
  const flow = opened && utm.source === OUR_SOURCE ? await flowByKey(tx, shopId, utm.campaign) : null;
  return flow?.entry.on === 'holiday' && (flow.entry.holidays ?? []).every((key) => HOLIDAYS[key].gifts);
}
