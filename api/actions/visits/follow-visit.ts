/** What a known person's visit means for flows: chains that listen for it go on, and being left is counted anew from here. */

import type { Entry, HeardEvent } from '../../../core/flows/flow.ts';
import { after } from '../../../core/values/calendar.ts';
import { localeOf } from '../../../core/values/locale.ts';
import type { EventType, VisitEvent } from '../../../core/visits/event.ts';
import { leftItems } from '../../../core/visits/visit.ts';
import type { Tx } from '../../../db/connect.ts';
import { contactMadeBy } from '../../../db/contacts.ts';
import { flowsEnteredBy } from '../../../db/flows.ts';
import { cancelEntries, planEntry } from '../../../db/pending-entries.ts';
import { noteFactChange } from '../../../db/segments.ts';
import type { ShopRow } from '../../../db/shops.ts';
import type { Deps } from '../../deps.ts';
import { enterFlows, hear } from '../flows/enter-flows.ts';
import { mailableItems } from '../letters/mailable-items.ts';
import type { Folded } from './fold-batch.ts';

const HEARD: Partial<Record<EventType, HeardEvent>> = {
  view_item: 'viewed',
  add_to_cart: 'carted',
};

/** `known`: the contact, where the caller knows it better than the visitor's row. */
export async function followVisit(
  tx: Tx,
  deps: Deps,
  shop: ShopRow,
  { visitor, visit, events }: Folded & { events: readonly VisitEvent[] },
  known: string | null = null,
): Promise<void> {
  const contactId = known ?? visitor.contactId ?? (await contactMadeBy(tx, shop.id, visitor.id));
  if (!contactId) return;
  const who = { shopId: shop.id, contactId };
  const heard = new Set<HeardEvent>(['visited']);
  for (const { type } of events) {
    const event = HEARD[type];
    if (event) heard.add(event);
  }
  tx.meanwhile(hear(tx, who, ...heard));
  tx.meanwhile(noteFactChange(tx, who));
  await countAnew(tx, shop, { visitor, visit }, contactId);
  for (const event of events) {
    if (event.type !== 'share') continue;
    const items = mailableItems(event.item ? [event.item] : [], shop.origins);
    await enterFlows(tx, deps, {
      ...who,
      visitorId: visitor.id,
      happened: { on: 'shared', act: event.act },
      about: `shared:${event.act}:${event.item?.id ?? visit.id}`,
      items,
    });
  }
}

/** Left carts, left pages and absence count from the latest act. */
async function countAnew(tx: Tx, shop: ShopRow, { visitor, visit }: Folded, contactId: string): Promise<void> {
  const flows = await flowsEnteredBy(tx, shop.id, 'cart_abandoned', 'browse_abandoned', 'absent');
  const { state } = visit;
  const stale: string[] = [];
  for (const { key: flowKey, entry } of flows) {
    const about = leaves(entry, state) ? aboutOf(entry, visit) : null;
    if (!about) {
      stale.push(flowKey);
      continue;
    }
    const planned = {
      shopId: shop.id,
      flowKey,
      contactId,
      visitorId: visitor.id,
      dueAt: after(tx.now, 'after' in entry ? entry.after : '1d', shop.timezone),
      about,
      orderId: null,
      items: mailableItems(leftItems(state), shop.origins),
      locale: localeOf(visit.language ?? shop.locale),
    };
    tx.meanwhile(planEntry(tx, planned));
  }
  tx.meanwhile(cancelEntries(tx, { shopId: shop.id, contactId, flowKeys: stale }));
}

/** Whether going away now would be what the entry waits for. */
function leaves(entry: Entry, { purchased, cart, viewed, searches, reviews }: Folded['visit']['state']): boolean {
  if (entry.on === 'absent') return true;
  if (purchased) return false;
  if (entry.on === 'cart_abandoned') return cart.length > 0;
  return cart.length === 0 && (viewed.length > 0 || searches > 0 || reviews > 0);
}

/** A cart is one thing through all visits that carry it; absence is about the day that it began. */
const aboutOf = (entry: Entry, visit: Folded['visit']): string =>
  entry.on === 'absent' ? `absent:${visit.id}` : `${entry.on}:${visit.id}`;
