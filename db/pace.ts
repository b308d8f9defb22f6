/** What is handed to providers, counted: tokens that let letters go, and the letters of a day by mailbox provider. */

import { type Bucket, fullBucket } from '../core/letters/pacing.ts';
import type { MailboxProvider } from '../core/values/mailbox-provider.ts';
import { arrayOf, type Tx } from './connect.ts';

/** A bucket by its shop; null is the whole instance's. */
export type Buckets = Map<string | null, Bucket>;

/** Locks the buckets of these paces (letters a second), full where there was none: workers take from them one after another. */
export async function lockBuckets({ sql, now }: Tx, paces: ReadonlyMap<string | null, number>): Promise<Buckets> {
  const rows = [...paces].map(([shopId, perSecond]) => ({ shopId, ...fullBucket(perSecond, now) }));
  await sql`
    insert into pace (shop_id, tokens, at)
    select r."shopId", r.tokens, to_timestamp(r.at / 1000.0) from jsonb_to_recordset(${sql.json(rows as never)}) as r("shopId" uuid, tokens float8, at numeric)
    on conflict (shop_id) do nothing`;
  const locked = await sql<({ shopId: string | null } & Bucket)[]>`
    select pace.* from pace join jsonb_to_recordset(${sql.json(rows as never)}) as r("shopId" uuid)
      on pace.shop_id is not distinct from r."shopId"
    order by pace.shop_id nulls last for update of pace`;
  return new Map(locked.map(({ shopId, tokens, at }) => [shopId, { tokens, at }]));
}

export async function saveBuckets({ sql }: Tx, buckets: Buckets): Promise<void> {
  const rows = [...buckets].map(([shopId, bucket]) => ({ shopId, ...bucket }));
  await sql`
    update pace set tokens = r.tokens, at = to_timestamp(r.at / 1000.0)
    from jsonb_to_recordset(${sql.json(rows as never)}) as r("shopId" uuid, tokens float8, at numeric)
    where pace.shop_id is not distinct from r."shopId"`;
}

export type Volumes = Partial<Record<MailboxProvider, number>>;

/** Letters of a shop to those who have their mailboxes with one provider. */
export interface Warming {
  shopId: string;
  provider: MailboxProvider;
}

/** One fence at a time for a shop's letters to a provider, until the transaction ends: those of a day are counted one after another. */
export async function lockVolumes({ sql }: Tx, warming: readonly Warming[]): Promise<void> {
  if (warming.length === 0) return;
  const names = arrayOf([...new Set(warming.map(({ shopId, provider }) => `${shopId} ${provider}`))]);
  await sql`
    select pg_advisory_xact_lock(volume) from (
      select hashtextextended(name, 4) as volume from unnest(${names}::text[]) name order by volume offset 0
    ) volumes`;
}

/** `day`: "2026-11-22" in the shop's zone. */
export async function countVolumes(
  { sql }: Tx,
  counted: readonly (Warming & { day: string; letters: number })[],
): Promise<void> {
  if (counted.length === 0) return;
  await sql`
    insert into volume (shop_id, day, provider, letters)
    select "shopId", day, provider, letters
    from jsonb_to_recordset(${sql.json(counted as never)}) as c("shopId" uuid, day text, provider text, letters int)
    on conflict (shop_id, day, provider) do update set letters = volume.letters + excluded.letters`;
}

export async function volumesOf({ sql }: Tx, shopId: string, day: string): Promise<Volumes> {
  const rows = await sql<{ provider: MailboxProvider; letters: number }[]>`
    select provider, letters from volume where shop_id = ${shopId} and day = ${day}`;
  return Object.fromEntries(rows.map(({ provider, letters }) => [provider, letters]));
}
