/** Takes a person out of every table: what names them goes, what only counts stays under an id that is nobody's. */

import { arrayOf, type Tx } from './connect.ts';
import type { ContactRow } from './contacts.ts';

export interface Person {
  shopId: string;
  contactId: string;
  /** Stands for them from now on in what is counted; known to nobody. */
  nobody: string;
}

/** What is kept of what was told about a letter: numbers, and words of closed lists. */
export const KEPT_DETAIL = [
  'nps',
  'stars',
  'away',
  'reason',
  'confirmed',
  'hard',
  'record',
  'type',
  'code',
  'origin',
  'place',
] as const;

/**
 * Locks the browsers that are proved to be theirs, then the contact, against everything: no chain can begin for them any more. What waits
 * to begin goes before that: whoever takes many of those at a time asks for their contacts afterwards.
 */
export async function lockPerson(
  { sql }: Tx,
  { shopId, contactId }: Omit<Person, 'nobody'>,
): Promise<Pick<ContactRow, 'email' | 'canonical'> | null> {
  await sql`delete from pending_entry where shop_id = ${shopId} and contact_id = ${contactId}`;
  await sql`select from visitor where shop_id = ${shopId} and contact_id = ${contactId} order by id for update`;
  const [row] = await sql<Pick<ContactRow, 'email' | 'canonical'>[]>`
    select email, canonical from contact where shop_id = ${shopId} and id = ${contactId} for update`;
  return row ?? null;
}

/** Every browser that was ever theirs, or from which somebody gave their address. */
export async function browsersOf({ sql }: Tx, { shopId, contactId }: Person): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    select id from visitor where shop_id = ${shopId} and contact_id = ${contactId}
    union select made_by from contact where shop_id = ${shopId} and id = ${contactId} and made_by is not null
    union select visitor_id from code where shop_id = ${shopId} and contact_id = ${contactId}
    union select visitor_id from enrollment where shop_id = ${shopId} and contact_id = ${contactId} and visitor_id is not null
    union select visitor_id from "order" where shop_id = ${shopId} and contact_id = ${contactId} and visitor_id is not null
    union select visitor_id from consent where shop_id = ${shopId} and contact_id = ${contactId} and visitor_id is not null`;
  return rows.map(({ id }) => id);
}

/** The person's codes stay good for whoever has them, and are counted. Locks them, as everything does before it locks chains. */
export async function unnameCodes({ sql }: Tx, { shopId, contactId, nobody }: Person): Promise<void> {
  await sql`
    update code set contact_id = ${nobody}, canonical = 'erased:' || id, range_hash = null
    where shop_id = ${shopId} and contact_id = ${contactId}`;
}

/** All chains that they are or were on, locked in the order in which everything locks them. */
export async function lockAllChains({ sql }: Tx, { shopId, contactId }: Person): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    select id from enrollment where shop_id = ${shopId} and contact_id = ${contactId} order by id for update`;
  return rows.map(({ id }) => id);
}

/** What the ledger keeps are letters without a reader. One that is on its way just now is settled as such, and never tried again. */
export async function unnameLetters(
  { sql, now }: Tx,
  { shopId, contactId, nobody }: Person,
  chains: readonly string[],
): Promise<void> {
  const ours = sql`shop_id = ${shopId} and message_id in (
    select id from message where shop_id = ${shopId} and enrollment_id = any(${arrayOf(chains)}::uuid[]))`;
  await sql`delete from inbox_letter where shop_id = ${shopId} and id in (
    select id from message where shop_id = ${shopId} and enrollment_id = any(${arrayOf(chains)}::uuid[]))`;
  await sql`
    update delivery_event set contact_id = ${nobody}, link = null, judge_at = null,
      detail = (select coalesce(jsonb_object_agg(key, value), '{}') from jsonb_each(detail) where key in ${sql(KEPT_DETAIL)})
    where (${ours}) or (shop_id = ${shopId} and contact_id = ${contactId})`;
  await sql`
    update errand set contact_id = ${nobody}, status = case status when 'queued' then 'failed' else status end,
      reason = case when status = 'done' then reason else 'erased' end, settled_at = coalesce(settled_at, ${now}::timestamptz)
    where shop_id = ${shopId} and contact_id = ${contactId}`;
  await sql`
    update message set contact_id = ${nobody}, address_hash = '', subject = null, provider_id = null,
      reason = case when reason like '%@%' then 'erased' else reason end
    where shop_id = ${shopId} and enrollment_id = any(${arrayOf(chains)}::uuid[])`;
  // A chain that has run out, while its last letter may yet have to go once more.
  await sql`
    update enrollment e set status = 'stopped', reason = 'erased' where e.id = any(${arrayOf(chains)}::uuid[]) and status = 'completed'
      and exists (select from message m where m.enrollment_id = e.id and m.status in ('sending', 'unknown'))`;
  await sql`
    update enrollment set contact_id = ${nobody}, dedupe_key = 'erased:' || id, items = '[]', thing = null
    where id = any(${arrayOf(chains)}::uuid[])`;
}

