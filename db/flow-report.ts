/** What came of the letters of flows, and of the people who were let in or held out. */

import type { ArmSample } from '../core/experiments/experiment.ts';
import { UNDONE } from '../core/flows/order.ts';
import type { Sql, Tx } from './connect.ts';
import { HELD_OUT } from './enrollments.ts';

export interface FlowReportQuery {
  shopId: string;
  /** Null for all flows. */
  flow: string | null;
  /** Letters that left, and people who entered, in [from, to), ms. */
  from: number;
  to: number;
  /** IANA zone whose days are told; null: the whole time as one. */
  dayZone: string | null;
  /** How many times 24 hours after a letter left an order still counts as its. */
  windowDays: number;
  currency: string;
  /** Share 0–1 of the undiscounted price that is left after the goods are paid for. */
  margin: number;
}

export interface LetterRow {
  /** "2026-11-22", or null. */
  day: string | null;
  flow: string;
  /** Its place in the flow, and which of the place's subjects it had. */
  step: number;
  letter: string;
  variant: number | null;
  sent: number;
  /** Null where nobody ever told the shop of such a thing. */
  delivered: number | null;
  opened: number | null;
  clicked: number | null;
  bounced: number | null;
  complained: number | null;
  unsubscribed: number;
  /** Letters that an order followed, and the orders. */
  converted: number;
  orders: number;
  revenue: number;
  discount: number;
  net: number;
  /** Runs whose goal was reached within its time, with this as their latest letter before; null where the flow had none. */
  goals: number | null;
}

const DAY_MS = 86_400_000;

const within = (sql: Sql, { windowDays }: FlowReportQuery) => sql`${windowDays * 24} * interval '1 hour'`;

/** Each order with what codes of ours took off it. */
const placed = (sql: Sql, { shopId, from, to, windowDays }: FlowReportQuery) => sql`
  placed as (
    select o.id, o.contact_id, o.placed_at, o.currency, o.total, coalesce(code_use.discount, 0) as discount, code_use.code_id
    from "order" o
    left join code_use on code_use.shop_id = o.shop_id and code_use.order_id = o.id and code_use.status = 'redeemed'
    where o.shop_id = ${shopId} and o.placed_at >= ${from} and o.placed_at < ${to + windowDays * DAY_MS} and o.status not in ${sql(UNDONE)}
  )`;

/** Each order once: to the latest letter of the chain whose code it used, else to the latest of any flow that its buyer got before. */
const bought = (sql: Sql, query: FlowReportQuery) => {
  const { shopId, from, to, windowDays, currency } = query;
  const before = sql`gone.at <= placed.placed_at and gone.at > placed.placed_at - ${within(sql, query)}`;
  return sql`
  gone as (
    select message.id, message.contact_id, message.settled_at as at, enrollment.code_id
    from message join enrollment on enrollment.id = message.enrollment_id
    where message.shop_id = ${shopId} and message.status = 'sent' and message.settled_at >= ${from}
      and message.settled_at < ${to + windowDays * DAY_MS}
  ), claim as (
    select placed.id, gone.id as message_id, 1 as rank, gone.at from placed join gone on gone.code_id = placed.code_id and ${before}
    union all
    select placed.id, gone.id, 2, gone.at from placed join gone on gone.contact_id = placed.contact_id and ${before}
  ), credited as (
    select distinct on (placed.id) claim.message_id, placed.currency, placed.total, placed.discount
    from placed join claim on claim.id = placed.id order by placed.id, claim.rank, claim.at desc, claim.message_id
  ), bought as (
    select message_id, count(*) as orders, coalesce(sum(total) filter (where currency = ${currency}), 0) as revenue,
      coalesce(sum(discount) filter (where currency = ${currency}), 0) as discount
    from credited group by message_id
  )`;
};

/** Whether `m` is the latest letter that its run `e` sent before it came to its goal. */
const ledToGoal = (sql: Sql) => sql`
  e.goal_at >= m.settled_at and not exists (
    select from message later where later.enrollment_id = e.id and later.status = 'sent' and later.settled_at <= e.goal_at
      and (later.settled_at, later.id) > (m.settled_at, m.id))`;

