/** People known by address, what they agreed to, and whom not to mail. */

import type { EmailAddress } from '../core/email-address.ts';
import type { Tx } from './connect.ts';
import type { consent, contact, suppression } from './schema.ts';

export type ContactRow = typeof contact.$inferSelect;
export type ConsentRow = typeof consent.$inferSelect;
export type SuppressionReason = (typeof suppression.$inferSelect)['reason'];

export interface NewContact {
  id: string;
  shopId: string;
  email: EmailAddress;
  name: string | null;
  locale: string;
}

/** The contact of this canonical address, made when there is none. What is known of a person is never overwritten by a stranger. */
export async function upsertContact({ sql, now }: Tx, fresh: NewContact): Promise<{ contact: ContactRow; created: boolean }> {
  const [row] = await sql<ContactRow[]>`
    insert into contact (shop_id, id, email, canonical, name, locale, marketing, created_at)
    values (${fresh.shopId}, ${fresh.id}, ${fresh.email.address}, ${fresh.email.canonical}, ${fresh.name}, ${fresh.locale}, 'none', ${now})
    on conflict (shop_id, canonical) do update set name = coalesce(contact.name, excluded.name)
    returning *`;
  if (!row) throw new Error('upsert of contact returned nothing');
  return { contact: row, created: row.id === fresh.id };
}

export async function contactById({ sql }: Tx, shopId: string, id: string): Promise<ContactRow | null> {
  const [row] = await sql<ContactRow[]>`select * from contact where shop_id = ${shopId} and id = ${id}`;
  return row ?? null;
}

export async function contactByCanonical({ sql }: Tx, shopId: string, canonical: string): Promise<ContactRow | null> {
  const [row] = await sql<ContactRow[]>`select * from contact where shop_id = ${shopId} and canonical = ${canonical}`;
  return row ?? null;
}

/** A box ticked on a page can't undo an unsubscribe: anybody may type an address. */
export async function subscribeContact({ sql }: Tx, shopId: string, id: string): Promise<void> {
  await sql`update contact set marketing = 'subscribed' where shop_id = ${shopId} and id = ${id} and marketing = 'none'`;
}

export async function unsubscribeContact({ sql }: Tx, shopId: string, id: string): Promise<boolean> {
  const rows = await sql`
    update contact set marketing = 'unsubscribed' where shop_id = ${shopId} and id = ${id} and marketing <> 'unsubscribed' returning id`;
  return rows.length > 0;
}

export async function insertConsent({ sql, now }: Tx, rows: Omit<ConsentRow, 'at'>[]): Promise<void> {
  for (const row of rows) {
    await sql`
      insert into consent (shop_id, id, contact_id, visitor_id, purpose, granted, text, text_hash, locale, page, network, method, at)
      values (${row.shopId}, ${row.id}, ${row.contactId}, ${row.visitorId}, ${row.purpose}, ${row.granted}, ${row.text},
        ${row.textHash}, ${row.locale}, ${row.page}, ${row.network}, ${row.method}, ${now})`;
  }
}

export async function suppress({ sql, now }: Tx, shopId: string, addressHash: string, reason: SuppressionReason): Promise<void> {
  await sql`
    insert into suppression (shop_id, address_hash, reason, at) values (${shopId}, ${addressHash}, ${reason}, ${now})
    on conflict do nothing`;
}

/** Remembers on the person what one of their devices did, so that it holds on the others. */
export async function touchContact({ sql }: Tx, shopId: string, id: string, at: { refusedAt?: number; purchasedAt?: number }): Promise<void> {
  await sql`
    update contact set refused_at = greatest(refused_at, ${at.refusedAt ?? null}), purchased_at = greatest(purchased_at, ${at.purchasedAt ?? null})
    where shop_id = ${shopId} and id = ${id}`;
}
