/** Saved conditions over contacts, who belongs to them, and whose facts have changed since. */

import type { Segment } from '../core/contacts/segment.ts';
import { arrayOf, type Tx } from './connect.ts';
import type { segment } from './schema/segments.ts';

export type SegmentRow = typeof segment.$inferSelect;
export type CountedSegment = SegmentRow & { size: number };

const withSize = ({ sql }: Tx) => sql`
  select segment.*, (select count(*) from segment_member m where m.shop_id = segment.shop_id and m.segment_key = segment.key) as size
  from segment`;

export async function listSegments(tx: Tx, shopId: string): Promise<CountedSegment[]> {
  return tx.sql<CountedSegment[]>`${withSize(tx)} where shop_id = ${shopId} order by key`;
}

/** What contacts are sorted by. */
export async function listConditions({ sql }: Tx, shopId: string): Promise<SegmentRow[]> {
  return sql<SegmentRow[]>`select * from segment where shop_id = ${shopId} order by key`;
}

export async function segmentByKey(tx: Tx, shopId: string, key: string): Promise<CountedSegment | null> {
  const [row] = await tx.sql<CountedSegment[]>`${withSize(tx)} where shop_id = ${shopId} and key = ${key}`;
  return row ?? null;
}

/** Which of these there are. They can't be deleted until the transaction ends. */
export async function holdSegments({ sql }: Tx, shopId: string, keys: readonly string[]): Promise<Set<string>> {
  const rows = await sql<{ key: string }[]>`
    select key from segment where shop_id = ${shopId} and key in ${sql(keys)} order by key for share`;
  return new Set(rows.map(({ key }) => key));
}

/** Locks it against being changed or deleted while it is used. */
export async function lockSegment({ sql }: Tx, shopId: string, key: string): Promise<SegmentRow | null> {
  const [row] = await sql<SegmentRow[]>`
    select * from segment where shop_id = ${shopId} and key = ${key} for update`;
  return row ?? null;
}

/** False when the key is taken. It is counted at once. */
export async function insertSegment(
  { sql, now }: Tx,
  shopId: string,
  { key, name, condition }: Segment,
): Promise<boolean> {
  const rows = await sql`
    insert into segment (shop_id, key, name, condition, created_at, updated_at)
    values (${shopId}, ${key}, ${name}, ${sql.json(condition as never)}, ${now}, ${now})
    on conflict do nothing returning key`;
  return rows.length > 0;
}

/** With another condition it begins anew: who belongs to it by that has entered nothing and left nothing. */
export async function updateSegment(
  { sql, now }: Tx,
  shopId: string,
  { key, name, condition }: Segment,
): Promise<void> {
  const asked = sql.json(condition as never);
  await sql`
    update segment set name = ${name}, condition = ${asked}, updated_at = ${now},
      counted_at = case when condition = ${asked} then counted_at end, due_at = case when condition = ${asked} then due_at end,
      cursor = case when condition = ${asked} then cursor end
    where shop_id = ${shopId} and key = ${key}`;
}

export async function deleteSegment({ sql }: Tx, shopId: string, key: string): Promise<boolean> {
  await sql`delete from segment_member where shop_id = ${shopId} and segment_key = ${key}`;
  const rows = await sql`delete from segment where shop_id = ${shopId} and key = ${key} returning key`;
  return rows.length > 0;
}

export interface Member {
  contactId: string;
  email: string;
  name: string | null;
  enteredAt: number;
}

/** In the order of their ids, from behind `after` on. */
export async function membersOf(
  { sql }: Tx,
  shopId: string,
  { key, after, limit }: { key: string; after: string | null; limit: number },
): Promise<Member[]> {
  return sql<Member[]>`
    select m.contact_id, c.email, c.name, m.entered_at
    from segment_member m join contact c on c.shop_id = m.shop_id and c.id = m.contact_id
    where m.shop_id = ${shopId} and m.segment_key = ${key} ${after ? sql`and m.contact_id > ${after}` : sql``}
    order by m.contact_id limit ${limit}`;
}