export async function letterRows({ sql }: Tx, query: FlowReportQuery): Promise<LetterRow[]> {
  const { shopId, flow, from, to, dayZone, margin } = query;
  const told = (...kinds: string[]) =>
    sql`exists (select from delivery_event where shop_id = ${shopId} and kind in ${sql(kinds)})`;
  const provider = told('delivered', 'bounced', 'complained');
  return sql<LetterRow[]>`
    with ${placed(sql, query)}, ${bought(sql, query)}, counted as (
      select case when ${dayZone}::text is not null then to_char(m.settled_at at time zone ${dayZone ?? 'UTC'}, 'YYYY-MM-DD') end as day,
        e.flow_key as flow, m.step, m.letter, m.variant, count(*) as sent, count(m.delivered_at) as delivered,
        count(m.opened_at) as opened, count(m.clicked_at) as clicked, count(m.bounced_at) as bounced,
        count(m.complained_at) as complained, count(m.unsubscribed_at) as unsubscribed, count(bought.orders) as converted,
        case when bool_or(v.definition ? 'goal') then count(*) filter (where ${ledToGoal(sql)}) end as goals,
        coalesce(sum(bought.orders), 0)::bigint as orders, coalesce(sum(bought.revenue), 0) as revenue,
        coalesce(sum(bought.discount), 0) as discount
      from message m join enrollment e on e.id = m.enrollment_id left join bought on bought.message_id = m.id
      join flow_version v on v.shop_id = e.shop_id and v.key = e.flow_key and v.version = e.flow_version
      where m.shop_id = ${shopId} and m.status = 'sent' and m.settled_at >= ${from} and m.settled_at < ${to}
        and (${flow}::text is null or e.flow_key = ${flow})
      group by 1, 2, 3, 4, 5
    )
    select day, flow, step, letter, variant, sent, case when ${told('delivered')} then delivered end as delivered,
      case when ${told('opened')} then opened end as opened, case when ${told('clicked')} then clicked end as clicked,
      case when ${provider} then bounced end as bounced, case when ${provider} then complained end as complained,
      unsubscribed, converted, goals, orders, revenue, discount,
      revenue * ${margin}::numeric - discount * (1 - ${margin}::numeric) as net
    from counted order by day nulls first, flow, step, letter, variant nulls first`;
}

/** People by what became of them: let in, or held out. */
export interface GroupRow extends ArmSample {
  flow: string;
  held: boolean;
  orders: number;
  revenue: number;
  discount: number;
  /** Those whose time to buy is not over. */
  waiting: number;
}

/**
 * Each person once, by the first time they entered while the flow held some out, with what they bought in the window after that: found the
 * same way for both groups. Who entered before there was a holdout can't be compared with anybody.
 */
export async function groupRows({ sql, now }: Tx, query: FlowReportQuery): Promise<GroupRow[]> {
  const { shopId, flow, from, to, windowDays, currency, margin } = query;
  return sql<GroupRow[]>`
    with ${placed(sql, query)}, entered as (
      select distinct on (e.flow_key, e.contact_id) e.flow_key as flow, e.contact_id, e.entered_at, e.reason is not distinct from ${HELD_OUT} as held
      from enrollment e join flow_version v on v.shop_id = e.shop_id and v.key = e.flow_key and v.version = e.flow_version
      where e.shop_id = ${shopId} and e.entered_at >= ${from} and e.entered_at < ${to}
        and (${flow}::text is null or e.flow_key = ${flow}) and (v.definition->>'holdout')::numeric > 0
      order by e.flow_key, e.contact_id, e.entered_at
    ), outcome as (
      select entered.flow, entered.held, entered.entered_at, count(placed.id) as orders,
        coalesce(sum(placed.total) filter (where placed.currency = ${currency}), 0) as revenue,
        coalesce(sum(placed.discount) filter (where placed.currency = ${currency}), 0) as discount
      from entered left join placed on placed.contact_id = entered.contact_id and placed.placed_at >= entered.entered_at
        and placed.placed_at < entered.entered_at + ${within(sql, query)}
      group by entered.flow, entered.contact_id, entered.held, entered.entered_at
    ), netted as (
      select *, revenue * ${margin}::numeric - discount * (1 - ${margin}::numeric) as net from outcome
    )
    select flow, held, case when held then 'holdout' else 'entered' end as arm, count(*) as count,
      count(*) filter (where orders > 0) as buyers, sum(orders)::bigint as orders, sum(revenue) as revenue,
      sum(discount) as discount, sum(net) as sum, sum(net * net) as squares,
      count(*) filter (where entered_at > ${now - windowDays * DAY_MS}) as waiting
    from netted group by flow, held order by flow, held`;
}
