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

/** Who says so: a page, which anybody can speak for, or the shop's server. */
export type Teller = 'page' | 'server';

/** The contact of this canonical address, made when there is none, locked. What is known of a person is never overwritten by a stranger. */
export async function upsertContact({ sql, now }: Tx, fresh: NewContact, teller: Teller): Promise<ContactRow> {
  const name =
    teller === 'server' ? sql`coalesce(excluded.name, contact.name)` : sql`coalesce(contact.name, excluded.name)`;
  const [row] = await sql<ContactRow[]>`
    insert into contact (shop_id, id, email, canonical, name, locale, marketing, created_at)
    values (${fresh.shopId}, ${fresh.id}, ${fresh.email.address}, ${fresh.email.canonical}, ${fresh.name}, ${fresh.locale}, 'none', ${now})
    on conflict (shop_id, canonical) do update set name = ${name}
    returning *`;
  if (!row) throw new Error('upsert of contact returned nothing');
  return row;
}

export async function contactById({ sql }: Tx, shopId: string, id: string): Promise<ContactRow | null> {
  const [row] = await sql<ContactRow[]>`select * from contact where shop_id = ${shopId} and id = ${id}`;
  return row ?? null;
}

export async function contactByCanonical({ sql }: Tx, shopId: string, canonical: string): Promise<ContactRow | null> {
  const [row] = await sql<ContactRow[]>`select * from contact where shop_id = ${shopId} and canonical = ${canonical}`;
  return row ?? null;
}

/** The contact that this browser made by its own claim of a new address, or null. */
export async function contactMadeBy({ sql }: Tx, shopId: string, visitorId: string): Promise<string | null> {
  // Chain and contact carry the time of the one transaction that made both.
  const [row] = await sql<{ id: string }[]>`
    select c.id from enrollment e join contact c on c.shop_id = e.shop_id and c.id = e.contact_id
    where e.shop_id = ${shopId} and e.visitor_id = ${visitorId} and e.entered_at = c.created_at
    order by c.created_at desc limit 1`;
  return row?.id ?? null;
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
  if (rows.length === 0) return;
  const columns = [
    'shopId',
    'id',
    'contactId',
    'visitorId',
    'purpose',
    'granted',
    'text',
    'textHash',
    'locale',
    'page',
    'network',
    'method',
  ] as const;
  const values = rows.map((row) => Object.fromEntries(columns.map((column) => [column, row[column]])));
  await sql`
    insert into consent (shop_id, id, contact_id, visitor_id, purpose, granted, text, text_hash, locale, page, network, method, at)
    select "shopId", id, "contactId", "visitorId", purpose, granted, text, "textHash", locale, page, network, method, ${now}
    from jsonb_to_recordset(${sql.json(values)}) as row("shopId" uuid, id uuid, "contactId" uuid, "visitorId" uuid, purpose text,
      granted boolean, text text, "textHash" text, locale text, page text, network text, method text)`;
}

export async function suppress(
  { sql, now }: Tx,
  shopId: string,
  addressHash: string,
  reason: SuppressionReason,
): Promise<void> {
  await sql`
    insert into suppression (shop_id, address_hash, reason, at) values (${shopId}, ${addressHash}, ${reason}, ${now})
    on conflict do nothing`;
}

/** Remembers on the person what one of their devices did, so that it holds on the others. */
export async function touchContact(
  { sql }: Tx,
  shopId: string,
  id: string,
  at: { refusedAt?: number; purchasedAt?: number },
): Promise<void> {
  await sql`
    update contact set refused_at = greatest(refused_at, ${at.refusedAt ?? null}), purchased_at = greatest(purchased_at, ${at.purchasedAt ?? null})
    where shop_id = ${shopId} and id = ${id}`;
}