/** Whose facts are asked about next: the ids behind `after`, which are random, so that the first of many are a fair sample. */
export async function contactsAfter(
  { sql }: Tx,
  shopId: string,
  { after, limit }: { after: string | null; limit: number },
): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    select id from contact where shop_id = ${shopId} ${after ? sql`and id > ${after}` : sql``} order by id limit ${limit}`;
  return rows.map(({ id }) => id);
}

/** Which of these segments each of these contacts belongs to: `contact:segment`. */
export async function membershipsOf(
  { sql }: Tx,
  shopId: string,
  contactIds: readonly string[],
): Promise<Set<`${string}:${string}`>> {
  if (contactIds.length === 0) return new Set();
  const rows = await sql<{ contactId: string; segmentKey: string }[]>`
    select contact_id, segment_key from segment_member
    where shop_id = ${shopId} and contact_id = any(${arrayOf(contactIds)}::uuid[])`;
  return new Set(rows.map(({ contactId, segmentKey }) => `${contactId}:${segmentKey}` as const));
}

/** Whether the contact was not one before. */
export async function addMember({ sql, now }: Tx, shopId: string, key: string, contactId: string): Promise<boolean> {
  const rows = await sql`
    insert into segment_member (shop_id, segment_key, contact_id, entered_at)
    select ${shopId}, ${key}, ${contactId}, ${now} where exists (select from segment where shop_id = ${shopId} and key = ${key})
    on conflict do nothing returning contact_id`;
  return rows.length > 0;
}

/** Whether the contact was one. */
export async function removeMember({ sql }: Tx, shopId: string, key: string, contactId: string): Promise<boolean> {
  const rows = await sql`
    delete from segment_member where shop_id = ${shopId} and segment_key = ${key} and contact_id = ${contactId}
    returning contact_id`;
  return rows.length > 0;
}

/** Locks a segment that is to be counted, passing over those that another worker counts. */
export async function lockDueSegment({ sql, now }: Tx): Promise<SegmentRow | null> {
  const [row] = await sql<SegmentRow[]>`
    select * from segment where due_at is null or due_at <= ${now}
    order by due_at nulls first limit 1 for update skip locked`;
  return row ?? null;
}

/** Notes how far a count has come; null: it is through, and begins again at `dueAt`. */
export async function saveCount(
  { sql, now }: Tx,
  { shopId, key }: Pick<SegmentRow, 'shopId' | 'key'>,
  { cursor, dueAt }: { cursor: string | null; dueAt: number },
): Promise<void> {
  await sql`
    update segment set cursor = ${cursor}, due_at = ${dueAt}, counted_at = ${cursor ? sql`counted_at` : now}
    where shop_id = ${shopId} and key = ${key}`;
}

/** Something else is known of this contact now. Costs next to nothing in a shop without segments. */
export async function noteFactChange(
  { sql }: Tx,
  { shopId, contactId }: { shopId: string; contactId: string },
): Promise<void> {
  await sql`
    insert into fact_change (shop_id, contact_id)
    select ${shopId}, ${contactId} where exists (select from segment where shop_id = ${shopId})`;
}

/** Takes the oldest changes; each contact once, by shop. */
export async function takeFactChanges({ sql }: Tx, limit: number): Promise<Map<string, string[]>> {
  const rows = await sql<{ shopId: string; contactId: string }[]>`
    delete from fact_change where (shop_id, id) in (
      select shop_id, id from fact_change order by id limit ${limit} for update skip locked
    ) returning shop_id, contact_id`;
  const changed = new Map<string, Set<string>>();
  for (const { shopId, contactId } of rows) {
    const ids = changed.get(shopId) ?? new Set();
    changed.set(shopId, ids.add(contactId));
  }
  return new Map([...changed].map(([shopId, ids]) => [shopId, [...ids].sort()]));
}

/** Locks people in the one order that everything takes that locks several. */
export async function lockContacts({ sql }: Tx, shopId: string, ids: readonly string[]): Promise<void> {
  await sql`
    select from contact where shop_id = ${shopId} and id = any(${arrayOf(ids)}::uuid[]) order by id for no key update`;
}

/** The contact's segments that a rule of the shop's asks for: pages are told of no others. */
export async function segmentsForRules({ sql }: Tx, shopId: string, contactId: string): Promise<string[]> {
  const rows = await sql<{ key: string }[]>`
    select segment_key as key from segment_member m
    where m.shop_id = ${shopId} and m.contact_id = ${contactId} and exists (
      select from rule where rule.shop_id = m.shop_id and deleted_at is null
        and jsonb_path_exists(definition->'when', '$.** ? (@ == $key)', jsonb_build_object('key', segment_key))
    ) order by 1`;
  return rows.map(({ key }) => key);
}
