/** The keys of a shop's platforms. Whoever asks gets them to use, never to answer with. */

import type { Tx } from './connect.ts';
import type { integration } from './schema/shops.ts';

export type IntegrationRow = typeof integration.$inferSelect;

export async function integrationsOf({ sql }: Tx, shopId: string): Promise<IntegrationRow[]> {
  return sql<IntegrationRow[]>`select * from integration where shop_id = ${shopId} order by platform`;
}

/** Lays keys over those that are known; null forgets them all. */
export async function saveIntegration(
  { sql, now }: Tx,
  shopId: string,
  platform: IntegrationRow['platform'],
  keys: Record<string, string> | null,
): Promise<void> {
  if (keys === null) {
    await sql`delete from integration where shop_id = ${shopId} and platform = ${platform}`;
    return;
  }
  await sql`
    insert into integration (shop_id, platform, keys, updated_at) values (${shopId}, ${platform}, ${sql.json(keys)}, ${now})
    on conflict (shop_id, platform) do update set keys = integration.keys || excluded.keys, updated_at = excluded.updated_at`;
}
