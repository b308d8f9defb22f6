/** Contacts as the shop's server lists and writes them, and all that they ever agreed to. */

import { arrayOf, type Tx } from './connect.ts';
import type { ConsentRow, ContactRow, SuppressionReason } from './contacts.ts';

/** What the shop's server may say of a person. */
export type ContactDetails = Pick<
  ContactRow,
  'email' | 'name' | 'phone' | 'birthday' | 'dates' | 'locale' | 'timezone' | 'city' | 'tags' | 'source'
>;

export async function saveDetails({ sql }: Tx, shopId: string, id: string, details: ContactDetails): Promise<void> {
  await sql`
    update contact set email = ${details.email}, name = ${details.name}, phone = ${details.phone}, birthday = ${details.birthday},
      dates = ${sql.json(details.dates)}, locale = ${details.locale}, timezone = ${details.timezone}, city = ${details.city},
      tags = ${sql.json(details.tags as never)}, source = ${details.source}
    where shop_id = ${shopId} and id = ${id}`;
}

export interface ContactFilter {
  canonical?: string;
  tag?: string;
  subscribed?: boolean;
  /** The segment's key. */
  segment?: string;
}

/** In the order of their ids, from behind `after` on. */
export async function listContacts(
  { sql }: Tx,
  shopId: string,
  { canonical, tag, subscribed, segment }: ContactFilter,
  { after, limit }: { after: string | null; limit: number },
): Promise<ContactRow[]> {
  return sql<ContactRow[]>`
    select * from contact c where shop_id = ${shopId}
      ${after ? sql`and id > ${after}` : sql``}
      ${canonical === undefined ? sql`` : sql`and canonical = ${canonical}`}
      ${tag === undefined ? sql`` : sql`and tags ? ${tag}`}
      ${subscribed === undefined ? sql`` : sql`and (marketing = 'subscribed') = ${subscribed}`}
      ${
        segment === undefined
          ? sql``
          : sql`and exists (select from segment_member m where m.shop_id = c.shop_id and m.segment_key = ${segment} and m.contact_id = c.id)`
      }
    order by id limit ${limit}`;
}

/** Why these addresses are not mailed, by their keyed hash; those that are mailed are not in it. */
export async function suppressionsOf(
  { sql }: Tx,
  shopId: string,
  addressHashes: readonly string[],
): Promise<Map<string, SuppressionReason>> {
  const rows = await sql<{ addressHash: string; reason: SuppressionReason }[]>`
    select address_hash, reason from suppression
    where shop_id = ${shopId} and address_hash = any(${arrayOf(addressHashes)}::text[])`;
  return new Map(rows.map(({ addressHash, reason }) => [addressHash, reason]));
}

/** All that a person agreed to and took back, oldest first. */
export async function consentsOf({ sql }: Tx, shopId: string, contactId: string): Promise<ConsentRow[]> {
  return sql<ConsentRow[]>`
    select * from consent where shop_id = ${shopId} and contact_id = ${contactId} order by at, purpose, id`;
}
