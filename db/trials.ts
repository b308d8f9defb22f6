/** What flows try on people: begun with the first letter, looked at until one variant has won. */

import type { TrialArm, TrialPlan } from '../core/experiments/trial.ts';
import { UNDONE } from '../core/flows/order.ts';
import type { Tx } from './connect.ts';
import type { trial } from './schema/flows.ts';

export type TrialRow = typeof trial.$inferSelect;

export interface NewTrial {
  shopId: string;
  key: string;
  plan: TrialPlan;
  /** ms since the epoch. */
  dueAt: number;
}

/** What is known already stays as it is. */
export async function insertTrials({ sql, now }: Tx, trials: readonly NewTrial[]): Promise<void> {
  if (trials.length === 0) return;
  await sql`
    insert into trial (shop_id, key, plan, started_at, due_at)
    select "shopId", key, plan, ${now}::timestamptz, to_timestamp("dueAt" / 1000.0)
    from jsonb_to_recordset(${sql.json(trials as never)}) as t("shopId" uuid, key text, plan jsonb, "dueAt" numeric)
    order by 1, 2
    on conflict do nothing`;
}

/** Which variant has won, by shop and key: what is being tried yet is not among them. */
export async function trialWinners(
  { sql }: Tx,
  shopIds: readonly string[],
  keys: readonly string[],
): Promise<TrialRow[]> {
  if (keys.length === 0) return [];
  return sql<TrialRow[]>`
    select * from trial where shop_id in ${sql([...shopIds])} and key in ${sql([...keys])} and winner is not null`;
}

export async function trialsByKey({ sql }: Tx, shopId: string, keys: readonly string[]): Promise<TrialRow[]> {
  if (keys.length === 0) return [];
  return sql<TrialRow[]>`select * from trial where shop_id = ${shopId} and key in ${sql([...keys])}`;
}

/** Locks a trial that is to be looked at; others pass it over. */
export async function lockTrialDue({ sql, now }: Tx): Promise<TrialRow | null> {
  const [row] = await sql<TrialRow[]>`
    select * from trial where due_at <= ${now} order by due_at limit 1 for update skip locked`;
  return row ?? null;
}

/** Whether somebody has drawn one of its variants since then. */
export async function isTried({ sql }: Tx, { shopId, key }: TrialRow, since: number): Promise<boolean> {
  const rows = await sql`
    select from message where shop_id = ${shopId} and trial = ${key} and queued_at >= ${since} limit 1`;
  return rows.length > 0;
}

/**
 * People by the variant they drew, each once, by their first letter of the trial, whatever became of it: a letter that a later moment or a stop
 * has kept back counts for its variant all the same. Those whose window is open don't count yet.
 */
export async function trialArms(
  { sql, now }: Tx,
  { shopId, key, plan }: Pick<TrialRow, 'shopId' | 'key' | 'plan'>,
): Promise<TrialArm[]> {
  const window = sql`${plan.windowMs} * interval '1 millisecond'`;
  const reached =
    plan.by === 'goal'
      ? sql`exists (select from "order" o where o.shop_id = ${shopId} and o.contact_id = first.contact_id
          and o.placed_at >= first.queued_at and o.placed_at < first.queued_at + ${window} and o.status not in ${sql(UNDONE)})`
      : sql`coalesce(first.clicked_at < first.queued_at + ${window}, false)`;
  const rows = await sql<(TrialArm & { variant: number })[]>`
    with first as (
      select distinct on (contact_id) contact_id, variant, queued_at, clicked_at from message
      where shop_id = ${shopId} and trial = ${key} order by contact_id, queued_at
    )
    select variant, count(*) as people, count(*) filter (where ${reached}) as reached from first
    where queued_at + ${window} <= ${now} group by variant`;
  return Array.from({ length: plan.variants }, (_, variant) => {
    const row = rows.find((one) => one.variant === variant);
    return { people: row?.people ?? 0, reached: row?.reached ?? 0 };
  });
}

export async function postponeTrial({ sql }: Tx, { shopId, key }: TrialRow, dueAt: number): Promise<void> {
  await sql`update trial set due_at = ${dueAt} where shop_id = ${shopId} and key = ${key}`;
}

export async function decideTrial(
  { sql, now }: Tx,
  { shopId, key }: TrialRow,
  { winner, arms }: { winner: number; arms: readonly TrialArm[] },
): Promise<void> {
  await sql`
    update trial set winner = ${winner}, arms = ${sql.json(arms as never)}, decided_at = ${now}, due_at = null
    where shop_id = ${shopId} and key = ${key}`;
}
