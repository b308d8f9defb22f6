/** What became of each arm's eligible visitors: who they are, and the orders that are theirs, found the same way for every arm. */

import type { Outcome } from '../core/experiments/adaptive-offer.ts';
import type { ArmSample } from '../core/experiments/experiment.ts';
import { UNDONE } from '../core/flows/order.ts';
import type { Rule } from '../core/rules/rule.ts';
import type { Sql, Tx } from './connect.ts';

export interface Cohort {
  shopId: string;
  ruleId: string;
  /** Eligible for the first time in [from, to), ms. */
  from: number;
  to: number;
  /** How many times 24 hours after that an order still counts. */
  windowDays: number;
  /** Orders in another currency count as orders, and their money not at all. */
  currency: string;
  /** Share 0–1 of the undiscounted price that is left after the goods are paid for. */
  margin: number;
}

/**
 * `outcome`: each person once, by the first of their browsers to become eligible, with what they bought within the window. An order is tied
 * to a browser by the shop's server, by the contact proved to be behind it, or by the page that thanked for it; never by a code or an
 * address typed into an offer, which only those have who were shown one. People and orders meet by sorting, which stays quick however many.
 */
const outcomes = (sql: Sql, { shopId, ruleId, from, to, windowDays, currency }: Cohort) => sql`
  with placed as (
    select id, visitor_id, contact_id, placed_at, currency, total from "order"
    where shop_id = ${shopId} and placed_at >= ${from} and placed_at < ${to + windowDays * DAY_MS}
      and status not in ${sql(UNDONE)}
  ), tie as (
    select placed.id, coalesce(visitor.contact_id, visitor.id) as person, 1 as rank
    from placed join visitor on visitor.shop_id = ${shopId} and visitor.id = placed.visitor_id
    union all
    select id, contact_id, 2 from placed
    where exists (select from visitor where visitor.shop_id = ${shopId} and visitor.contact_id = placed.contact_id)
    union all
    select placed.id, coalesce(visitor.contact_id, visitor.id), 3
    from event
    join visit on visit.shop_id = event.shop_id and visit.id = event.visit_id
    join visitor on visitor.shop_id = visit.shop_id and visitor.id = visit.visitor_id
    join placed on placed.id = event.body->>'orderId' and placed.visitor_id is null
    where event.shop_id = ${shopId} and event.type = 'purchase' and event.at >= ${from} and event.at < ${to + windowDays * DAY_MS}
  ), owner as (
    select distinct on (id) id, person from tie order by id, rank, person
  ), told as (
    select coalesce(visitor.contact_id, visitor.id) as person, visitor.id as browser, arm.arm, arm.rule_version, arm.exposed_at,
      null::timestamptz as placed_at, null::numeric as total, null::numeric as discount
    from arm join visitor on visitor.shop_id = arm.shop_id and visitor.id = arm.visitor_id
    where arm.shop_id = ${shopId} and arm.rule_id = ${ruleId} and arm.exposed_at >= ${from} and arm.exposed_at < ${to}
    union all
    select owner.person, null, null, null, null, placed.placed_at,
      case when placed.currency = ${currency} then placed.total end,
      case when placed.currency = ${currency} then coalesce(code_use.discount, 0) end
    from owner join placed on placed.id = owner.id
    left join code_use on code_use.shop_id = ${shopId} and code_use.order_id = placed.id and code_use.status = 'redeemed'
  ), lined as (
    select *, first_value(exposed_at) over first as since, first_value(arm) over first as drawn,
      first_value(rule_version) over first as version
    from told window first as (partition by person order by exposed_at nulls last, browser)
  ), outcome as (
    select person, drawn as arm, version, since, count(*) filter (where counts) as orders,
      coalesce(sum(total) filter (where counts), 0) as revenue, coalesce(sum(discount) filter (where counts), 0) as discount,
      min(placed_at) filter (where counts) - since as delay
    from lined,
      lateral (select placed_at >= since and placed_at < since + ${windowDays * 24} * interval '1 hour' as counts) as window_of
    where since is not null group by person, drawn, version, since
  )`;

const DAY_MS = 86_400_000;

export interface ArmResult extends ArmSample {
  orders: number;
  /** What was paid, and what codes of ours took off it. */
  revenue: number;
  discount: number;
  /** Those whose time to buy is not over. */
  waiting: number;
}

