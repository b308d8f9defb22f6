/** Everything that is kept of one person, section by section, as a person may ask to have it (GDPR, articles 15 and 20). */

import type { Tx } from './connect.ts';

/** Rows as the database has them, without what only the machinery needs. */
type Row = Record<string, unknown>;

export interface PersonalData {
  consents: Row[];
  segments: Row[];
  browsers: Row[];
  visits: Row[];
  events: Row[];
  orders: Row[];
  codes: Row[];
  flows: Row[];
  letters: Row[];
  answers: Row[];
  reviews: Row[];
  waitingFor: Row[];
  toldEvents: Row[];
  endings: Row[];
  referrals: Row[];
}

/** Of browsers only those that are proved to be theirs: from the others anybody may have typed the address. */
export async function personalData({ sql }: Tx, shopId: string, contactId: string): Promise<PersonalData> {
  const theirs = sql`shop_id = ${shopId} and contact_id = ${contactId}`;
  const browsers = sql`select id from visitor where ${theirs}`;
  const visits = sql`select id from visit where shop_id = ${shopId} and visitor_id in (${browsers})`;
  return {
    consents: await sql`
      select purpose, granted, text, locale, page, network, method, at from consent where ${theirs} order by at, id`,
    segments:
      await sql`select segment_key as segment, entered_at from segment_member where ${theirs} order by entered_at, 1`,
    browsers: await sql`
      select id, visits, first_at, last_at, purchased_at, refused_at, subscribed_at, reason from visitor where ${theirs} order by first_at, id`,
    visits: await sql`
      select id, visitor_id as browser, number, started_at, last_at, device, browser as program, os, country, language, network,
        state->'pages' as pages, state->'path' as path, state->'referrer' as referrer, state->'utm' as utm, state->'viewed' as viewed,
        state->'cart' as cart
      from visit where shop_id = ${shopId} and visitor_id in (${browsers}) order by started_at, id`,
    events: await sql`
      select visit_id as visit, type, at, body as told from event where shop_id = ${shopId} and visit_id in (${visits}) order by at, id`,
    orders: await sql`
      select id, status, total, currency, placed_at, visitor_id as browser, body as told from "order" where ${theirs} order by placed_at, id`,
    codes: await sql`
      select code, status, offer, issued_at, expires_at, redeemed_at, order_id as "order", discount from code where ${theirs} order by issued_at, id`,
    flows: await sql`
      select flow_key as flow, status, reason, entered_at, ended_at, items, order_id as "order" from enrollment where ${theirs} order by entered_at, id`,
    letters: await sql`
      select m.id, e.flow_key as flow, m.letter, m.purpose, m.status, m.reason, m.subject, m.queued_at, m.settled_at, m.delivered_at,
        m.opened_at, m.clicked_at, m.bounced_at, m.complained_at, m.unsubscribed_at
      from message m join enrollment e on e.id = m.enrollment_id
      where m.shop_id = ${shopId} and m.contact_id = ${contactId} order by m.queued_at, m.id`,
    answers: await sql`
      select d.message_id as letter, d.kind, d.at, d.machine, d.link, d.detail as told from delivery_event d
      where d.shop_id = ${shopId} and (d.contact_id = ${contactId} or d.message_id in (select id from message where ${theirs}))
      order by d.at, d.key`,
    reviews: await sql`
      select stars, text, author, may_publish, status, order_id as "order", item_id as item, created_at, updated_at from review
      where ${theirs} order by created_at, id`,
    waitingFor: await sql`
      select item_id as item, title, url, asked_at, notified_at from waiting where ${theirs} order by asked_at, id`,
    toldEvents: await sql`select id, name, at, body as told from told_event where ${theirs} order by at, id`,
    endings: await sql`
      select id, what, title, ends_at, points, items, updated_at from ending where ${theirs} order by ends_at, id`,
    referrals: await sql`
      select case when sender_id = ${contactId} then 'sender' else 'friend' end as role, status, reason, claimed_at, ordered_at, confirmed_at,
        settled_at
      from referral where shop_id = ${shopId} and ${contactId} in (sender_id, friend_id) order by claimed_at, id`,
  };
}
