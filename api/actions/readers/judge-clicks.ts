/** Tells people's clicks from scanners' once it can be known: who follows two links of a letter in two seconds is no reader. */

import { SCAN_MS } from '../../../core/visits/click.ts';
import { lockContact } from '../../../db/contacts.ts';
import { linksFollowed, markMachine, markMessage, takeClicks } from '../../../db/delivery.ts';
import { noteFactChange } from '../../../db/segments.ts';
import type { Deps } from '../../deps.ts';
import { deferAbsence } from '../flows/defer-absence.ts';
import { enterFlows, hear } from '../flows/enter-flows.ts';

/** Handles up to `limit` in one transaction; returns how many. A person's click wakes who waits for it, and begins what begins with it. */
export const judgeClicks = (deps: Deps, limit: number): Promise<number> =>
  deps.db.engine(async (tx) => {
    const clicks = await takeClicks(tx, limit);
    for (const click of clicks.sort((one, other) => one.contactId.localeCompare(other.contactId))) {
      const { shopId, messageId, contactId, key, at } = click;
      if ((await linksFollowed(tx, click, SCAN_MS)) > 1) {
        await markMachine(tx, shopId, key);
        continue;
      }
      await lockContact(tx, shopId, contactId);
      await hear(tx, { shopId, contactId }, 'clicked');
      await noteFactChange(tx, { shopId, contactId });
      await markMessage(tx, messageId, 'clickedAt', at);
      await deferAbsence(tx, { shopId, contactId }, at);
      const about = `clicked:${messageId}`;
      await enterFlows(tx, deps, { shopId, contactId, visitorId: null, happened: { on: 'letter_clicked' }, about });
    }
    return clicks.length;
  });
