/** From being eligible to buying: how many came how far, by day, rule and arm. Each step counts on the day it was taken. */

import { UNDONE } from '../core/flows/order.ts';
import type { Sql, Tx } from './connect.ts';

export interface FunnelQuery {
  shopId: string;
  /** Null for all rules. */
  ruleId: string | null;
  /** [from, to), ms. */
  from: number;
  to: number;
  /** IANA zone whose days are told. */
  timeZone: string;
  /** How many times 24 hours after an offer was taken an order still counts as its. */
  windowDays: number;
  currency: string;
  /** Share 0–1 of the undiscounted price that is left after the goods are paid for. */
  margin: number;
}

export interface FunnelRow {
  /** "2026-11-22" */
  day: string;
  ruleId: string;
  name: string;
  arm: string | null;
  /** Visitors who became eligible; visitors who were shown the offer that day; visitors who took it. */
  eligible: number;
  shown: number;
  accepted: number;
  /** Letters. */
  sent: number;
  /** Letters opened and clicked for the first time that day; null for a shop of which nobody ever told such a thing. */
  opened: number | null;
  clicked: number | null;
  redeemed: number;
  orders: number;
  revenue: number;
  discount: number;
  net: number;
}

export async function funnelRows({ sql }: Tx, query: FunnelQuery): Promise<FunnelRow[]> {
  const { shopId, ruleId, currency, margin } = query;
  return sql<FunnelRow[]>`
    with ${credited(sql, query)}, step as (
      ${steps(sql, query)}
      union all
      select ${day(sql, query, 'credited.placed_at')}, credited.rule_id, arm.arm, 'orders', count(*),
        coalesce(sum(total) filter (where currency = ${currency}), 0),
        coalesce(sum(discount) filter (where currency = ${currency}), 0)
      from credited
      left join arm on arm.shop_id = ${shopId} and arm.visitor_id = credited.taker and arm.rule_id = credited.rule_id
      group by 1, 2, 3
    ), counted as (
      select day, rule_id, arm, ${total(sql, 'eligible')}, ${total(sql, 'shown')}, ${total(sql, 'accepted')}, ${total(sql, 'sent')}, ${total(sql, 'opened')}, ${total(sql, 'clicked')},
        ${total(sql, 'redeemed')}, ${total(sql, 'orders')}, sum(revenue) as revenue, sum(discount) as discount
      from step group by day, rule_id, arm
    )
    select counted.day, counted.rule_id, counted.arm, eligible, shown, accepted, sent,
      case when ${told(sql, query, 'opened')} then opened end as opened, case when ${told(sql, query, 'clicked')} then clicked end as clicked,
      redeemed, orders, revenue, discount, rule.definition->>'name' as name,
      revenue * ${margin}::numeric - discount * (1 - ${margin}::numeric) as net
    from counted join rule on rule.shop_id = ${shopId} and rule.id = counted.rule_id
    where ${ruleId}::uuid is null or counted.rule_id = ${ruleId}
    order by day, name, counted.rule_id, arm nulls first`;
}

const DAY_MS = 86_400_000;

/** Whether the provider of the shop's letters tells of such. */
const told = (sql: Sql, { shopId }: FunnelQuery, kind: 'opened' | 'clicked') =>
  sql`exists (select from delivery_event where shop_id = ${shopId} and kind = ${kind})`;

const total = (sql: Sql, step: string) =>
  sql`coalesce(sum(count) filter (where step = ${step}), 0)::bigint as ${sql(step)}`;

const day = (sql: Sql, { timeZone }: FunnelQuery, column: string) =>
  sql`to_char(${sql(column)} at time zone ${timeZone}, 'YYYY-MM-DD')`;

