/** What flows do beside letters: planned in the transaction of the step, done by the tick, at least once. */

import type { Item } from '../core/catalogue/item.ts';
import type { Step } from '../core/flows/flow.ts';
import type { Tx } from './connect.ts';
import { type DueOrder, orderOf } from './due-letters.ts';
import type { errand } from './schema/flows.ts';

export type ErrandRow = typeof errand.$inferSelect;

export interface PlannedErrand {
  shopId: string;
  enrollmentId: string;
  contactId: string;
  /** Of the step in its flow's program. */
  place: number;
  kind: Exclude<ErrandRow['kind'], 'untag'>;
  subject: string;
}

/** The id follows from enrollment and place, so planning the same one again changes nothing. */
export async function insertErrand({ sql, now }: Tx, planned: PlannedErrand): Promise<void> {
  const { shopId, enrollmentId, contactId, place, kind, subject } = planned;
  await sql`
    insert into errand (shop_id, id, enrollment_id, contact_id, kind, subject, status, attempt, queued_at, not_before)
    values (${shopId}, md5(${`${enrollmentId}:${place}:${kind}`})::uuid, ${enrollmentId}, ${contactId}, ${kind}, ${subject}, 'queued', 0, ${now}, ${now})
    on conflict do nothing`;
}

/** Takes the tag off at this moment; null: not at all. The latest word about a tag counts. */
export async function planUntag(
  { sql, now }: Tx,
  {
    shopId,
    enrollmentId,
    contactId,
    tag,
    at,
  }: { shopId: string; enrollmentId: string; contactId: string; tag: string; at: number | null },
): Promise<void> {
  const id = sql`md5(${`${contactId}:${tag}:untag`})::uuid`;
  if (at === null) {
    await sql`delete from errand where id = ${id}`;
    return;
  }
  await sql`
    insert into errand (shop_id, id, enrollment_id, contact_id, kind, subject, status, attempt, queued_at, not_before)
    values (${shopId}, ${id}, ${enrollmentId}, ${contactId}, 'untag', ${tag}, 'queued', 0, ${now}, ${at})
    on conflict (id) do update set enrollment_id = excluded.enrollment_id, status = 'queued', queued_at = excluded.queued_at,
      not_before = excluded.not_before, settled_at = null`;
}

/** Takes up to `limit` tags whose time is over, passing over those that another worker holds. */
export async function takeUntags(
  { sql, now }: Tx,
  limit: number,
): Promise<Pick<ErrandRow, 'shopId' | 'contactId' | 'subject'>[]> {
  return sql<Pick<ErrandRow, 'shopId' | 'contactId' | 'subject'>[]>`
    with due as (
      select id from errand where status = 'queued' and kind = 'untag' and not_before <= ${now}
      order by not_before limit ${limit} for update skip locked
    )
    update errand set status = 'done', settled_at = ${now} from due where errand.id = due.id
    returning errand.shop_id, errand.contact_id, errand.subject`;
}

/** An errand with all that it is done from. */
export interface DueErrand extends ErrandRow {
  flowKey: string;
  /** Of the version that its chain goes by. */
  steps: Step[];
  origins: string[];
  items: Item[];
  /** The order that the chain is about. */
  order: DueOrder | null;
  /** What its person answered last to a letter, since the chain began. */
  answer: { detail: Record<string, string | number | boolean | null>; at: number } | null;
  email: string;
  name: string | null;
  locale: string;
  shopName: string;
  shopLocale: string;
  senderName: string;
  senderEmail: string;
}

/** Takes up to `limit` that are due, passing over those that another worker holds. Nobody else sees them until `until`. */
export async function takeErrands({ sql, now }: Tx, limit: number, until: number): Promise<DueErrand[]> {
  return sql<DueErrand[]>`
    with due as (
      select id from errand where status = 'queued' and kind <> 'untag' and not_before <= ${now}
      order by not_before limit ${limit} for update skip locked
    ), taken as (
      update errand set attempt = attempt + 1, not_before = ${until} where id in (select id from due) returning *
    )
    select taken.*, e.flow_key, v.definition->'steps' as steps, s.origins, e.items, ${orderOf({ sql })} as "order", c.email, c.name, e.locale,
      (select jsonb_build_object('detail', d.detail, 'at', extract(epoch from d.at) * 1000)
        from message m join delivery_event d on d.shop_id = m.shop_id and d.message_id = m.id
        where m.shop_id = taken.shop_id and m.contact_id = taken.contact_id and d.kind = 'answered' and d.at >= e.entered_at
        order by d.at desc limit 1) as answer,
      s.name as shop_name, s.locale as shop_locale, s.sender_name, s.sender_email
    from taken
    join enrollment e on e.id = taken.enrollment_id
    join flow_version v on v.shop_id = e.shop_id and v.key = e.flow_key and v.version = e.flow_version
    join contact c on c.shop_id = taken.shop_id and c.id = taken.contact_id
    join shop s on s.id = taken.shop_id
    left join "order" o on o.shop_id = e.shop_id and o.id = e.order_id`;
}

/** Whoever took it later has the say: the attempt must still be this one. */
export async function settleErrand(
  { sql, now }: Tx,
  { id, attempt }: Pick<ErrandRow, 'id' | 'attempt'>,
  end: { status: 'done' | 'failed'; reason: string | null } | { again: number; reason: string },
): Promise<void> {
  const change =
    'again' in end
      ? sql`not_before = ${end.again}, reason = ${end.reason}`
      : sql`status = ${end.status}, reason = ${end.reason}, settled_at = ${now}`;
  await sql`update errand set ${change} where id = ${id} and attempt = ${attempt} and status = 'queued'`;
}