/** By arm; of the net that each person left, the sum and the sum of squares. */
export async function armResults({ sql, now }: Tx, about: Cohort): Promise<ArmResult[]> {
  return sql<ArmResult[]>`
    ${outcomes(sql, about)}, netted as (
      select *, revenue * ${about.margin}::numeric - discount * (1 - ${about.margin}::numeric) as net from outcome
    )
    select arm, count(*) as count, count(*) filter (where orders > 0) as buyers, sum(orders)::bigint as orders,
      sum(revenue) as revenue, sum(discount) as discount, sum(net) as sum, sum(net * net) as squares,
      count(*) filter (where since > ${now - about.windowDays * DAY_MS}) as waiting
    from netted group by arm order by arm nulls first`;
}

export interface VersionCount {
  arm: string | null;
  version: number;
  definition: Omit<Rule, 'id'>;
  count: number;
}

/** How many of the cohort drew each arm under each version of the rule; those who took it over from their other browser drew none. */
export async function drawnByVersion({ sql }: Tx, about: Cohort): Promise<VersionCount[]> {
  return sql<VersionCount[]>`
    ${outcomes(sql, about)}, drawn as (
      select arm, version, count(*) as count from outcome where version is not null group by arm, version
    )
    select drawn.*, rule_version.definition
    from drawn join rule_version on rule_version.shop_id = ${about.shopId} and rule_version.id = ${about.ruleId}
      and rule_version.version = drawn.version`;
}

/** Orders of the whole shop while the cohort could buy, and how many of them name somebody whose browser is known. */
export async function tiedOrders(
  { sql }: Tx,
  { shopId, from, to, windowDays }: Cohort,
): Promise<{ placed: number; tied: number }> {
  const until = to + windowDays * DAY_MS;
  const [row] = await sql<{ placed: number; tied: number }[]>`
    select count(*) as placed, count(*) filter (where visitor_id is not null
      or contact_id in (select contact_id from visitor where shop_id = ${shopId} and contact_id is not null)
      or id in (
        select body->>'orderId' from event
        where shop_id = ${shopId} and type = 'purchase' and at >= ${from} and at < ${until}
      )) as tied
    from "order"
    where shop_id = ${shopId} and placed_at >= ${from} and placed_at < ${until} and status not in ${sql(UNDONE)}`;
  return row ?? { placed: 0, tied: 0 };
}

interface AgeRow extends Omit<Outcome, 'eligible'> {
  arm: string | null;
  /** Whole days since they became eligible, `windowDays` at most. */
  age: number;
  /** Whole days from then to the first order; null for who bought nothing. */
  delay: number | null;
  people: number;
}

/** What came of each arm, by how long its visitors have had; and how late buyers come, counted where all had their time. */
export async function adaptiveOutcomes(
  { sql, now }: Tx,
  about: Cohort,
): Promise<{ outcomes: Map<string, Outcome>; delays: number[] }> {
  const rows = await sql<AgeRow[]>`
    ${outcomes(sql, about)}
    select arm, least(${about.windowDays}, floor(extract(epoch from ${now}::timestamptz - since) / 86400))::bigint as age,
      floor(extract(epoch from delay) / 86400)::bigint as delay, count(*) as people, count(*) filter (where orders > 0) as buyers,
      sum(revenue + discount) as gross, sum((revenue + discount) ^ 2) as gross_squares, sum(discount) as discount
    from outcome where arm is distinct from 'holdout' group by 1, 2, 3`;
  const found = new Map<string, Outcome>();
  const delays = Array.from({ length: about.windowDays }, () => 0);
  for (const { arm, age, delay, people, ...more } of rows) {
    const known = found.get(arm ?? '') ?? none(about.windowDays);
    found.set(arm ?? '', {
      eligible: known.eligible.map((count, days) => (days === age ? count + people : count)),
      buyers: known.buyers + more.buyers,
      gross: known.gross + more.gross,
      grossSquares: known.grossSquares + more.grossSquares,
      discount: known.discount + more.discount,
    });
    if (delay !== null && age === about.windowDays) delays[delay] = (delays[delay] ?? 0) + people;
  }
  return { outcomes: found, delays };
}

const none = (windowDays: number): Outcome => ({
  eligible: Array.from({ length: windowDays + 1 }, () => 0),
  buyers: 0,
  gross: 0,
  grossSquares: 0,
  discount: 0,
});

/** What codes of this rule have taken off orders since then. */
export async function discountSince({ sql }: Tx, shopId: string, ruleId: string, since: number): Promise<number> {
  const [row] = await sql<{ discount: number }[]>`
    select coalesce(sum(code_use.discount), 0) as discount
    from code_use join code on code.shop_id = code_use.shop_id and code.id = code_use.code_id and code.rule_id = ${ruleId}
    where code_use.shop_id = ${shopId} and code_use.status = 'redeemed' and code_use.at >= ${since}`;
  return row?.discount ?? 0;
}