/** Each order once: to the rule whose code it used, else to the latest offer that its buyer took within the window. */
const credited = (sql: Sql, { shopId, from, to, windowDays }: FunnelQuery) => sql`
  taken as (
    select visitor_id, contact_id, rule_id, issued_at as at from code
    where shop_id = ${shopId} and issued_at >= ${from - windowDays * DAY_MS} and issued_at < ${to}
    union all
    select visitor_id, contact_id, rule_id, entered_at from enrollment
    where shop_id = ${shopId} and rule_id is not null and entered_at >= ${from - windowDays * DAY_MS} and entered_at < ${to}
  ), placed as (
    select o.id, o.visitor_id, o.contact_id, o.placed_at, o.currency, o.total, coalesce(code_use.discount, 0) as discount, code_use.code_id
    from "order" o
    left join code_use on code_use.shop_id = o.shop_id and code_use.order_id = o.id and code_use.status = 'redeemed'
    where o.shop_id = ${shopId} and o.placed_at >= ${from} and o.placed_at < ${to} and o.status not in ${sql(UNDONE)}
  ), claim as (
    select placed.id, code.rule_id, code.visitor_id, 1 as rank, code.issued_at as at
    from placed join code on code.shop_id = ${shopId} and code.id = placed.code_id
    union all
    select placed.id, taken.rule_id, taken.visitor_id, 2, taken.at
    from placed join taken on taken.visitor_id = placed.visitor_id
      and taken.at <= placed.placed_at and taken.at > placed.placed_at - ${windowDays * 24} * interval '1 hour'
    union all
    select placed.id, taken.rule_id, taken.visitor_id, 2, taken.at
    from placed join taken on taken.contact_id = placed.contact_id
      and taken.at <= placed.placed_at and taken.at > placed.placed_at - ${windowDays * 24} * interval '1 hour'
  ), credited as (
    select distinct on (placed.id) placed.*, claim.rule_id, claim.visitor_id as taker
    from placed join claim on claim.id = placed.id order by placed.id, claim.rank, claim.at desc, claim.rule_id
  )`;

/** Letters of which this was told for the first time that day. */
const read = (sql: Sql, query: FunnelQuery, kind: 'opened' | 'clicked') => {
  const { shopId, from, to } = query;
  const at = `message.${kind}_at`;
  return sql`
    select ${day(sql, query, at)}, enrollment.rule_id, arm.arm, ${kind}, count(*), 0::numeric, 0::numeric
    from message join enrollment on enrollment.id = message.enrollment_id and enrollment.rule_id is not null
    left join arm on arm.shop_id = message.shop_id and arm.visitor_id = enrollment.visitor_id and arm.rule_id = enrollment.rule_id
    where message.shop_id = ${shopId} and ${sql(at)} >= ${from} and ${sql(at)} < ${to} and message.id in (
      select message_id from delivery_event where shop_id = ${shopId} and kind = ${kind} and at >= ${from} and at < ${to}
    )
    group by 1, 2, 3`;
};

/** Every step but buying. */
const steps = (sql: Sql, query: FunnelQuery) => {
  const { shopId, from, to } = query;
  return sql`
    select ${day(sql, query, 'exposed_at')} as day, rule_id, arm, 'eligible' as step, count(*) as count, 0::numeric as revenue, 0::numeric as discount
    from arm where shop_id = ${shopId} and exposed_at >= ${from} and exposed_at < ${to}
    group by 1, 2, 3
    union all
    select ${day(sql, query, 'event.at')}, arm.rule_id, arm.arm, 'shown', count(distinct arm.visitor_id), 0, 0
    from event join visit on visit.shop_id = event.shop_id and visit.id = event.visit_id
    join arm on arm.shop_id = event.shop_id and arm.visitor_id = visit.visitor_id and arm.rule_id = (event.body->>'rule')::uuid
    where event.shop_id = ${shopId} and event.type = 'offer_shown' and not event.body ? 'waitlist' and event.at >= ${from} and event.at < ${to}
    group by 1, 2, 3
    union all
    select ${day(sql, query, 'decision.at')}, decision.rule_id, decision.arm, 'accepted', count(distinct visit.visitor_id), 0, 0
    from decision join visit on visit.shop_id = decision.shop_id and visit.id = decision.visit_id
    where decision.shop_id = ${shopId} and decision.outcome = 'accepted' and decision.at >= ${from} and decision.at < ${to}
    group by 1, 2, 3
    union all
    select ${day(sql, query, 'message.settled_at')}, enrollment.rule_id, arm.arm, 'sent', count(*), 0, 0
    from message join enrollment on enrollment.id = message.enrollment_id and enrollment.rule_id is not null
    left join arm on arm.shop_id = message.shop_id and arm.visitor_id = enrollment.visitor_id and arm.rule_id = enrollment.rule_id
    where message.shop_id = ${shopId} and message.status = 'sent' and message.settled_at >= ${from} and message.settled_at < ${to}
    group by 1, 2, 3
    union all
    ${read(sql, query, 'opened')}
    union all
    ${read(sql, query, 'clicked')}
    union all
    select ${day(sql, query, 'code_use.at')}, code.rule_id, arm.arm, 'redeemed', count(*), 0, 0
    from code_use join code on code.shop_id = code_use.shop_id and code.id = code_use.code_id
    left join arm on arm.shop_id = code.shop_id and arm.visitor_id = code.visitor_id and arm.rule_id = code.rule_id
    where code_use.shop_id = ${shopId} and code_use.status = 'redeemed' and code_use.at >= ${from} and code_use.at < ${to}
    group by 1, 2, 3`;
};
