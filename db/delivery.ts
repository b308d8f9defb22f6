/** What became of letters after they left: what providers and mailboxes tell, each thing once, and what it marks on the letter. */

import type { Fates } from '../core/letters/reputation.ts';
import type { Tx } from './connect.ts';
import type { deliveryEvent } from './schema/letters.ts';

export type DeliveryEventRow = typeof deliveryEvent.$inferSelect;

/** Nothing that a letter does takes more; whoever calls its links in a loop fills no table. */
const MOST_EVENTS = 500;

/** False when it was told before, or the letter has told enough. */
export async function insertDeliveryEvent(
  { sql, now }: Tx,
  row: Omit<DeliveryEventRow, 'receivedAt'>,
): Promise<boolean> {
  const rows = await sql`
    insert into delivery_event (shop_id, key, message_id, contact_id, kind, machine, link, detail, at, received_at, judge_at)
    select ${row.shopId}, ${row.key}, ${row.messageId}, ${row.contactId}, ${row.kind}, ${row.machine}, ${row.link},
      ${sql.json(row.detail)}, ${row.at}, ${now}, ${row.judgeAt}
    where ${row.messageId}::uuid is null
      or (select count(*) from delivery_event where shop_id = ${row.shopId} and message_id = ${row.messageId}) < ${MOST_EVENTS}
    on conflict (shop_id, key) do nothing returning key`;
  return rows.length > 0;
}

/** An answer that may be given again: the latest counts. */
export async function saveAnswerEvent({ sql, now }: Tx, row: Omit<DeliveryEventRow, 'receivedAt'>): Promise<void> {
  await sql`
    insert into delivery_event (shop_id, key, message_id, contact_id, kind, machine, link, detail, at, received_at, judge_at)
    values (${row.shopId}, ${row.key}, ${row.messageId}, ${row.contactId}, ${row.kind}, ${row.machine}, ${row.link},
      ${sql.json(row.detail)}, ${row.at}, ${now}, ${row.judgeAt})
    on conflict (shop_id, key) do update set detail = excluded.detail, at = excluded.at, received_at = excluded.received_at`;
}

export type Mark = 'deliveredAt' | 'openedAt' | 'clickedAt' | 'bouncedAt' | 'complainedAt' | 'unsubscribedAt';

const COLUMNS: Record<Mark, string> = {
  deliveredAt: 'delivered_at',
  openedAt: 'opened_at',
  clickedAt: 'clicked_at',
  bouncedAt: 'bounced_at',
  complainedAt: 'complained_at',
  unsubscribedAt: 'unsubscribed_at',
};

/** Notes the first of each on the letter. */
export async function markMessage({ sql }: Tx, id: string, mark: Mark, at: number): Promise<void> {
  const column = sql(COLUMNS[mark]);
  await sql`update message set ${column} = least(${column}, ${at}::timestamptz) where id = ${id}`;
}

/**
 * A letter of which something was heard has left, whatever the call to the provider came to: it is settled, unless the call
 * is still running and will settle it itself. Whether it was this that settled it.
 */
export async function settleHeard(
  { sql, now }: Tx,
  id: string,
  provider: string,
  providerId: string | null,
): Promise<boolean> {
  // The outbox first, as everywhere; all are told at once, and taken in turn.
  const [, rows] = await Promise.all([
    sql`select from outbox where id = ${id} for update`,
    sql`
      update message m set status = 'sent', reason = null, settled_at = ${now}, provider = ${provider},
        provider_id = coalesce(${providerId}, provider_id)
      where id = ${id} and (status = 'unknown' or (status = 'failed' and reason in ('not_found', 'unconfirmed'))
        or (status = 'queued' and resends > 0)
        or (status = 'sending' and exists (select from outbox o where o.id = m.id and o.lease_until < ${now})))
      returning id`,
    sql`delete from outbox o using message m where o.id = ${id} and m.id = o.id and m.status = 'sent'`,
  ]);
  return rows.length > 0;
}

/** Everything told of this contact's letters, oldest first. */
export async function deliveryEventsOf({ sql }: Tx, shopId: string, contactId: string): Promise<DeliveryEventRow[]> {
  return sql<DeliveryEventRow[]>`
    select d.* from delivery_event d join message m on m.shop_id = d.shop_id and m.id = d.message_id
    where d.shop_id = ${shopId} and m.contact_id = ${contactId} order by d.at, d.received_at, d.key`;
}

export interface JudgedClick extends Pick<DeliveryEventRow, 'shopId' | 'key' | 'at'> {
  messageId: string;
  contactId: string;
}

/** Takes up to `limit` clicks whose moment to be judged has come, skipping those that another worker holds. */
export async function takeClicks({ sql, now }: Tx, limit: number): Promise<JudgedClick[]> {
  return sql<JudgedClick[]>`
    update delivery_event set judge_at = null where (shop_id, key) in (
      select shop_id, key from delivery_event where judge_at <= ${now} order by judge_at limit ${limit} for update skip locked
    ) returning shop_id, key, message_id, contact_id, at`;
}

/** How many different links of the letter were followed within `ms` of this moment, whoever did. */
export async function linksFollowed(
  { sql }: Tx,
  { shopId, messageId, at }: { shopId: string; messageId: string; at: number },
  ms: number,
): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    select count(distinct coalesce(detail->>'place', link)) as count from delivery_event
    where shop_id = ${shopId} and message_id = ${messageId} and kind = 'clicked' and at between ${at - ms} and ${at + ms}`;
  return row?.count ?? 0;
}

export async function markMachine({ sql }: Tx, shopId: string, key: string): Promise<void> {
  await sql`update delivery_event set machine = true where shop_id = ${shopId} and key = ${key}`;
}

/**
 * What became of the shop's latest letters that sell. A bounce counts where the address is none, also where the mail server said so
 * at once and took no letter.
 */
export async function latestFates({ sql }: Tx, shopId: string, limit: number): Promise<Fates> {
  const [row] = await sql<Fates[]>`
    with resumed as (
      select coalesce(marketing_resumed_at, '-infinity') as at from shop where id = ${shopId}
    ), latest as (
      select id, complained_at, bounced_at, settled_at from message
      where shop_id = ${shopId} and status = 'sent' and purpose = 'marketing' and settled_at > (select at from resumed)
      order by settled_at desc limit ${limit}
    ), refused as (
      select count(*) as count from delivery_event d join message m on m.id = d.message_id
      where d.shop_id = ${shopId} and d.kind = 'bounced' and m.status = 'suppressed' and m.purpose = 'marketing'
        and d.at > (select at from resumed) and d.at >= (
          select case when count(*) < ${limit} then '-infinity' else min(settled_at) end from latest)
    )
    select count(*) + (select count from refused) as sent, count(complained_at) as complained,
      count(*) filter (where bounced_at is not null and exists (select from delivery_event d
        where d.shop_id = ${shopId} and d.message_id = latest.id and d.kind = 'bounced' and (d.detail->>'hard')::boolean))
        + (select count from refused) as bounced
    from latest`;
  return row ?? { sent: 0, complained: 0, bounced: 0 };
}
