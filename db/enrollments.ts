/** Running flows. The row of an enrollment is what stops and fences are ordered by: both lock it first. */

import type { Travelled } from '../core/flows/admission.ts';
import type { Flow, HeardEvent, StopEvent } from '../core/flows/flow.ts';
import { CONFIRM_ADDRESS } from '../core/recipes/confirm-address.ts';
import type { Offer } from '../core/rules/offer.ts';
import { arrayOf, type Tx } from './connect.ts';
import type { KeptItems } from './documents.ts';
import type { enrollment } from './schema/flows.ts';

export type EnrollmentRow = typeof enrollment.$inferSelect;

export type NewEnrollment = Omit<
  EnrollmentRow,
  | 'orderId'
  | 'thing'
  | 'status'
  | 'reason'
  | 'step'
  | 'dueAt'
  | 'heardEvent'
  | 'heardStep'
  | 'goalAt'
  | 'kept'
  | 'enteredAt'
  | 'endedAt'
> &
  /** Most chains are about no order, and no one thing of several. */
  Partial<Pick<EnrollmentRow, 'orderId' | 'thing'>>;

/** Until the transaction ends nobody erases the person; who is erased already has no row. Anything but an erasure goes on beside it. */
const present = ({ sql }: Pick<Tx, 'sql'>, { shopId, contactId }: Pick<EnrollmentRow, 'shopId' | 'contactId'>) =>
  sql`from contact where shop_id = ${shopId} and id = ${contactId} for key share`;

/** The enrollment, due at once, or null when this key has already entered, or the person is there no more. */
export async function insertEnrollment({ sql, now }: Tx, row: NewEnrollment): Promise<EnrollmentRow | null> {
  const [inserted] = await sql<EnrollmentRow[]>`
    insert into enrollment (shop_id, id, flow_key, flow_version, contact_id, visitor_id, rule_id, code_id, order_id, thing, status, step, due_at,
      dedupe_key, claimed, items, offer, locale, entered_at)
    select ${row.shopId}, ${row.id}, ${row.flowKey}, ${row.flowVersion}, ${row.contactId}, ${row.visitorId}, ${row.ruleId},
      ${row.codeId}, ${row.orderId ?? null}, ${row.thing ?? null}, 'active', 0, ${now}, ${row.dedupeKey}, ${row.claimed}, ${sql.json(row.items as never)}, ${sql.json(row.offer as never)},
      ${row.locale}, ${now} ${present({ sql }, row)}
    on conflict (shop_id, dedupe_key) do nothing returning *`;
  return inserted ?? null;
}

/** The reason of chains that were over when they began: their contact is of those whom the flow is measured by. */
export const HELD_OUT = 'holdout';

/** Writes down that somebody would have entered and got nothing instead. False when this key has entered already. */
export async function insertHeldOut({ sql, now }: Tx, row: NewEnrollment): Promise<boolean> {
  const rows = await sql`
    insert into enrollment (shop_id, id, flow_key, flow_version, contact_id, visitor_id, rule_id, code_id, order_id, status, reason, step,
      dedupe_key, items, offer, locale, entered_at, ended_at)
    select ${row.shopId}, ${row.id}, ${row.flowKey}, ${row.flowVersion}, ${row.contactId}, ${row.visitorId}, ${row.ruleId},
      ${row.codeId}, ${row.orderId ?? null}, 'stopped', ${HELD_OUT}, 0, ${row.dedupeKey}, ${sql.json(row.items as never)}, ${sql.json(row.offer as never)},
      ${row.locale}, ${now}, ${now} ${present({ sql }, row)}
    on conflict (shop_id, dedupe_key) do nothing returning id`;
  return rows.length > 0;
}

export interface DueEnrollment extends EnrollmentRow {
  flow: Flow;
  /** The contact's IANA zone, else the shop's. */
  zone: string;
  canonical: string;
  codeStatus: string | null;
  codeExpiresAt: number | null;
}

/** Locks up to `limit` enrollments that are due, skipping those that another worker holds and those whose flow is switched off. */
export async function lockDueEnrollments(tx: Tx, limit: number, id: string | null = null): Promise<DueEnrollment[]> {
  const { sql, now } = tx;
  const settled = id === null ? await lockSettled(tx, limit) : [];
  const due = await sql<DueEnrollment[]>`
    ${withFlow(tx)}
    where e.status = 'active' and flow.enabled and e.due_at <= ${now} ${id ? sql`and e.id = ${id}` : sql``}
    order by e.due_at limit ${limit - settled.length}
    for update of e skip locked`;
  return [...settled, ...due];
}

