/** Contacts with what happened to them, as a replay of flows lives through it again: a page at a time. */

import type { Entry } from '../core/flows/flow.ts';
import type { PastWait } from '../core/flows/past-news.ts';
import { TOLD_ENTRIES } from '../core/flows/told-event.ts';
import { CONFIRM_ADDRESS } from '../core/recipes/confirm-address.ts';
import type { ScenarioEvent } from '../core/simulation/scenario.ts';
import type { Tx } from './connect.ts';
import type { ContactRow } from './contacts.ts';

export type PastContactRow = Pick<
  ContactRow,
  | 'id'
  | 'email'
  | 'name'
  | 'locale'
  | 'timezone'
  | 'marketing'
  | 'tags'
  | 'city'
  | 'source'
  | 'nps'
  | 'reason'
  | 'birthday'
  | 'muted'
> & {
  /** Those they belong to today. */
  segments: string[];
};

export async function pageOfContacts(
  { sql }: Tx,
  shopId: string,
  { after, limit }: { after: string | null; limit: number },
): Promise<PastContactRow[]> {
  return sql<PastContactRow[]>`
    select id, email, name, locale, timezone, marketing, tags, city, source, nps, reason, birthday, muted,
      (select coalesce(jsonb_agg(segment_key), '[]') from segment_member m
        where m.shop_id = contact.shop_id and m.contact_id = contact.id) as segments
    from contact
    where shop_id = ${shopId} ${after ? sql`and id > ${after}` : sql``} order by id limit ${limit}`;
}

export async function countContacts({ sql }: Tx, shopId: string): Promise<{ all: number; subscribed: number }> {
  const [row] = await sql<{ all: number; subscribed: number }[]>`
    select count(*) as all, count(*) filter (where marketing = 'subscribed') as subscribed from contact where shop_id = ${shopId}`;
  return row ?? { all: 0, subscribed: 0 };
}

export interface PastAsked {
  /** Of the flow that lives it again. */
  entry: Entry;
  /** ms since the epoch: as far back as is looked, and where the period begins. */
  since: number;
  from: number;
}

/**
 * By contact and time: orders of all time, for they are facts; everything else from `since` on. Dates, and what ends, come where the
 * entry asks for them: at the time when they were told, or where the period begins.
 */
