/** Takes an order from the shop's server: uses its codes up, and ends the chains of who bought. */

import { isUndone } from '../../../core/flows/order.ts';
import type { EmailAddress } from '../../../core/values/email-address.ts';
import { localeOf } from '../../../core/values/locale.ts';
import { fromMinor, toMinor } from '../../../core/values/money.ts';
import { greetableName } from '../../../core/values/person-name.ts';
import { lockOrderId } from '../../../db/codes.ts';
import type { Tx } from '../../../db/connect.ts';
import { type ContactRow, touchContact, upsertContact } from '../../../db/contacts.ts';
import type { OrderBody, OrderLine } from '../../../db/documents.ts';
import { type OrderRow, orderById, saveOrder } from '../../../db/orders.ts';
import type { ShopRow } from '../../../db/shops.ts';
import { lockVisitor, updateVisitor, type VisitorRow } from '../../../db/visits.ts';
import type { Deps } from '../../deps.ts';
import { redeem } from '../codes/redeem-code.ts';
import { giveBack } from '../codes/release-code.ts';
import { followReferral } from '../referrals/follow-referral.ts';
import { endBoughtChains } from './end-bought-chains.ts';
import { followOrder } from './follow-order.ts';

export interface OrderInput extends OrderBody {
  id: string;
  status: string;
  visitor?: string | undefined;
  total: number;
  currency: string;
  placedAt: number;
  /** The parsed `email`. */
  address: EmailAddress | null;
  /** Its codes are not used up before it is paid. */
  unpaid?: boolean | undefined;
  /** The lines as they were before any discount, where `items` have theirs taken off. */
  undiscounted?: OrderLine[] | undefined;
}

export async function recordOrder(
  deps: Deps,
  shop: ShopRow,
  input: OrderInput,
): Promise<{ order: OrderRow; created: boolean }> {
  const {
    id,
    status,
    visitor: visitorId = null,
    total,
    currency,
    placedAt,
    address,
    unpaid,
    undiscounted,
    ...body
  } = input;
  const bought = !isUndone(status);
  return deps.db.shop(shop.id, async (tx) => {
    // Locks in the order that every path takes them: order, visitor, contact, code, enrollments, messages.
    await lockOrderId(tx, shop.id, id);
    const before = await orderById(tx, shop.id, id);
    if (before && isOlder(body, before.body)) return { order: before, created: false };
    const visitor = visitorId ? await lockVisitor(tx, shop.id, visitorId) : null;
    const contact = address ? await meet(tx, deps, shop, address, body) : null;
    if (bought && !unpaid) await useCodes(tx, shop, input);
    if (!bought) await giveBack(tx, shop.id, id, 'terms');
    const contactId = contact?.id ?? visitor?.contactId ?? null;
    const saved = await saveOrder(tx, {
      shopId: shop.id,
      id,
      status,
      contactId,
      visitorId,
      total,
      currency,
      placedAt,
      body,
    });
    await followReferral(tx, shop, id);
    if (bought) await remember(tx, shop.id, { contactId, visitor }, Math.min(placedAt, tx.now));
    await followOrder(tx, deps, shop, { order: saved.order, before: before?.status ?? null });
    return saved;
  });
}

/** Whether a later word about the order came before this one. What names no moment is of now. */
const isOlder = (told: OrderBody, known: OrderBody): boolean =>
  told.changedAt !== undefined &&
  known.changedAt !== undefined &&
  Date.parse(told.changedAt) < Date.parse(known.changedAt);

const meet = (
  tx: Tx,
  deps: Deps,
  shop: ShopRow,
  email: EmailAddress,
  { name, locale }: OrderBody,
): Promise<ContactRow> =>
  upsertContact(
    tx,
    { id: deps.newId(), shopId: shop.id, email, name: greetableName(name), locale: localeOf(locale ?? shop.locale) },
    'server',
  );

/** A code that is unknown, late or used elsewhere is no reason to lose an order. */
async function useCodes(tx: Tx, shop: ShopRow, input: OrderInput): Promise<void> {
  const items = input.undiscounted ?? input.items;
  const total = input.currency === shop.currency ? beforeDiscount({ ...input, items }) : null;
  for (const code of input.codes)
    await redeem(tx, shop, code, { orderId: input.id, total, items, email: input.address ?? undefined });
}

/** What the goods cost where every price is told: the order's total has the discount taken off already. */
function beforeDiscount({ items, total, currency }: OrderInput): number {
  let minor = 0;
  for (const { price, quantity } of items) {
    if (price === null) return total;
    minor += Math.round(toMinor(price, currency) * quantity);
  }
  return items.length > 0 ? fromMinor(minor, currency) : total;
}

interface Bought {
  contactId: string | null;
  visitor: VisitorRow | null;
}

async function remember(tx: Tx, shopId: string, { contactId, visitor }: Bought, at: number): Promise<void> {
  if (visitor) {
    // The shop's server says whose browser it is: from now on the two are one person.
    await updateVisitor(tx, { ...visitor, contactId, purchasedAt: Math.max(visitor.purchasedAt ?? 0, at) });
  }
  if (contactId) {
    const refusedAt = visitor?.refusedAt ?? null;
    await touchContact(tx, shopId, contactId, { purchasedAt: at, ...(refusedAt === null ? {} : { refusedAt }) });
  }
  await endBoughtChains(tx, shopId, { contactId, visitorId: visitor?.id ?? null }, { at, proven: true });
}