/** Orders stay as sums of things; who brought whom stays a count. */
export async function unnameDeals({ sql }: Tx, { shopId, contactId, nobody }: Person): Promise<void> {
  await sql`
    update "order" set contact_id = ${nobody},
      body = jsonb_build_object('items', body->'items', 'codes', body->'codes')
    where shop_id = ${shopId} and contact_id = ${contactId}`;
  await sql`update referral set sender_id = ${nobody} where shop_id = ${shopId} and sender_id = ${contactId}`;
  await sql`update referral set friend_id = ${nobody} where shop_id = ${shopId} and friend_id = ${contactId}`;
  await sql`
    update referral_link set contact_id = ${nobody}, token = 'erased:' || ${nobody}::text where shop_id = ${shopId} and contact_id = ${contactId}`;
  await sql`update referral_tally set sender_id = ${nobody} where shop_id = ${shopId} and sender_id = ${contactId}`;
  await sql`update webhook_call set contact_id = null where shop_id = ${shopId} and contact_id = ${contactId}`;
}

/** Visits stay as what was looked at; addresses of pages, words that were typed and where they came from may name anybody. */
export async function unnameVisits(
  { sql }: Tx,
  { shopId, contactId }: Person,
  browsers: readonly string[],
): Promise<void> {
  await sql`update visitor set contact_id = null where shop_id = ${shopId} and contact_id = ${contactId}`;
  if (browsers.length === 0) return;
  const theirs = sql`shop_id = ${shopId} and visitor_id = any(${arrayOf(browsers)}::uuid[])`;
  await sql`
    update event set body = case type
        when 'page_view' then body || '{"url": "", "path": "", "title": "", "referrer": ""}'
        when 'search' then body || '{"term": ""}'
        when 'custom' then body || '{"data": {}}'
        else body end
    where type in ('page_view', 'search', 'custom') and shop_id = ${shopId} and visit_id in (select id from visit where ${theirs})`;
  await sql`
    update visit set network = null,
      state = state || '{"path": "", "referrer": "", "utm": {"source": "", "medium": "", "campaign": ""}}'
    where ${theirs}`;
}

/** What is theirs alone, and at the end the contact itself. */
export async function deletePerson({ sql }: Tx, { shopId, contactId, nobody }: Person, email: string): Promise<void> {
  for (const table of ['consent', 'waiting', 'pending_entry', 'segment_member', 'fact_change', 'told_event', 'review'])
    await sql`delete from ${sql(table)} where shop_id = ${shopId} and contact_id = ${contactId}`;
  await sql`delete from inbox_letter where shop_id = ${shopId} and lower(recipient) = lower(${email})`;
  await sql`
    update scenario set given = jsonb_set(given #- '{person,name}', '{person,id}', to_jsonb(${nobody}::text)) where shop_id = ${shopId} and given->'person'->>'id' = ${contactId}`;
  // An answer that is kept for repeated calls: the call stays done, its answer is forgotten.
  await sql`
    update idempotency set response = null where shop_id = ${shopId}
      and (strpos(lower(response), lower(${email})) > 0 or strpos(response, ${contactId}) > 0)`;
  await sql`delete from contact where shop_id = ${shopId} and id = ${contactId}`;
}