export async function happeningsOf(
  { sql }: Tx,
  shopId: string,
  contactIds: readonly string[],
  { entry, since, from }: PastAsked,
): Promise<Map<string, ScenarioEvent<number>[]>> {
  const byContact = new Map<string, ScenarioEvent<number>[]>();
  if (contactIds.length === 0) return byContact;
  const ours = sql`(select (value #>> '{}')::uuid from jsonb_array_elements(${sql.json(contactIds as never)}))`;
  const rows = await sql<{ contactId: string; at: number; told: Record<string, unknown> }[]>`
    with orders as (select * from "order" where shop_id = ${shopId} and contact_id in ${ours}),
      visits as (select w.contact_id, v.* from visitor w join visit v on v.shop_id = w.shop_id and v.visitor_id = w.id
        where w.shop_id = ${shopId} and w.contact_id in ${ours} and v.last_at > ${since}),
      events as (select visits.contact_id, e.* from visits join event e on e.shop_id = visits.shop_id and e.visit_id = visits.id
        where e.type in ('form', 'share', 'custom'))
    select contact_id, at, told from (
      select contact_id, placed_at as at, jsonb_build_object('on', 'ordered', 'order', id, 'total', total, 'items', body->'items',
        'status', case when updated_at = received_at then status else 'placed' end) as told from orders
      union all select contact_id, updated_at, jsonb_build_object('on', 'ordered', 'order', id, 'total', total, 'items', body->'items',
        'status', status) from orders where updated_at > received_at
      union all select contact_id, last_at, jsonb_build_object('on', 'visited', 'viewed', state->'viewed',
        'carted', case when (state->>'purchased')::boolean then '[]' else state->'cart' end) from visits
      union all select contact_id, at, case type when 'form' then jsonb_build_object('on', 'form_submitted', 'form', body->'kind')
        when 'share' then jsonb_build_object('on', 'visited', 'shared', body->'act')
        else jsonb_build_object('on', 'custom', 'name', body->'name') end from events
      union all select contact_id, at, case when name in ${sql(TOLD_ENTRIES)} then jsonb_strip_nulls(jsonb_build_object('on', name,
          'form', body->'form', 'shared', body->'act', 'items', body->'items'))
        else jsonb_build_object('on', 'custom', 'name', name, 'items', coalesce(body->'items', '[]')) end from told_event
        where shop_id = ${shopId} and contact_id in ${ours} and at > ${since} and name not in ('date', 'subscribed')
      -- A box that was left empty takes nothing back, and who has confirmed nothing yet has said nothing.
      union all select contact_id, at, jsonb_build_object('on', case when granted then 'subscribed' else 'unsubscribed' end)
        from consent k join contact c on c.shop_id = k.shop_id and c.id = k.contact_id
        where k.shop_id = ${shopId} and k.contact_id in ${ours} and purpose = 'marketing' and at > ${since}
          and case when granted then c.marketing <> 'none' else method not in ('popup', 'form') end
      union all select id, created_at, '{"on": "contact_known"}' from contact
        where shop_id = ${shopId} and id in ${ours} and created_at > ${since}
      union all select contact_id, entered_at, jsonb_build_object('on', 'offer_accepted', 'offer', offer, 'items', items) from enrollment
        where shop_id = ${shopId} and contact_id in ${ours} and rule_id is not null and entered_at > ${since}
          and flow_key <> ${CONFIRM_ADDRESS.key}
      -- The code of an accepted offer comes with it; a flow that begins otherwise hears of the code alone.
      union all select contact_id, issued_at, jsonb_build_object('on', 'code_issued', 'offer', case when expires_at is null
          then offer - 'expiresIn' else offer || jsonb_build_object('expiresIn',
            greatest(0, extract(epoch from expires_at - issued_at))::int || 's') end) from code
        where shop_id = ${shopId} and contact_id in ${ours} and issued_at > ${since} and not (${entry.on === 'offer_accepted'}
          and exists (select from enrollment e where e.shop_id = ${shopId} and e.code_id = code.id and e.rule_id is not null))
      union all select contact_id, clicked_at, jsonb_build_object('on', 'clicked', 'letter', id) from message
        where shop_id = ${shopId} and contact_id in ${ours} and clicked_at > ${since}
      union all select a.contact_id, greatest(c.created_at, ${from}::timestamptz), jsonb_build_object('on', 'date', 'field', field, 'date', date)
        from anniversary a join contact c on c.shop_id = a.shop_id and c.id = a.contact_id
        where a.shop_id = ${shopId} and a.contact_id in ${ours} and a.field = ${entry.on === 'date' ? entry.field : ''}
      union all select contact_id, greatest(updated_at, ${since}::timestamptz), jsonb_build_object('on', 'ends', 'thing', id, 'what', what,
          'endsAt', extract(epoch from ends_at) * 1000, 'items', items) from ending
        where shop_id = ${shopId} and contact_id in ${ours} and ends_at > ${from} and ${entry.on === 'ends'}
      union all select contact_id, redeemed_at, '{"on": "redeemed"}' from code
        where shop_id = ${shopId} and contact_id in ${ours} and redeemed_at > ${since}
      union all select contact_id, at, jsonb_build_object('on', 'nps_answered', 'score', detail->'nps') from delivery_event
        where shop_id = ${shopId} and contact_id in ${ours} and kind = 'answered' and detail ? 'nps' and at > ${since}
      union all select contact_id, at, jsonb_build_object('on', 'reason_given', 'reason', detail->'away') from delivery_event
        where shop_id = ${shopId} and contact_id in ${ours} and kind = 'answered' and detail ? 'away' and at > ${since}
      union all select contact_id, created_at, jsonb_build_object('on', 'reviewed', 'stars', stars) from review
        where shop_id = ${shopId} and contact_id in ${ours} and created_at > ${since}
    ) happened order by contact_id, at`;
  for (const { contactId, at, told } of rows) {
    const events = byContact.get(contactId) ?? [];
    events.push({ at, ...told } as ScenarioEvent<number>);
    byContact.set(contactId, events);
  }
  return byContact;
}

/** What each of them asked to be told of when it is back. */
export async function waitsOf(
  { sql }: Tx,
  shopId: string,
  contactIds: readonly string[],
): Promise<Map<string, PastWait[]>> {
  const byContact = new Map<string, PastWait[]>();
  if (contactIds.length === 0) return byContact;
  const rows = await sql<({ contactId: string } & PastWait)[]>`
    select contact_id, item_id as item, asked_at, notified_at as told_at from waiting
    where shop_id = ${shopId} and contact_id in ${sql(contactIds)}`;
  for (const { contactId, ...wait } of rows) byContact.set(contactId, [...(byContact.get(contactId) ?? []), wait]);
  return byContact;
}
