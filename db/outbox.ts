/**
 * The outbox: letters are claimed by one worker at a time, fenced before the provider is called, settled by what came of it.
 * Whoever wants rows of both locks chains first, then those of the outbox, then those of the ledger.
 */

import { arrayOf, arrayOfTexts, type Once, type Tx } from './connect.ts';
import { idsOf, type LeasedLetter } from './due-letters.ts';
import type { MessageRow } from './messages.ts';
import { readByIndex } from './read-by-index.ts';

interface Lease {
  claim: string;
  /** How long it holds, in ms. */
  leaseMs: number;
}

/**
 * Leases up to `limit` letters that are due, shop by shop in turn, skipping those that another worker holds; of each shop the longest
 * waiting. Nothing but the queue's own narrow rows is touched: how a letter stands is read of those that were leased.
 */
export async function leaseQueued(
  { sql, at }: Once,
  limit: number,
  { claim, leaseMs }: Lease,
): Promise<LeasedLetter[]> {
  return sql<LeasedLetter[]>`
    select letter as id, shop as shop_id from linger_lease(${claim}, ${limit}, ${`${leaseMs} milliseconds`}::interval, ${at}::timestamptz)`;
}

/** How important the flows of these chains are. */
export async function prioritiesOf({ sql }: Tx, enrollmentIds: readonly string[]): Promise<Map<string, number>> {
  const rows = await sql<{ id: string; priority: number }[]>`
    select e.id, coalesce((v.definition->>'priority')::int, 0) as priority from enrollment e
    join flow_version v on v.shop_id = e.shop_id and v.key = e.flow_key and v.version = e.flow_version
    where e.id in ${sql(enrollmentIds)}`;
  return new Map(rows.map(({ id, priority }) => [id, priority]));
}

export interface HeldMessage {
  id: string;
  reason: string;
  /** ms since the epoch. */
  until: number;
}

/** Puts letters off that this claim still holds uncalled. */
export async function holdMessages({ sql }: Tx, held: HeldMessage[], claim: string): Promise<void> {
  if (held.length === 0) return;
  // What somebody has locked is being called off: it is left to them.
  await sql`
    with held as materialized (
      select id, reason, to_timestamp(until / 1000.0) as until
      from jsonb_to_recordset(${sql.json(held as never)}) as h(id uuid, reason text, until numeric)
    ), ours as materialized (
      select id from outbox where id = any(array(select id from held)) and claim = ${claim} and not called for update skip locked
    ), put_off as (
      update outbox o set not_before = h.until, claim = null, lease_until = null from held h join ours using (id) where o.id = h.id
    )
    update message m set reason = h.reason, not_before = h.until from held h join ours using (id) where m.id = h.id`;
}

/** Gives letters back that this claim won't get to. */
export async function releaseMessages({ sql }: Tx, ids: string[], claim: string): Promise<void> {
  if (ids.length === 0) return;
  await sql`
    update outbox set claim = null, lease_until = null
    where id = any(${arrayOf(ids)}::uuid[]) and claim = ${claim} and not called`;
}

/** One fence at a time for a contact, until the transaction ends: the letters of a day are counted one after another. */
export async function lockDays({ sql }: Tx, contactIds: readonly string[]): Promise<void> {
  if (contactIds.length === 0) return;
  await sql`
    select pg_advisory_xact_lock(day) from (
      select hashtextextended(contact, 3) as day from unnest(${arrayOf(contactIds)}::text[]) contact order by day offset 0
    ) days`;
}

/** Notes that the provider is called for letters, locked by `lockUncalled`: from this commit on they may have left. */
export async function markCalled({ sql, now }: Tx, letters: readonly { id: string }[]): Promise<void> {
  if (letters.length === 0) return;
  await sql`
    with fenced as (update outbox set called = true where id = any(${idsOf(letters)}::uuid[]) returning id)
    update message set status = 'sending', reason = null, attempt = attempt + 1, call_started_at = ${now}
    where id = any(array(select id from fenced))`;
}

export type Settlement =
  | { status: 'sent'; provider: string; providerId: string; subject: string | null }
  | { status: 'failed' | 'skipped' | 'suppressed' | 'cancelled' | 'unknown'; reason: string }
  /** Back to the queue until then (ms since the epoch). `burn`: the attempt counts; `resend`: it may already have left once. */
  | { status: 'queued'; reason: string; notBefore: number; burn: boolean; resend: boolean };

/** Letters of who was erased have no address any more, not even its hash. */
const ERASED = '';

/** Where a letter stands that a claim holds. */
export interface HeldLetter extends Pick<MessageRow, 'step' | 'occurrence'> {
  erased: boolean;
}

