/** What referral brings: how many friends came how far, why the others didn't, and what it earned and cost. */

import { UNDONE } from '../core/flows/order.ts';
import type { Tx } from './connect.ts';

export interface ReferralPeriod {
  shopId: string;
  /** [from, to), ms. */
  from: number;
  to: number;
  /** The shop's midnight at or before `from`: openings are counted by days. */
  firstDay: number;
  currency: string;
}

export interface ReferralCounts {
  links: number;
  opened: number;
  claimed: number;
  ordered: number;
  confirmed: number;
  rewarded: number;
  revenue: number;
  discount: number;
  rewardDiscount: number;
}

/** Friends count by when they were given their code; who has come further has passed every step before. */
export async function countReferrals(
  { sql }: Tx,
  { shopId, from, to, firstDay, currency }: ReferralPeriod,
): Promise<ReferralCounts> {
  const [row] = await sql<ReferralCounts[]>`
    with friend as (
      select r.*, o.total, o.currency, o.status as told, given.discount as off, earned.discount as cost
      from referral r
      left join "order" o on o.shop_id = r.shop_id and o.id = r.order_id
      left join code_use given on given.shop_id = r.shop_id and given.order_id = r.order_id and given.code_id = r.code_id and given.status = 'redeemed'
      left join code_use earned on earned.shop_id = r.shop_id and earned.code_id = r.reward_id and earned.status = 'redeemed'
      where r.shop_id = ${shopId} and r.claimed_at >= ${from} and r.claimed_at < ${to}
    ), standing as (select * from friend where told not in ${sql(UNDONE)} and currency = ${currency} and off is not null)
    select
      (select count(*) from referral_link where shop_id = ${shopId} and created_at >= ${from} and created_at < ${to}) as links,
      (select coalesce(sum(count), 0)::bigint from referral_tally
        where shop_id = ${shopId} and day >= ${firstDay} and day < ${to} and what = 'opened') as opened,
      (select count(*) from friend) as claimed,
      (select count(*) from friend where ordered_at is not null) as ordered,
      (select count(*) from friend where confirmed_at is not null) as confirmed,
      (select count(*) from friend where status = 'rewarded') as rewarded,
      (select coalesce(sum(total), 0) from standing) as revenue,
      (select coalesce(sum(off), 0) from standing) as discount,
      (select coalesce(sum(cost), 0) from friend) as reward_discount`;
  if (!row) throw new Error('the count of referrals returned nothing');
  return row;
}

export interface RefusalCount {
  reason: string;
  /** Who asked and got no code; whose order earned no reward. */
  asked: number;
  ordered: number;
}

export async function countRefusals(
  { sql }: Tx,
  { shopId, from, to, firstDay }: ReferralPeriod,
): Promise<RefusalCount[]> {
  return sql<RefusalCount[]>`
    select reason, sum(asked)::bigint as asked, sum(ordered)::bigint as ordered from (
      select what as reason, count as asked, 0 as ordered from referral_tally
      where shop_id = ${shopId} and day >= ${firstDay} and day < ${to} and what <> 'opened'
      union all
      select reason, 0, 1 from referral
      where shop_id = ${shopId} and claimed_at >= ${from} and claimed_at < ${to} and status = 'refused'
    ) as refusal group by reason order by sum(asked) + sum(ordered) desc, reason`;
}
