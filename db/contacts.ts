/** People known by address, what they agreed to, and whom not to mail. */

import type { EmailAddress } from '../core/values/email-address.ts';
import { arrayOf, type Tx } from './connect.ts';
import type { consent, contact, suppression } from './schema/contacts.ts';
import type { VisitorRow } from './visits.ts';

export type ContactRow = typeof contact.$inferSelect;
export type ConsentRow = typeof consent.$inferSelect;
export type SuppressionReason = (typeof suppression.$inferSelect)['reason'];

export interface NewContact {
  id: string;
  shopId: string;
  email: EmailAddress;
  name: string | null;
  phone?: string | null;
  birthday?: string | null;
  locale: string;
}

/** Who says so: a visitor of a page, which anybody can speak for, or the shop's server. */
export type Teller = Pick<VisitorRow, 'id' | 'contactId'> | 'server';

/**
 * The contact of this canonical address, made when there is none, locked. What is known of a person is never overwritten from a page;
 * what is missing of phone and birthday is filled in by the browser that made the contact, or that is proved to be theirs.
 */
export async function upsertContact({ sql, now }: Tx, fresh: NewContact, teller: Teller): Promise<ContactRow> {
  const { shopId, id, email, phone = null, birthday = null } = fresh;
  const [madeBy, known] = teller === 'server' ? [null, null] : [teller.id, teller.contactId];
  const name =
    teller === 'server' ? sql`coalesce(excluded.name, contact.name)` : sql`coalesce(contact.name, excluded.name)`;
  const [row] = await sql<ContactRow[]>`
    insert into contact (shop_id, id, email, canonical, name, phone, birthday, locale, marketing, made_by, created_at)
    values (${shopId}, ${id}, ${email.address}, ${email.canonical}, ${fresh.name}, ${phone}, ${birthday}, ${fresh.locale}, 'none', ${madeBy}, ${now})
    on conflict (shop_id, canonical) do update set name = ${name},
      phone = coalesce(contact.phone, case when contact.made_by = ${madeBy} or contact.id = ${known} then excluded.phone end),
      birthday = coalesce(contact.birthday, case when contact.made_by = ${madeBy} or contact.id = ${known} then excluded.birthday end)
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

export async function contactsByIds({ sql }: Tx, shopId: string, ids: readonly string[]): Promise<ContactRow[]> {
  return sql<ContactRow[]>`
    select * from contact where shop_id = ${shopId} and id = any(${arrayOf(ids)}::uuid[]) order by id`;
}

export async function countContacts({ sql }: Tx, shopId: string): Promise<number> {
  const [row] = await sql<{ count: number }[]>`select count(*) as count from contact where shop_id = ${shopId}`;
  return row?.count ?? 0;
}

/** Locks a person, as everything does that may give them a code. Their chains may begin meanwhile elsewhere: only an erasure holds those back. */
export async function lockContact({ sql }: Tx, shopId: string, id: string): Promise<void> {
  await sql`select from contact where shop_id = ${shopId} and id = ${id} for no key update`;
}

/** The contact that this browser made by its own claim or form with a new address, or null. */
export async function contactMadeBy({ sql }: Tx, shopId: string, visitorId: string): Promise<string | null> {
  const [row] = await sql<{ id: string }[]>`
    select id from contact where shop_id = ${shopId} and made_by = ${visitorId} order by created_at desc limit 1`;
  return row?.id ?? null;
}

/** Whether they take letters only from now on. A box ticked on a page can't undo an unsubscribe: anybody may type an address. */
export async function subscribeContact({ sql }: Tx, shopId: string, id: string): Promise<boolean> {
  const rows = await sql`
    update contact set marketing = 'subscribed' where shop_id = ${shopId} and id = ${id} and marketing = 'none' returning id`;
  return rows.length > 0;
}

/** The same on the word of the mailbox's owner, which undoes what they said before. */
export async function resubscribeContact({ sql }: Tx, shopId: string, id: string): Promise<boolean> {
  const rows = await sql`
    update contact set marketing = 'subscribed' where shop_id = ${shopId} and id = ${id} and marketing <> 'subscribed' returning id`;
  return rows.length > 0;
}

export async function unsubscribeContact({ sql }: Tx, shopId: string, id: string): Promise<boolean> {
  const rows = await sql`
    update contact set marketing = 'unsubscribed' where shop_id = ${shopId} and id = ${id} and marketing <> 'unsubscribed' returning id`;
  return rows.length > 0;
}

/** `at`: when it was said, where that was not just now. */
export type NewConsent = Omit<ConsentRow, 'at'> & { at?: number };

export async function insertConsent({ sql, now }: Tx, rows: readonly NewConsent[]): Promise<void> {
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
    'at',
  ] as const;
  const values = rows.map((row) => Object.fromEntries(columns.map((column) => [column, row[column]])));
  await sql`
    insert into consent (shop_id, id, contact_id, visitor_id, purpose, granted, text, text_hash, locale, page, network, method, at)
    select "shopId", id, "contactId", "visitorId", purpose, granted, text, "textHash", locale, page, network, method,
      coalesce(to_timestamp(at / 1000.0), ${now}::timestamptz)
    from jsonb_to_recordset(${sql.json(values as never)}) as row("shopId" uuid, id uuid, "contactId" uuid, "visitorId" uuid, purpose text,
      granted boolean, text text, "textHash" text, locale text, page text, network text, method text, at numeric)`;
}

/**
 * Who only wanted no more offers may yet turn out not to be there: that reason wins, and holds back every letter. A complaint wins over
 * all: it is the reader's own word, which no shop takes back.
 */
export async function suppress(
  { sql, now }: Tx,
  shopId: string,
  addressHash: string,
  reason: SuppressionReason,
  at = now,
): Promise<void> {
  await sql`
    insert into suppression (shop_id, address_hash, reason, at) values (${shopId}, ${addressHash}, ${reason}, ${at})
    on conflict (shop_id, address_hash) do update set reason = excluded.reason, at = excluded.at
    where (suppression.reason = 'unsubscribed' and excluded.reason <> 'unsubscribed')
      or (suppression.reason <> 'complained' and excluded.reason = 'complained')`;
}

/** Takes the address off the list where it stands there for one of these reasons, put there no later than `before`. */
export async function liftSuppression(
  { sql, now }: Tx,
  shopId: string,
  addressHash: string,
  reasons: readonly SuppressionReason[],
  before = now,
): Promise<boolean> {
  const rows = await sql`
    delete from suppression
    where shop_id = ${shopId} and address_hash = ${addressHash} and reason in ${sql(reasons)} and at <= ${before} returning reason`;
  return rows.length > 0;
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

/** Takes one tag off; whether they had it. */
export async function untagContact(
  { sql }: Tx,
  { shopId, contactId }: { shopId: string; contactId: string },
  tag: string,
): Promise<boolean> {
  const rows = await sql`
    update contact set tags = tags - ${tag}::text where shop_id = ${shopId} and id = ${contactId} and tags ? ${tag}::text returning id`;
  return rows.length > 0;
}

/** Adds and takes away tags; each is there once, in the order they came. */
export async function tagContact(
  { sql }: Tx,
  {
    shopId,
    contactId,
    add,
    remove,
  }: { shopId: string; contactId: string; add: readonly string[]; remove: readonly string[] },
): Promise<void> {
  const gone = [...add, ...remove];
  await sql`
    update contact set tags = coalesce((select jsonb_agg(tag order by place) from jsonb_array_elements_text(tags) with ordinality as had(tag, place)
      where not ${sql.json(gone)}::jsonb ? tag), '[]') || ${sql.json(add as never)}
    where shop_id = ${shopId} and id = ${contactId}`;
}

/** What they chose on the page of their letters; what isn't named stays. */
export async function saveWishes(
  { sql }: Tx,
  shopId: string,
  id: string,
  wishes: { muted?: readonly string[]; pausedUntil?: number | null; locale?: string },
): Promise<void> {
  const { muted, pausedUntil, locale } = wishes;
  await sql`
    update contact set muted = ${muted ? sql.json(muted as never) : sql`muted`},
      paused_until = ${pausedUntil === undefined ? sql`paused_until` : pausedUntil}, locale = ${locale ?? sql`locale`}
    where shop_id = ${shopId} and id = ${id}`;
}

export async function saveAnswer(
  { sql }: Tx,
  shopId: string,
  id: string,
  { nps, reason }: { nps?: number; reason?: string },
): Promise<void> {
  await sql`
    update contact set nps = coalesce(${nps ?? null}, nps), reason = coalesce(${reason ?? null}, reason)
    where shop_id = ${shopId} and id = ${id}`;
}

/** A date that comes every year; null takes it back. Flows that begin on it look again. */
export async function saveDate(
  { sql }: Tx,
  { shopId, id }: Pick<ContactRow, 'shopId' | 'id'>,
  field: string,
  date: string | null,
): Promise<void> {
  const dates =
    date === null ? sql`dates - ${field}::text` : sql`dates || jsonb_build_object(${field}::text, ${date}::text)`;
  const change = field === 'birthday' ? sql`birthday = ${date}` : sql`dates = ${dates}`;
  await sql`update contact set ${change} where shop_id = ${shopId} and id = ${id}`;
}
