/** What contacts have for a time, as the shop told of it, and the codes that run out. */

import type { Item } from '../core/catalogue/item.ts';
import { CODE } from '../core/flows/ending.ts';
import type { Tx } from './connect.ts';
import type { ending } from './schema/told.ts';

export type EndingRow = typeof ending.$inferSelect;

/** Locked, so that nobody begins a chain about it while it is moved. */
export async function lockEnding({ sql }: Tx, shopId: string, id: string): Promise<EndingRow | null> {
  const [row] = await sql<EndingRow[]>`select * from ending where shop_id = ${shopId} and id = ${id} for update`;
  return row ?? null;
}

export async function saveEnding({ sql, now }: Tx, row: Omit<EndingRow, 'updatedAt'>): Promise<void> {
  await sql`
    insert into ending (shop_id, id, contact_id, what, title, ends_at, points, items, updated_at)
    values (${row.shopId}, ${row.id}, ${row.contactId}, ${row.what}, ${row.title}, ${row.endsAt}, ${row.points},
      ${sql.json(row.items as never)}, ${now})
    on conflict (shop_id, id) do update set contact_id = excluded.contact_id, what = excluded.what, title = excluded.title,
      ends_at = excluded.ends_at, points = excluded.points, items = excluded.items, updated_at = excluded.updated_at`;
}

export async function deleteEnding({ sql }: Tx, shopId: string, id: string): Promise<void> {
  await sql`delete from ending where shop_id = ${shopId} and id = ${id}`;
}

/** What the chain is about, or null where that is nothing that ends, or has gone. */
export async function endingOfChain({ sql }: Tx, enrollmentId: string): Promise<EndingRow | null> {
  const [row] = await sql<EndingRow[]>`
    select ending.* from enrollment e join ending on ending.shop_id = e.shop_id and ending.id = e.thing
      and ending.contact_id = e.contact_id
    where e.id = ${enrollmentId}`;
  return row ?? null;
}

/** Something that ends, with whose it is. */
export interface Ends {
  /** The shop's own id, or that of a code. */
  id: string;
  what: string;
  endsAt: number;
  contactId: string;
  items: Item[];
  locale: string;
  /** Their IANA zone, else the shop's. */
  zone: string;
}

/** What ends after now, in pages of `limit` by id. */
export async function endsAhead(
  { sql, now }: Tx,
  shopId: string,
  { codes, after, limit }: { codes: boolean; after: string; limit: number },
): Promise<Ends[]> {
  const things = codes
    ? sql`select id::text as id, ${CODE} as what, expires_at as ends_at, contact_id, '[]'::jsonb as items from code
        where shop_id = ${shopId} and status = 'issued' and expires_at > ${now}`
    : sql`select id, what, ends_at, contact_id, items from ending where shop_id = ${shopId} and ends_at > ${now}`;
  return sql<Ends[]>`
    select thing.*, c.locale, coalesce(c.timezone, s.timezone) as zone from (${things}) thing
    join contact c on c.shop_id = ${shopId} and c.id = thing.contact_id join shop s on s.id = ${shopId}
    where thing.id > ${after} order by thing.id limit ${limit}`;
}

/** The zone in which a contact's days are counted. */
export async function zoneOf({ sql }: Tx, shopId: string, contactId: string): Promise<string> {
  const [row] = await sql<{ zone: string }[]>`
    select coalesce(c.timezone, s.timezone) as zone from contact c join shop s on s.id = c.shop_id
    where c.shop_id = ${shopId} and c.id = ${contactId}`;
  return row?.zone ?? 'UTC';
}
