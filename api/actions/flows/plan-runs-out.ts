/** Plans when what an order has is running out, for the flows that begin then; what is bought again meanwhile is waited for no more. */

import type { Item } from '../../../core/catalogue/item.ts';
import { type Rhythms, runningOut } from '../../../core/catalogue/rhythm.ts';
import { USUAL_HOUR } from '../../../core/flows/flow.ts';
import { durationMs } from '../../../core/values/duration.ts';
import type { Tx } from '../../../db/connect.ts';
import type { ContactRow } from '../../../db/contacts.ts';
import { flowsEnteredBy } from '../../../db/flows.ts';
import type { OrderRow } from '../../../db/orders.ts';
import { cancelOfOrder, forgetItems, planEntry } from '../../../db/pending-entries.ts';
import type { ShopRow } from '../../../db/shops.ts';
import { measuredGaps } from '../../../db/tallies.ts';

const DAY_MS = 86_400_000;

export async function planRunsOut(
  tx: Tx,
  shop: ShopRow,
  { order, contact, items, locale }: { order: OrderRow; contact: ContactRow; items: readonly Item[]; locale: string },
): Promise<void> {
  const flows = await flowsEnteredBy(tx, shop.id, 'runs_out');
  if (flows.length === 0) return;
  const who = { shopId: shop.id, contactId: contact.id, flowKeys: flows.map(({ key }) => key) };
  const ids = items.map(({ id }) => id);
  await forgetItems(tx, who, ids);
  const rhythms: Rhythms = { said: shop.settings.replenishment, measured: await measuredGaps(tx, shop.id, ids) };
  for (const { key: flowKey, entry } of flows) {
    if (entry.on !== 'runs_out') continue;
    const { before = '0d', at = USUAL_HOUR } = entry;
    const zone = contact.timezone ?? shop.timezone;
    const due = runningOut({ items, rhythms, placedAt: order.placedAt, zone, before: durationMs(before) / DAY_MS, at });
    for (const [place, { dueAt, items: some }] of due.entries()) {
      // What an order of long ago has run out of has been bought since.
      if (dueAt < tx.now - DAY_MS) continue;
      await planEntry(tx, {
        shopId: shop.id,
        flowKey,
        contactId: contact.id,
        thing: `${order.id}:${place}`,
        visitorId: order.visitorId,
        dueAt,
        about: `runs_out:${order.id}:${place}`,
        orderId: order.id,
        items: some,
        locale,
      });
    }
  }
}

/** The order was taken back. */
export async function cancelRunsOut(tx: Tx, order: OrderRow): Promise<void> {
  const flows = await flowsEnteredBy(tx, order.shopId, 'runs_out');
  if (order.contactId === null || flows.length === 0) return;
  const who = { shopId: order.shopId, contactId: order.contactId, flowKeys: flows.map(({ key }) => key) };
  await cancelOfOrder(tx, who, order.id);
}