const withFlow = ({ sql }: Tx) => sql`
    select e.*, flow.enabled, v.definition as flow, coalesce(c.timezone, s.timezone) as zone, c.canonical,
      code.status as code_status, code.expires_at as code_expires_at
    from enrollment e
    join flow on flow.shop_id = e.shop_id and flow.key = e.flow_key
    join flow_version v on v.shop_id = e.shop_id and v.key = e.flow_key and v.version = e.flow_version
    join contact c on c.shop_id = e.shop_id and c.id = e.contact_id
    join shop s on s.id = e.shop_id
    left join code on code.shop_id = e.shop_id and code.id = e.code_id`;

/** Locks chains that may go on since their letter was settled, and takes them off that list; those of a flow that is switched off are due from then on. */
async function lockSettled(tx: Tx, limit: number): Promise<DueEnrollment[]> {
  const { sql } = tx;
  // Locked first and taken off afterwards, as the list is written: chains before what belongs to them.
  const found = await sql<{ place: number; id: string; step: number; at: number }[]>`
    select listed.id as place, listed.step, listed.at, e.id
    from (select * from settled_chain order by id limit ${limit}) listed join enrollment e on e.id = listed.enrollment_id
    order by e.id for update of e skip locked`;
  if (found.length === 0) {
    // What belongs to chains that are gone would stand before all others for ever.
    await sql`delete from settled_chain s where not exists (select from enrollment where id = s.enrollment_id)`;
    return [];
  }
  const [taken, chains] = await Promise.all([
    sql<{ place: number }[]>`
      delete from settled_chain where id = any(${arrayOf(found.map(({ place }) => `${place}`))}::bigint[]) returning id as place`,
    sql<(DueEnrollment & { enabled: boolean })[]>`
      ${withFlow(tx)}
      where e.id = any(${arrayOf(found.map(({ id }) => id))}::uuid[]) and e.status = 'active' and e.due_at is null`,
  ]);
  // What another worker took off while this one was looking has been moved on by it.
  const places = new Set(taken.map(({ place }) => place));
  const standing = new Map(found.flatMap((one) => (places.has(one.place) ? [[one.id, one]] : [])));
  const resumed = chains.flatMap((chain) => {
    const { step, at } = standing.get(chain.id) ?? { step: null, at: null };
    return step === chain.step ? [{ ...chain, dueAt: at }] : [];
  });
  const waiting = resumed.filter(({ enabled }) => !enabled);
  await Promise.all(waiting.map(({ id, dueAt }) => sql`update enrollment set due_at = ${dueAt} where id = ${id}`));
  return resumed.filter(({ enabled }) => enabled);
}

/** Puts chains, locked by the caller, from that list among those that are due: they are about to stand elsewhere. */
export async function unlistSettled({ sql }: Tx, ids: readonly string[]): Promise<void> {
  await sql`
    with unlisted as (delete from settled_chain where enrollment_id = any(${arrayOf(ids)}::uuid[]) returning *)
    update enrollment e set due_at = unlisted.at from unlisted
    where e.id = unlisted.enrollment_id and e.status = 'active' and e.due_at is null and e.step = unlisted.step`;
}

export interface EnrollmentMove {
  id: string;
  status: EnrollmentRow['status'];
  reason: string | null;
  step: number;
  /** Null while a message carries the chain on, and at its end. */
  dueAt: number | null;
  /** What it listens for until then, and where it then goes on. */
  heardEvent: HeardEvent | null;
  heardStep: number | null;
  /** The code and offer that its letters carry from now on. */
  codeId: string | null;
  offer: Offer;
  /** Whether a stranger may have asked for the letter after this one. */
  claimed: boolean;
}

export async function moveEnrollments({ sql, now }: Tx, moves: EnrollmentMove[]): Promise<void> {
  if (moves.length === 0) return;
  await sql`
    update enrollment e set status = m.status, reason = m.reason, step = m.step,
      due_at = to_timestamp(m."dueAt" / 1000.0), heard_event = m."heardEvent", heard_step = m."heardStep",
      code_id = m."codeId", offer = m.offer, claimed = m.claimed,
      ended_at = case when m.status in ('stopped', 'completed', 'error') then ${now}::timestamptz end
    from jsonb_to_recordset(${sql.json(moves as never)}) as m(id uuid, status text, reason text, step int, "dueAt" numeric,
      "heardEvent" text, "heardStep" int, "codeId" uuid, offer jsonb, claimed boolean)
    where e.id = m.id`;
}

