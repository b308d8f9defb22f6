/** Many contacts at once, as uploads bring them: a few statements, however many they are. */

import { arrayOf, type Tx } from './connect.ts';
import type { ContactDetails } from './contact-records.ts';
import type { ConsentRow, ContactRow } from './contacts.ts';

export type FreshContact = ContactDetails & Pick<ContactRow, 'id' | 'canonical'>;

/** Makes those whose canonical address nobody has; their ids. */
export async function addContacts(
  { sql, now }: Tx,
  shopId: string,
  fresh: readonly FreshContact[],
): Promise<Set<string>> {
  const rows = await sql<{ id: string }[]>`
    insert into contact (shop_id, id, email, canonical, name, patronymic, last_name, name_style, phone, birthday, dates, locale,
      timezone, city, tags, source, marketing, created_at)
    select ${shopId}, id, email, canonical, name, patronymic, "lastName", "nameStyle", phone, birthday, dates, locale, timezone, city, tags, source, 'none', ${now}
    from jsonb_to_recordset(${sql.json(fresh as never)}) as f(id uuid, email text, canonical text, name text,
      patronymic text, "lastName" text, "nameStyle" text, phone text, birthday text,
      dates jsonb, locale text, timezone text, city text, tags jsonb, source text)
    order by canonical on conflict (shop_id, canonical) do nothing returning id`;
  return new Set(rows.map(({ id }) => id));
}

/** By canonical address, locked in the one order that everything takes that locks several. */
export async function lockByCanonical(
  { sql }: Tx,
  shopId: string,
  canonicals: readonly string[],
): Promise<Map<string, ContactRow>> {
  const rows = await sql<ContactRow[]>`
    select * from contact
    where shop_id = ${shopId} and canonical = any(array(select jsonb_array_elements_text(${sql.json(canonicals as never)})))
    order by id for no key update`;
  return new Map(rows.map((row) => [row.canonical, row]));
}

/** Of locked contacts: each by its key, all sent at once. A join with them goes through the whole shop where few statistics have been gathered yet. */
export async function saveDetails(
  { sql }: Tx,
  shopId: string,
  details: readonly (ContactDetails & { id: string })[],
): Promise<void> {
  await Promise.all(
    details.map(
      (d) => sql`
        update contact set email = ${d.email}, name = ${d.name}, patronymic = ${d.patronymic}, last_name = ${d.lastName},
          name_style = ${d.nameStyle}, phone = ${d.phone}, birthday = ${d.birthday}, dates = ${sql.json(d.dates)},
          locale = ${d.locale}, timezone = ${d.timezone}, city = ${d.city}, tags = ${sql.json(d.tags as never)}, source = ${d.source}
        where shop_id = ${shopId} and id = ${d.id}`,
    ),
  );
}

/** All that these people agreed to and took back, oldest first. */
export async function consentsOfMany(
  { sql }: Tx,
  shopId: string,
  contactIds: readonly string[],
): Promise<Map<string, ConsentRow[]>> {
  const rows = await sql<ConsentRow[]>`
    select * from consent where shop_id = ${shopId} and contact_id = any(${arrayOf(contactIds)}::uuid[]) order by at, purpose, id`;
  return Map.groupBy(rows, ({ contactId }) => contactId);
}

/** Those of them who take letters that sell only from now on. */
export async function subscribeContacts(
  { sql }: Tx,
  shopId: string,
  contactIds: readonly string[],
): Promise<Set<string>> {
  if (contactIds.length === 0) return new Set();
  const rows = await sql<{ id: string }[]>`
    update contact set marketing = 'subscribed'
    where shop_id = ${shopId} and id = any(${arrayOf(contactIds)}::uuid[]) and marketing = 'none' returning id`;
  return new Set(rows.map(({ id }) => id));
}

export async function unsubscribeContacts({ sql }: Tx, shopId: string, contactIds: readonly string[]): Promise<void> {
  if (contactIds.length === 0) return;
  await sql`
    update contact set marketing = 'unsubscribed' where shop_id = ${shopId} and id = any(${arrayOf(contactIds)}::uuid[])`;
}

/** Something else is known of these contacts now. */
export async function noteFactChanges({ sql }: Tx, shopId: string, contactIds: readonly string[]): Promise<void> {
  if (contactIds.length === 0) return;
  await sql`
    insert into fact_change (shop_id, contact_id)
    select ${shopId}, id from unnest(${arrayOf(contactIds)}::uuid[]) as changed(id)
    where exists (select from segment where shop_id = ${shopId})`;
}
