/** Takes codes out of shops' platforms again: those that expired unused, and those made for offers that are no longer made. */

import { integrationsOf } from '../../../db/integrations.ts';
import { dropStock, lockRemovable, postponeRemoval } from '../../../db/mints.ts';
import type { StockRow } from '../../../db/stock.ts';
import type { Deps } from '../../deps.ts';
import { connectPlatform } from '../../platforms/connect.ts';

const LEASE_MS = 120_000;
const AGAIN_MS = 600_000;
/** What both platforms take in one call. */
const BATCH = 100;

/** Returns how many codes it looked at. */
export async function removeCodes(deps: Deps, deadline: number): Promise<number> {
  const removable = await deps.db.engine(async (tx) => {
    const rows = await lockRemovable(tx, BATCH);
    for (const [shopId, own] of byShop(rows)) {
      await dropStock(
        tx,
        shopId,
        own.filter(({ used }) => used).map(({ key }) => key),
      );
      await postponeRemoval(
        tx,
        shopId,
        own.filter(({ used }) => !used).map(({ key }) => key),
        tx.now + LEASE_MS,
      );
    }
    return rows;
  });
  for (const [shopId, own] of byShop(removable.filter(({ used }) => !used))) {
    for (const platform of ['shopify', 'woocommerce'] as const) {
      const codes = own.filter(({ source }) => source === platform);
      if (codes.length > 0 && deps.now() < deadline) await removeFrom(deps, shopId, codes);
    }
  }
  return removable.length;
}

async function removeFrom(deps: Deps, shopId: string, codes: readonly StockRow[]): Promise<void> {
  const [first] = codes;
  const rows = await deps.db.engine((tx) => integrationsOf(tx, shopId));
  const client = connectPlatform(
    rows.find(({ platform }) => platform === first?.source),
    deps.fetch,
  );
  const outcome = client
    ? await client.remove(codes.map(({ code, external, discount }) => ({ code, external: external ?? '', discount })))
    : ({ kind: 'refused', reason: 'not connected' } as const);
  const keys = codes.map(({ key }) => key);
  if (outcome.kind !== 'removed')
    deps.log('warn', 'codes could not be removed', { shop: shopId, reason: outcome.reason });
  await deps.db.engine((tx) =>
    outcome.kind === 'removed'
      ? dropStock(tx, shopId, keys)
      : postponeRemoval(tx, shopId, keys, tx.now + ((outcome.kind === 'later' && outcome.afterMs) || AGAIN_MS)),
  );
}

function byShop<T extends { shopId: string }>(rows: readonly T[]): Map<string, T[]> {
  const shops = new Map<string, T[]>();
  for (const row of rows) shops.set(row.shopId, [...(shops.get(row.shopId) ?? []), row]);
  return shops;
}
