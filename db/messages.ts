/** Letters as the ledger has them: planned once, told of afterwards. How they leave is outbox.ts's business. */

import type { CartLine, Item } from '../core/catalogue/item.ts';
import type { ToldRecommendation } from '../core/catalogue/recommend.ts';
import type { Tx } from './connect.ts';
import type { message } from './schema/letters.ts';

export type MessageRow = typeof message.$inferSelect;

export interface PlannedMessage {
  shopId: string;
  enrollmentId: string;
  contactId: string;
  step: number;
  occurrence: number;
  letter: string;
  purpose: MessageRow['purpose'];
  claimed: boolean;
  prompt: boolean;
  addressHash: string;
  status: 'queued' | 'suppressed';
  reason: string | null;
  expiresAt: number | null;
  /** Which of the step's variants, from 0, and of which trial; null where it tries none. */
  variant: number | null;
  trial: string | null;
  /** It leaves no earlier, ms since the epoch; null: at once. */
  notBefore: number | null;
}

/** Plans letters. The id follows from enrollment, version, step and occurrence, so planning the same one again changes nothing. */
export async function insertMessages({ sql, now }: Tx, planned: PlannedMessage[]): Promise<void> {
  if (planned.length === 0) return;
  await sql`
    with planned as (
    insert into message (shop_id, id, enrollment_id, contact_id, step, occurrence, letter, purpose, claimed, prompt, address_hash, status, reason,
      attempt, resends, queued_at, not_before, expires_at, settled_at, variant, trial)
    select "shopId", md5("enrollmentId"::text || ':' || (select flow_version from enrollment where id = "enrollmentId") || ':' || step || ':' || occurrence)::uuid, "enrollmentId", "contactId", step, occurrence,
      letter, purpose, claimed, prompt, "addressHash", status, reason, 0, 0, ${now}::timestamptz, coalesce(to_timestamp("notBefore" / 1000.0), ${now}::timestamptz),
      to_timestamp("expiresAt" / 1000.0), case when status = 'queued' then null else ${now}::timestamptz end, variant, trial
    from jsonb_to_recordset(${sql.json(planned as never)}) as p("shopId" uuid, "enrollmentId" uuid, "contactId" uuid, step int,
      occurrence int, letter text, purpose text, claimed boolean, prompt boolean, "addressHash" text, status text, reason text, "expiresAt" numeric,
      variant int, trial text, "notBefore" numeric)
    on conflict do nothing returning shop_id, id, not_before, status
    )
    insert into outbox (shop_id, id, not_before) select shop_id, id, not_before from planned where status = 'queued'`;
}

/** Letters caused by public claims for this address, over the whole instance. Takes the address's lock until the transaction ends. */
export async function claimedLetters(
  { sql, now }: Tx,
  addressHash: string,
): Promise<{ tenMinutes: number; day: number }> {
  // Sent together, and run one after the other: what is counted is what others had committed when the lock was had.
  const locked = sql`select pg_advisory_xact_lock(hashtextextended(${addressHash}, 1))`;
  const counted = sql<{ tenMinutes: number; day: number }[]>`
    select count(*) filter (where queued_at > ${now - 600_000}) as ten_minutes, count(*) as day from message
    where claimed and address_hash = ${addressHash} and queued_at > ${now - 86_400_000} and status not in ('suppressed', 'cancelled')
      and xmin <> pg_current_xact_id()::xid`;
  const [, [row]] = await Promise.all([locked, counted]);
  return row ?? { tenMinutes: 0, day: 0 };
}

export interface EarlierLetter {
  step: number;
  purpose: MessageRow['purpose'];
  /** How often it has been planned. */
  count: number;
  /** One of them has not been settled yet. */
  pending: boolean;
}

/** What became of the chain's letter of this kind so far, or null when its step has not come. */
export async function earlierLetter({ sql }: Tx, enrollmentId: string, letter: string): Promise<EarlierLetter | null> {
  const [row] = await sql<EarlierLetter[]>`
    select step, min(purpose) as purpose, count(*) as count, bool_or(status in ('queued', 'sending', 'unknown')) as pending
    from message where enrollment_id = ${enrollmentId} and letter = ${letter} group by step order by step limit 1`;
  return row ?? null;
}

/** The whole trail of one contact, oldest first. */
export async function messagesOf({ sql }: Tx, shopId: string, contactId: string): Promise<MessageRow[]> {
  return sql<MessageRow[]>`
    select * from message where shop_id = ${shopId} and contact_id = ${contactId} order by queued_at, step, occurrence`;
}

/** What the letter recommends, as it was made last. */
export async function noteRecommended(
  { sql }: Tx,
  shopId: string,
  id: string,
  recommended: ToldRecommendation,
): Promise<void> {
  await sql`update message set recommended = ${sql.json(recommended as never)} where shop_id = ${shopId} and id = ${id}`;
}

/** The letter that a provider speaks of: by the id that we gave it to carry, else by the provider's own. */
export async function messageOfProvider(
  { sql }: Tx,
  shopId: string,
  { id, providerId }: { id: string | null; providerId: string | null },
): Promise<MessageRow | null> {
  const [row] = await sql<MessageRow[]>`
    select * from message where shop_id = ${shopId}
      and ${id ? sql`id = ${id}` : sql`provider = 'postmark' and provider_id = ${providerId}`} limit 1`;
  return row ?? null;
}

export async function messageById({ sql }: Tx, id: string): Promise<MessageRow | null> {
  const [row] = await sql<MessageRow[]>`select * from message where id = ${id}`;
  return row ?? null;
}

/** What a letter about a cart shows. An item with a quantity was in the cart. */
export interface CartOfMessage {
  items: (Item | CartLine)[];
  code: string | null;
  codeStatus: string | null;
  codeExpiresAt: number | null;
}

export async function cartOfMessage({ sql }: Tx, id: string): Promise<CartOfMessage | null> {
  const [row] = await sql<CartOfMessage[]>`
    select e.items, code.code, code.status as code_status, code.expires_at as code_expires_at
    from message m join enrollment e on e.id = m.enrollment_id
    left join code on code.shop_id = e.shop_id and code.id = e.code_id
    where m.id = ${id}`;
  return row ?? null;
}

/** The chain that a letter belongs to, with all of its letters. */
export interface MessageTrail {
  flowKey: string;
  status: string;
  reason: string | null;
  dueAt: number | null;
  messages: { letter: string; status: string; reason: string | null }[];
}

export async function trailOfMessage({ sql }: Tx, id: string): Promise<MessageTrail | null> {
  const [row] = await sql<MessageTrail[]>`
    select e.flow_key, e.status, e.reason, e.due_at,
      (select jsonb_agg(jsonb_build_object('letter', letter, 'status', status, 'reason', reason) order by queued_at, step, occurrence)
        from message where enrollment_id = e.id) as messages
    from enrollment e where e.id = (select enrollment_id from message where id = ${id})`;
  return row ?? null;
}
