/** Takes an order from the shop's server: uses its codes up, and ends the chains of who bought. */

import type { EmailAddress } from '../../core/email-address.ts';
import { localeOf } from '../../core/locale.ts';
import { greetableName } from '../../core/person-name.ts';
import { touchContact, upsertContact, type ContactRow } from '../../db/contacts.ts';
import type { Tx } from '../../db/connect.ts';
import type { OrderBody } from '../../db/documents.ts';
import { stopEnrollments } from '../../db/enrollments.ts';
import { type OrderRow, saveOrder } from '../../db/orders.ts';
import type { ShopRow } from '../../db/shops.ts';
import { lockVisitor, updateVisitor } from '../../db/visits.ts';
import type { Deps } from '../deps.ts';
import { redeem } from './redeem-code.ts';

export interface OrderInput extends OrderBody {
  id: string;
  status: string;
  visitor?: string | undefined;
  total: number;
  currency: string;
  placedAt: number;
  /** The parsed `email`. */
  address: EmailAddress | null;
}

/** Orders in these states are no purchase. */
const UNDONE = new Set(['cancelled', 'refunded']);

export async function recordOrder(deps: Deps, shop: ShopRow, input: OrderInput): Promise<{ order: OrderRow; created: boolean }> {
  const { id, status, visitor, total, currency, placedAt, address, ...body } = input;
  return deps.db.shop(shop.id, async (tx) => {
    const bought = !UNDONE.has(status);
    // Codes first: every path locks code, then enrollments, then messages. A code that is unknown or used elsewhere is no reason to lose an order.
    if (bought) for (const code of body.codes) await redeem(tx, shop, code, { orderId: id, total });
    const contact = address ? (await upsertContact(tx, { id: deps.newId(), shopId: shop.id, email: address, name: greetableName(body.name), locale: localeOf(body.locale ?? shop.locale) })).contact : null;
    const saved = await saveOrder(tx, {
      shopId: shop.id, id, status, contactId: contact?.id ?? null, visitorId: visitor ?? null, total, currency, placedAt, body,
    });
    if (bought) await remember(tx, shop.id, contact, visitor ?? null, placedAt);
    return saved;
  });
}

async function remember(tx: Tx, shopId: string, contact: ContactRow | null, visitorId: string | null, placedAt: number): Promise<void> {
  const at = Math.min(placedAt, tx.now);
  const visitor = visitorId ? await lockVisitor(tx, shopId, visitorId) : null;
  if (visitor) {
    // The shop's server says whose browser it is: from now on the two are one person.
    await updateVisitor(tx, { ...visitor, contactId: contact?.id ?? visitor.contactId, purchasedAt: Math.max(visitor.purchasedAt ?? 0, at) });
  }
  const contactId = contact?.id ?? visitor?.contactId;
  if (!contactId) {
    if (visitorId) await stopEnrollments(tx, shopId, { contactId: visitorId, visitorId }, 'purchased');
    return;
  }
  await touchContact(tx, shopId, contactId, { purchasedAt: at, ...(visitor?.refusedAt ? { refusedAt: visitor.refusedAt } : {}) });
  await stopEnrollments(tx, shopId, { contactId, visitorId }, 'purchased');
}