/** Chains that run go on in another language, unless they tell of an order: that has its own. */
export async function speakOn(
  { sql }: Tx,
  { shopId, contactId, locale }: Pick<EnrollmentRow, 'shopId' | 'contactId' | 'locale'>,
): Promise<void> {
  await sql`
    update enrollment set locale = ${locale}
    where shop_id = ${shopId} and contact_id = ${contactId} and status in ('active', 'paused') and order_id is null`;
}

/** What the shop confirmed last counts. */
export async function keepItems({ sql }: Tx, id: string, kept: KeptItems): Promise<void> {
  await sql`update enrollment set kept = ${sql.json(kept as never)} where id = ${id}`;
}

export type StopScope = { codeId: string } | { contactId: string; visitorId: string | null };

/**
 * Stops the running chains in scope that `cause` ends, and cancels their letters that no provider has been called for.
 * Returns how many chains it stopped. The caller has locked the code, if one is involved: code, then enrollments, then messages.
 */
export async function stopEnrollments(tx: Tx, shopId: string, scope: StopScope, cause: StopEvent): Promise<number> {
  const { sql } = tx;
  const ofScope =
    'codeId' in scope
      ? sql`e.code_id = ${scope.codeId}`
      : scope.visitorId
        ? sql`(e.contact_id = ${scope.contactId} or e.visitor_id = ${scope.visitorId})`
        : sql`e.contact_id = ${scope.contactId}`;
  const rows = await sql<{ id: string }[]>`
    select e.id from enrollment e
    join flow_version v on v.shop_id = e.shop_id and v.key = e.flow_key and v.version = e.flow_version
    where e.shop_id = ${shopId} and e.status in ('active', 'paused', 'completed') and ${ofScope}
      and (v.definition->'stopOn' ? ${cause} or ${inAnyCase(tx, cause)})
    order by e.id for update of e`;
  for (const { id } of rows) await endEnrollment(tx, id, cause);
  return rows.length;
}

/** No flow can ask to remind of a code that was used, or to go on selling to who said no. */
function inAnyCase({ sql }: Tx, cause: StopEvent) {
  switch (cause) {
    case 'redeemed':
      return sql`true`;
    case 'unsubscribed':
      return sql`v.definition->>'purpose' = 'marketing'`;
    case 'purchased':
    case 'code_expired':
      return sql`false`;
  }
}

export async function enrollmentById({ sql }: Tx, id: string): Promise<EnrollmentRow | null> {
  const [row] = await sql<EnrollmentRow[]>`select * from enrollment where id = ${id}`;
  return row ?? null;
}

/** Locks a chain: what everything that touches its messages does first. */
export async function lockEnrollment({ sql }: Tx, id: string): Promise<void> {
  await sql`select from enrollment where id = ${id} for update`;
}

/** Locks chains as a fence does: fences of one chain may overlap, a stop waits for them or they for it. */
export async function shareEnrollments({ sql }: Tx, ids: readonly string[]): Promise<void> {
  await sql`select from enrollment where id = any(${arrayOf(ids)}::uuid[]) order by id for share`;
}

