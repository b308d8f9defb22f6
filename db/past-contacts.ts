/** Contacts with what happened to them, as a replay of flows lives through it again: a page at a time. */

import { CONFIRM_ADDRESS } from '../core/recipes/confirm-address.ts';
import type { ScenarioEvent } from '../core/scenario.ts';
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
>;

export async function pageOfContacts(
  { sql }: Tx,
  shopId: string,
  { after, limit }: { after: string | null; limit: number },
): Promise<PastContactRow[]> {
  return sql<PastContactRow[]>`
    select id, email, name, locale, timezone, marketing, tags, city, source, nps, reason, birthday, muted from contact
    where shop_id = ${shopId} ${after ? sql`and id > ${after}` : sql``} order by id limit ${limit}`;
}

export async function countContacts({ sql }: Tx, shopId: string): Promise<{ all: number; subscribed: number }> {
  const [row] = await sql<{ all: number; subscribed: number }[]>`
    select count(*) as all, count(*) filter (where marketing = 'subscribed') as subscribed from contact where shop_id = ${shopId}`;
  return row ?? { all: 0, subscribed: 0 };
}

/** By contact and time: orders of all time, for they are facts; everything else from `since` on. */
export async function happeningsOf(
  { sql }: Tx,
  shopId: string,
  contactIds: readonly string[],
  since: number,
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
      union all select contact_id, at, jsonb_build_object('on', 'custom', 'name', name) from told_event
        where shop_id = ${shopId} and contact_id in ${ours} and at > ${since}
      union all select contact_id, at, jsonb_build_object('on', case when granted then 'subscribed' else 'unsubscribed' end)
        from consent where shop_id = ${shopId} and contact_id in ${ours} and purpose = 'marketing' and at > ${since}
      union all select id, created_at, '{"on": "contact_known"}' from contact
        where shop_id = ${shopId} and id in ${ours} and created_at > ${since}
      union all select contact_id, entered_at, jsonb_build_object('on', 'offer_accepted', 'offer', offer, 'items', items) from enrollment
        where shop_id = ${shopId} and contact_id in ${ours} and rule_id is not null and entered_at > ${since}
          and flow_key <> ${CONFIRM_ADDRESS.key}
      union all select contact_id, issued_at, '{"on": "code_issued"}' from code
        where shop_id = ${shopId} and contact_id in ${ours} and issued_at > ${since}
      union all select contact_id, redeemed_at, '{"on": "redeemed"}' from code
        where shop_id = ${shopId} and contact_id in ${ours} and redeemed_at > ${since}
      union all select contact_id, at, jsonb_build_object('on', 'nps_answered', 'score', detail->'nps') from delivery_event
        where shop_id = ${shopId} and contact_id in ${ours} and kind = 'answered' and detail ? 'nps' and at > ${since}
      union all select contact_id, at, jsonb_build_object('on', 'reason_given', 'reason', detail->'away') from delivery_event
        where shop_id = ${shopId} and contact_id in ${ours} and kind = 'answered' and detail ? 'away' and at > ${since}
      union all select contact_id, created_at, jsonb_build_object('on', 'reviewed', 'stars', stars) from review
        where shop_id = ${shopId} and contact_id in ${ours} and created_at > ${since}
      union all select contact_id, entered_at, jsonb_build_object('on', 'segment_entered', 'segment', segment_key) from segment_member
        where shop_id = ${shopId} and contact_id in ${ours} and entered_at > ${since}
    ) happened order by contact_id, at`;
  for (const { contactId, at, told } of rows) {
    const events = byContact.get(contactId) ?? [];
    events.push({ at, ...told } as ScenarioEvent<number>);
    byContact.set(contactId, events);
  }
  return byContact;
}
