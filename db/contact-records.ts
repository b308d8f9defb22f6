/** Contacts as the shop's server lists and writes them, and all that they ever agreed to. */

import { arrayOf, type Tx } from './connect.ts';
import type { ContactRow, SuppressionReason } from './contacts.ts';

/** What the shop's server may say of a person. */
export type ContactDetails = Pick<
  ContactRow,
  | 'email'
  | 'name'
  | 'patronymic'
  | 'lastName'
  | 'nameStyle'
  | 'phone'
  | 'birthday'
  | 'dates'
  | 'locale'
  | 'timezone'
  | 'city'
  | 'tags'
  | 'source'
>;

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

/** What the shop calls the days that come every year, over all contacts. */
export async function dateNames({ sql }: Tx, shopId: string): Promise<string[]> {
  const rows = await sql<{ name: string }[]>`
    select distinct jsonb_object_keys(dates) as name from contact where shop_id = ${shopId} and dates <> '{}' order by 1`;
  return rows.map(({ name }) => name);
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
