/** Feeds that are fetched on schedule, and how that goes. */

import type { Tx } from './connect.ts';
import type { FeedReport } from './documents.ts';
import type { feed } from './schema/catalogue.ts';

export type FeedRow = typeof feed.$inferSelect;

export async function listFeeds({ sql }: Tx, shopId: string): Promise<FeedRow[]> {
  return sql<FeedRow[]>`select * from feed where shop_id = ${shopId} order by created_at, id`;
}

export async function feedById({ sql }: Tx, shopId: string, id: string): Promise<FeedRow | null> {
  const [row] = await sql<FeedRow[]>`select * from feed where shop_id = ${shopId} and id = ${id}`;
  return row ?? null;
}

/** Null where the shop has this url already. It is due at once. */
export async function insertFeed(
  { sql, now }: Tx,
  { shopId, id, url, every, enabled }: Pick<FeedRow, 'shopId' | 'id' | 'url' | 'every' | 'enabled'>,
): Promise<FeedRow | null> {
  const [row] = await sql<FeedRow[]>`
    insert into feed (shop_id, id, url, every, enabled, due_at, failures, created_at)
    values (${shopId}, ${id}, ${url}, ${every}, ${enabled}, ${now}, 0, ${now}) on conflict do nothing returning *`;
  return row ?? null;
}

/** Null where another feed of the shop has this url. Elsewhere, or switched on again, it is looked at at once. */
export async function changeFeed(
  { sql, now }: Tx,
  { shopId, id }: Pick<FeedRow, 'shopId' | 'id'>,
  { url, every, enabled }: Pick<FeedRow, 'url' | 'every' | 'enabled'>,
): Promise<FeedRow | null> {
  const [row] = await sql<FeedRow[]>`
    update feed set url = ${url}, every = ${every}, enabled = ${enabled},
      etag = case when url = ${url} then etag end, last_modified = case when url = ${url} then last_modified end,
      due_at = case when url = ${url} and enabled then least(due_at, ${now}::timestamptz + make_interval(hours => ${every}))
        else ${now} end
    where shop_id = ${shopId} and id = ${id}
      and not exists (select from feed other where other.shop_id = ${shopId} and other.url = ${url} and other.id <> ${id})
    returning *`;
  return row ?? null;
}

/** What stood in it goes with it. */
export async function deleteFeed({ sql }: Tx, shopId: string, id: string): Promise<boolean> {
  const rows = await sql`delete from feed where shop_id = ${shopId} and id = ${id} returning id`;
  if (rows.length > 0) await sql`delete from product where shop_id = ${shopId} and feed_id = ${id}`;
  return rows.length > 0;
}

/** Takes the feed that has waited longest; nobody else looks at it until then. */
export async function takeDueFeed({ sql, now }: Tx, heldUntil: number): Promise<FeedRow | null> {
  const [row] = await sql<FeedRow[]>`
    update feed set held_until = ${heldUntil} where (shop_id, id) in (
      select shop_id, id from feed where enabled and due_at <= ${now} and (held_until is null or held_until <= ${now})
      order by due_at limit 1 for update skip locked
    ) returning *`;
  return row ?? null;
}

/** Takes this one, unless somebody is at it. */
export async function takeFeed(
  { sql, now }: Tx,
  shopId: string,
  id: string,
  heldUntil: number,
): Promise<FeedRow | null> {
  const [row] = await sql<FeedRow[]>`
    update feed set held_until = ${heldUntil}
    where shop_id = ${shopId} and id = ${id} and (held_until is null or held_until <= ${now}) returning *`;
  return row ?? null;
}

export interface FeedOutcome {
  /** Null where nothing was read. */
  report: FeedReport | null;
  /** Whether the catalogue is as the feed has it. */
  taken: boolean;
  problem: string | null;
  /** To be asked for again only when it is another; kept as they were where that is undefined. */
  version: { etag: string | null; lastModified: string | null } | undefined;
  dueAt: number;
}

export async function settleFeed(
  { sql, now }: Tx,
  { shopId, id, url }: Pick<FeedRow, 'shopId' | 'id' | 'url'>,
  { report, taken, problem, version, dueAt }: FeedOutcome,
): Promise<void> {
  // Led elsewhere meanwhile, it is another feed that is due.
  const same = sql`url = ${url}`;
  await sql`
    update feed set held_until = null, tried_at = ${now}, problem = ${problem},
      taken_at = ${taken ? now : sql`taken_at`}, report = ${report ? sql.json(report as never) : sql`report`},
      failures = ${problem === null ? 0 : sql`failures + 1`}, due_at = case when ${same} then ${dueAt} else due_at end,
      etag = ${version ? sql`case when ${same} then ${version.etag}::text end` : sql`etag`},
      last_modified = ${version ? sql`case when ${same} then ${version.lastModified}::text end` : sql`last_modified`}
    where shop_id = ${shopId} and id = ${id}`;
}