/** Locks this chain and all others that may still mail its contact; their ids. */
export async function lockChainsOfContact(
  { sql }: Tx,
  { shopId, contactId, enrollmentId }: { shopId: string; contactId: string; enrollmentId: string | null },
): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    select id from enrollment
    where shop_id = ${shopId} and contact_id = ${contactId} and (status in ('active', 'paused', 'completed') or id = ${enrollmentId})
    order by id for update`;
  return rows.map((row) => row.id);
}

/** Stops the running chains about one of several things of a person. */
export async function stopChainsAbout(
  tx: Tx,
  { shopId, contactId, thing, reason }: { shopId: string; contactId: string; thing: string; reason: string },
): Promise<void> {
  const rows = await tx.sql<{ id: string }[]>`
    select id from enrollment
    where shop_id = ${shopId} and contact_id = ${contactId} and thing = ${thing} and status in ('active', 'paused', 'completed')
    order by id for update`;
  for (const { id } of rows) await endEnrollment(tx, id, reason);
}

/** Stops one chain that the caller has locked. */
export async function stopEnrollment(tx: Tx, id: string, reason: string): Promise<void> {
  await endEnrollment(tx, id, reason);
}

/** What the flow was for has happened, to this chain or to who was held out of it; locked by the caller. */
export async function noteGoal({ sql }: Tx, id: string, at: number): Promise<void> {
  await sql`update enrollment set goal_at = ${at} where id = ${id}`;
}

/** Ends one chain, locked by the caller, that can't go on. */
export async function breakEnrollment(tx: Tx, id: string, reason: string): Promise<void> {
  await endEnrollment(tx, id, reason, 'error');
}

/** Takes back the letters of these chains, locked by the caller, that no provider was called for. */
export async function cancelUncalled(
  { sql, now }: Pick<Tx, 'sql' | 'now'>,
  chains: readonly string[],
  reason: string,
): Promise<void> {
  // Out of the outbox first, as everywhere: who holds a letter there may be about to write to the ledger.
  await sql`
    with back as (
      delete from outbox where not called and id in (select id from message where enrollment_id = any(${arrayOf(chains)}::uuid[]) and status = 'queued')
      returning id
    )
    update message set status = 'cancelled', reason = ${reason}, settled_at = ${now} where id in (select id from back)`;
}

/** A chain that has run out keeps its end, but its last letters may still be waiting. */
async function endEnrollment(
  { sql, now }: Tx,
  id: string,
  reason: string,
  status: 'stopped' | 'error' = 'stopped',
): Promise<void> {
  await sql`
    update enrollment set status = ${status}, reason = ${reason}, ended_at = ${now}, due_at = null
    where id = ${id} and status in ('active', 'paused')`;
  await cancelUncalled({ sql, now }, [id], reason);
}

/** Wakes the chains of this contact that listen for `event`; how many. */
export async function wakeListeners(
  { sql, now }: Tx,
  { shopId, contactId }: { shopId: string; contactId: string },
  events: readonly HeardEvent[],
): Promise<number> {
  const rows = await sql`
    update enrollment set step = heard_step, due_at = ${now}, heard_event = null, heard_step = null
    where shop_id = ${shopId} and contact_id = ${contactId} and heard_event in ${sql(events)} and status in ('active', 'paused')
    returning id`;
  return rows.length;
}

/** Goes on with a chain whose letter of this step has been settled, when that letter is what it waits for. */
export async function resumeEnrollment({ sql, now }: Tx, id: string, settledStep: number): Promise<void> {
  await sql`
    update enrollment set due_at = ${now}
    where id = ${id} and status = 'active' and due_at is null and step = ${settledStep + 1}`;
}

export async function enrollmentsOf({ sql }: Tx, shopId: string, contactId: string): Promise<EnrollmentRow[]> {
  return sql<EnrollmentRow[]>`
    select * from enrollment where shop_id = ${shopId} and contact_id = ${contactId} order by entered_at, id`;
}

/** Every chain that this contact is or was on, with the intent of its flow. */
export async function chainsOfContact({ sql }: Tx, shopId: string, contactId: string): Promise<Travelled[]> {
  return sql<Travelled[]>`
    select e.flow_key, v.definition->>'intent' as intent, e.status in ('active', 'paused') as running, e.entered_at
    from enrollment e join flow_version v on v.shop_id = e.shop_id and v.key = e.flow_key and v.version = e.flow_version
    where e.shop_id = ${shopId} and e.contact_id = ${contactId}`;
}

/** Letters of chains that go on are written in this language from now on. */
export async function speakTo({ sql }: Tx, shopId: string, contactId: string, locale: string): Promise<void> {
  await sql`
    update enrollment set locale = ${locale}
    where shop_id = ${shopId} and contact_id = ${contactId} and status in ('active', 'paused') and locale <> ${locale}`;
}

/** The latest chain that this rule began for the contact, with this code or (null) without one, locked. The question whose address it is, is no such chain. */
export async function lockLatestChain(
  { sql }: Tx,
  { shopId, contactId, ruleId, codeId }: Pick<EnrollmentRow, 'shopId' | 'contactId' | 'ruleId' | 'codeId'>,
): Promise<EnrollmentRow | null> {
  const [row] = await sql<EnrollmentRow[]>`
    select * from enrollment
    where shop_id = ${shopId} and contact_id = ${contactId} and rule_id = ${ruleId} and code_id is not distinct from ${codeId}
      and flow_key <> ${CONFIRM_ADDRESS.key}
    order by entered_at desc, id limit 1 for update`;
  return row ?? null;
}

/** The latest chain of this flow with this code, locked. */
export async function lockChainOfCode(
  { sql }: Tx,
  { shopId, flowKey, codeId }: { shopId: string; flowKey: string; codeId: string },
): Promise<EnrollmentRow | null> {
  const [row] = await sql<EnrollmentRow[]>`
    select * from enrollment where shop_id = ${shopId} and code_id = ${codeId} and flow_key = ${flowKey}
    order by entered_at desc, id limit 1 for update`;
  return row ?? null;
}