/** Locks a letter that this claim still holds. Null when the lease ran out and somebody else has it, or a stop has cancelled it. */
export async function lockClaimed({ sql }: Tx, id: string, claim: string): Promise<HeldLetter | null> {
  const [row] = await sql<HeldLetter[]>`
    select m.step, m.occurrence, m.address_hash = ${ERASED} as erased from outbox o join message m on m.id = o.id
    where o.id = ${id} and o.claim = ${claim} for update of o, m`;
  return row ?? null;
}

/** Settles a letter that the caller has locked with `lockClaimed`. */
export async function settleMessage({ sql, now }: Tx, id: string, settled: Settlement): Promise<void> {
  switch (settled.status) {
    case 'sent':
      await Promise.all([
        sql`delete from outbox where id = ${id}`,
        sql`
          update message set status = 'sent', reason = null, settled_at = ${now}, provider = ${settled.provider},
            provider_id = ${settled.providerId}, subject = coalesce(${settled.subject}, subject)
          where id = ${id}`,
      ]);
      return;
    case 'queued':
      // An attempt that the fence counted, or that never came to its fence and counts all the same.
      await Promise.all([
        sql`update outbox set not_before = ${settled.notBefore}, claim = null, lease_until = null, called = false where id = ${id}`,
        sql`
          update message set status = 'queued', reason = ${settled.reason}, not_before = ${settled.notBefore}, call_started_at = null,
            attempt = attempt - (call_started_at is not null)::int + ${settled.burn ? 1 : 0}, resends = resends + ${settled.resend ? 1 : 0}
          where id = ${id}`,
      ]);
      return;
    case 'unknown':
      await Promise.all([
        sql`update outbox set claim = null where id = ${id}`,
        sql`update message set status = 'unknown', reason = ${settled.reason} where id = ${id}`,
      ]);
      return;
    case 'failed':
    case 'skipped':
    case 'suppressed':
    case 'cancelled':
      await Promise.all([
        sql`delete from outbox where id = ${id}`,
        sql`update message set status = ${settled.status}, reason = ${settled.reason}, settled_at = ${now} where id = ${id}`,
      ]);
  }
}

export interface AcceptedLetter {
  id: string;
  /** The provider's id for it. */
  providerId: string;
  subject: string;
}

/** Settles letters as sent and lists their chains as free to go on; what this claim holds no more stays as it is. */
export async function settleSent(
  { sql, at }: Once,
  claim: string,
  provider: string,
  accepted: readonly AcceptedLetter[],
): Promise<void> {
  const letters = accepted.toSorted((one, other) => (one.id < other.id ? -1 : 1));
  const providerIds = arrayOfTexts(letters.map(({ providerId }) => providerId));
  const subjects = arrayOfTexts(letters.map(({ subject }) => subject));
  await sql`
    select linger_settle(${claim}, ${provider}, ${idsOf(letters)}::uuid[], ${providerIds}::text[], ${subjects}::text[], ${at}::timestamptz)`;
}

export interface DoubtfulMessage
  extends Pick<
    MessageRow,
    'id' | 'shopId' | 'enrollmentId' | 'contactId' | 'step' | 'occurrence' | 'letter' | 'resends'
  > {
  /** The enrollment's. */
  status: string;
}

/** Takes letters of unknown fate, once the provider has had `grace` ms since the call to know them. */
export async function claimDoubtful(
  tx: Tx,
  limit: number,
  claim: string,
  grace: number,
  leaseUntil: number,
): Promise<DoubtfulMessage[]> {
  const { sql, now } = tx;
  const [, letters] = await Promise.all([
    readByIndex(tx),
    sql<DoubtfulMessage[]>`
      with doubted as (
        update outbox set claim = ${claim}, lease_until = ${leaseUntil} where id = any(array(
          select o.id from outbox o join message m on m.id = o.id
          where o.called and o.lease_until < ${now} and m.call_started_at < ${now - grace}
          order by o.lease_until limit ${limit} for update of o skip locked
        )) returning id
      )
      update message set status = 'unknown' where id = any(array(select id from doubted))
      returning id, shop_id, enrollment_id, contact_id, step, occurrence, letter, resends,
        (select e.status from enrollment e where e.id = enrollment_id) as status`,
  ]);
  return letters;
}

/** How long the oldest due letter has been waiting, in ms; 0 when none is due. */
export async function dueLag({ sql, now }: Tx): Promise<number> {
  const [row] = await sql<{ oldest: number | null }[]>`
    select min(due.not_before) as oldest from shop cross join lateral (
      select not_before from outbox where shop_id = shop.id and not called and not_before <= ${now}
      order by not_before limit 1
    ) due`;
  return row?.oldest ? Math.max(0, now - row.oldest) : 0;
}
