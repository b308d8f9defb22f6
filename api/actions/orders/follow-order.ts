/** What an order means for flows: waiting for a purchase is over, carts are left no more, and its news may begin a chain. */

import type { CartLine } from '../../../core/catalogue/item.ts';
import { ORDER_STATUSES } from '../../../core/flows/flow.ts';
import { isUndone } from '../../../core/flows/order.ts';
import type { Tx } from '../../../db/connect.ts';
import { contactById } from '../../../db/contacts.ts';
import type { OrderLine } from '../../../db/documents.ts';
import { flowsEnteredBy, foreseeFlows } from '../../../db/flows.ts';
import type { OrderRow } from '../../../db/orders.ts';
import { cancelEntries } from '../../../db/pending-entries.ts';
import { noteFactChange } from '../../../db/segments.ts';
import type { ShopRow } from '../../../db/shops.ts';
import type { Deps } from '../../deps.ts';
import { decodeEntities } from '../../html-entities.ts';
import { deferAbsence } from '../flows/defer-absence.ts';
import { enterFlows, hear } from '../flows/enter-flows.ts';
import { cancelRunsOut, planRunsOut } from '../flows/plan-runs-out.ts';
import { mailableItems } from '../letters/mailable-items.ts';

/** What an order means for flows, whichever a shop has. */
const FORESEEN = [
  'cart_abandoned',
  'browse_abandoned',
  'absent',
  'order_placed',
  'order_status',
  'order_delivered',
  'runs_out',
] as const;

/** `before`: the status that the shop told of last, null for a new order. */
export async function followOrder(
  tx: Tx,
  deps: Deps,
  shop: ShopRow,
  { order, before }: { order: OrderRow; before: string | null },
): Promise<void> {
  const { contactId, visitorId, status } = order;
  if (!contactId || status === before) return;
  const who = { shopId: shop.id, contactId };
  const items = order.body.items.flatMap(boughtFrom(order.currency, shop.origins));
  const locale = order.body.locale ? { locale: order.body.locale } : {};
  const happening = { ...who, visitorId, orderId: order.id, items, ...locale };
  foreseeFlows(tx, shop.id, ...FORESEEN);
  await noteFactChange(tx, who);
  const undone = isUndone(status);
  if (undone) await cancelRunsOut(tx, order);
  if (before === null && !undone) {
    await hear(tx, who, 'purchased');
    const left = await flowsEnteredBy(tx, shop.id, 'cart_abandoned', 'browse_abandoned');
    await cancelEntries(tx, { ...who, flowKeys: left.map((flow) => flow.key) });
    await deferAbsence(tx, who, tx.now);
    await enterFlows(tx, deps, { ...happening, happened: { on: 'order_placed' }, about: `order:${order.id}` });
    const contact = await contactById(tx, shop.id, contactId);
    if (contact) await planRunsOut(tx, shop, { order, contact, items, locale: order.body.locale ?? contact.locale });
  }
  const known = ORDER_STATUSES.find((one) => one === status);
  if (known) {
    const happened = { on: 'order_status' as const, status: known };
    await enterFlows(tx, deps, { ...happening, happened, about: `order:${order.id}:${known}` });
  }
  if (status === 'delivered') {
    await enterFlows(tx, deps, { ...happening, happened: { on: 'order_delivered' }, about: `order:${order.id}` });
  }
}

/** What the shop's server gave no address for is told of without a link. */
const boughtFrom =
  (currency: string, origins: readonly string[]) =>
  ({ id, title, price, quantity, url, image, category }: OrderLine): CartLine[] => {
    const item = {
      id,
      title: decodeEntities(title).trim(),
      price,
      currency,
      url: url ?? '',
      ...(image ? { image } : {}),
      ...(category ? { category } : {}),
      quantity,
    };
    if (url) return mailableItems([item], origins).map((mailable) => ({ ...mailable, quantity }));
    return item.title ? [item] : [];
  };
