/** Codes that are made ahead in a shop's platform: which rules want more, what is under way, and what is to be taken out again. */

import type { CodePlatform } from '../core/codes/code-plan.ts';
import type { Offer } from '../core/rules/offer.ts';
import type { Tx } from './connect.ts';
import type { StoredRule } from './rules.ts';
import type { mint } from './schema/codes.ts';
import type { rule } from './schema/rules.ts';
import type { StockRow } from './stock.ts';

export type MintRow = typeof mint.$inferSelect;

export async function mintsOf({ sql }: Tx, shopId: string): Promise<MintRow[]> {
  return sql<MintRow[]>`select * from mint where shop_id = ${shopId} order by pool`;
}

export interface MintingRule {
  shopId: string;
  rule: StoredRule;
}

/** Locks rules that may want codes made: those that are new here, and those with a pool that is due. */
export async function lockMintingRules({ sql, now }: Tx, limit: number): Promise<MintingRule[]> {
  const rows = await sql<(typeof rule.$inferSelect)[]>`
    select * from rule
    where definition->'code'->>'mode' = 'platform' and deleted_at is null and (definition->>'enabled')::boolean
      and (not exists (select from mint where mint.shop_id = rule.shop_id and mint.rule_id = rule.id)
        or exists (select from mint where mint.shop_id = rule.shop_id and mint.rule_id = rule.id and mint.due_at <= ${now}))
    order by updated_at limit ${limit} for update skip locked`;
  return rows.map(({ shopId, id, definition, version, createdAt, updatedAt }) => ({
    shopId,
    rule: { ...definition, id, version, createdAt, updatedAt },
  }));
}

export interface Minting {
  shopId: string;
  pool: string;
  ruleId: string;
  platform: CodePlatform;
  offer: Offer;
  /** Until when nobody else looks at it. */
  dueAt: number;
}

/** Begins or goes on with one pool; what it stands at. */
export async function openMint({ sql }: Tx, minting: Minting): Promise<MintRow> {
  const { shopId, pool, ruleId, platform, offer, dueAt } = minting;
  const [row] = await sql<MintRow[]>`
    insert into mint (shop_id, pool, rule_id, platform, offer, due_at, failures)
    values (${shopId}, ${pool}, ${ruleId}, ${platform}, ${sql.json(offer as never)}, ${dueAt}, 0)
    on conflict (shop_id, pool) do update set due_at = excluded.due_at,
      discount = case when mint.platform = excluded.platform then mint.discount end,
      job = case when mint.platform = excluded.platform then mint.job end, platform = excluded.platform
    returning *`;
  if (!row) throw new Error('upsert of mint returned nothing');
  return row;
}

export interface MintState {
  discount?: string | null;
  job: string | null;
  dueAt: number;
  problem: string | null;
  failures: number;
}

export async function saveMint({ sql }: Tx, shopId: string, pool: string, state: MintState): Promise<void> {
  const discount = state.discount === undefined ? sql`discount` : sql`${state.discount}`;
  await sql`
    update mint set discount = ${discount}, job = ${state.job}, due_at = ${state.dueAt}, problem = ${state.problem}, failures = ${state.failures}
    where shop_id = ${shopId} and pool = ${pool}`;
}

/** Looks again at once: the shop has changed its keys. */
export async function hastenMints({ sql, now }: Tx, shopId: string): Promise<void> {
  await sql`update mint set due_at = ${now}, problem = null, failures = 0 where shop_id = ${shopId}`;
}

/** Looks again at once when fewer than `ahead` are left. A platform that has a problem is left in peace. */
export async function hastenMint({ sql, now }: Tx, shopId: string, pool: string, ahead: number): Promise<void> {
  await sql`
    update mint set due_at = least(due_at, ${now}) where shop_id = ${shopId} and pool = ${pool} and problem is null and job is null
      and (select count(*) from stock where stock.shop_id = ${shopId} and stock.pool = ${pool} and status = 'free') < ${ahead}`;
}

/** How many codes a pool has to give, and those that the platform was asked to add, first come first. */
export async function mintingOf(
  { sql }: Tx,
  shopId: string,
  pool: string,
): Promise<{ free: number; minting: StockRow[] }> {
  const [count] = await sql<{ free: number }[]>`
    select count(*) as free from stock where shop_id = ${shopId} and pool = ${pool} and status = 'free'`;
  const minting = await sql<StockRow[]>`
    select * from stock where shop_id = ${shopId} and pool = ${pool} and status = 'minting' order by number`;
  return { free: count?.free ?? 0, minting };
}

/** The platform has them: they can be given. */
export async function stockMinted(
  { sql }: Tx,
  { shopId, discount }: { shopId: string; discount: string | null },
  codes: readonly { key: string; external: string }[],
): Promise<void> {
  if (codes.length === 0) return;
  await sql`
    update stock set status = 'free', external = made.external, discount = ${discount}
    from jsonb_to_recordset(${sql.json(codes as never)}) as made(key text, external text)
    where stock.shop_id = ${shopId} and stock.key = made.key and status = 'minting'`;
}

export async function dropStock({ sql }: Tx, shopId: string, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return;
  await sql`update stock set status = 'removed' where shop_id = ${shopId} and key in ${sql([...keys])}`;
}

/** What this rule's other pools hold was made for offers that it no longer makes. */
export async function retirePools(
  { sql, now }: Tx,
  { shopId, ruleId, kept }: { shopId: string; ruleId: string; kept: readonly string[] },
): Promise<void> {
  const others = sql`shop_id = ${shopId} and pool like ${`${ruleId}:%`} ${kept.length > 0 ? sql`and pool not in ${sql([...kept])}` : sql``}`;
  await sql`
    update stock set status = case when external is null then 'removed' else 'stale' end, remove_at = ${now}
    where ${others} and status in ('free', 'minting')`;
  await sql`delete from mint where ${others}`;
}

/** Rules that are gone, or have their codes from elsewhere now, and still have a mint. */
export async function abandonedMints({ sql, now }: Tx, limit: number): Promise<{ shopId: string; ruleId: string }[]> {
  return sql<{ shopId: string; ruleId: string }[]>`
    select distinct shop_id, rule_id from mint where due_at <= ${now} and not exists (
      select from rule where rule.shop_id = mint.shop_id and rule.id = mint.rule_id and deleted_at is null and definition->'code'->>'mode' = 'platform'
    ) limit ${limit}`;
}

/** Locks codes whose time on the platform is over. What was used is the shop's own record, and stays there. */
export async function lockRemovable({ sql, now }: Tx, limit: number): Promise<(StockRow & { used: boolean })[]> {
  return sql<(StockRow & { used: boolean })[]>`
    select stock.*, exists (
      select from code_use where code_use.shop_id = stock.shop_id and code_use.key = stock.key
        and (code_use.status = 'redeemed' or (code_use.status = 'reserved' and code_use.until > ${now}))
    ) as used
    from stock where status in ('taken', 'stale') and remove_at <= ${now}
    order by remove_at limit ${limit} for update skip locked`;
}

export async function postponeRemoval(
  { sql }: Tx,
  shopId: string,
  keys: readonly string[],
  removeAt: number,
): Promise<void> {
  if (keys.length === 0) return;
  await sql`update stock set remove_at = ${removeAt} where shop_id = ${shopId} and key in ${sql([...keys])}`;
}
