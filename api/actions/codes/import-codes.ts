/** Puts a shop's own codes in stock, and says of each that it didn't take why. */

import { codeKey } from '../../../core/codes/code.ts';
import { bareCell, isCode } from '../../../core/codes/code-list.ts';
import type { ShopRow } from '../../../db/shops.ts';
import { countPools, putInStock } from '../../../db/stock.ts';
import type { Deps } from '../../deps.ts';

export interface RejectedCode {
  /** From 1: the line of the table, or the place in the list. */
  line: number;
  code: string;
  /** `repeated`: it stands in this upload already; `known`: it is in stock or was given to somebody. */
  reason: 'not_a_code' | 'repeated' | 'known';
}

export interface CodeImport {
  pool: string;
  accepted: number;
  rejected: RejectedCode[];
  /** In the pool now. */
  free: number;
}

/** Empty entries are none: the header, blank lines. */
export async function importCodes(
  deps: Deps,
  shop: ShopRow,
  { pool, codes }: { pool: string; codes: readonly string[] },
): Promise<CodeImport> {
  const rejected: RejectedCode[] = [];
  const fresh = new Map<string, { line: number; code: string; key: string }>();
  for (const [index, cell] of codes.entries()) {
    const code = bareCell(cell);
    const key = codeKey(code);
    const line = index + 1;
    if (code === '') continue;
    if (!isCode(code) || key === '') rejected.push({ line, code, reason: 'not_a_code' });
    else if (fresh.has(key)) rejected.push({ line, code, reason: 'repeated' });
    else fresh.set(key, { line, code, key });
  }
  return deps.db.shop(shop.id, async (tx) => {
    const list = [...fresh.values()];
    const taken = await putInStock(
      tx,
      { shopId: shop.id, pool, source: 'upload', status: 'free' },
      list.map(({ code, key }) => ({ code, key })),
    );
    for (const { line, code, key } of list) if (!taken.has(key)) rejected.push({ line, code, reason: 'known' });
    const pools = await countPools(tx, shop.id);
    return {
      pool,
      accepted: taken.size,
      rejected: rejected.sort((one, other) => one.line - other.line),
      free: pools.find((one) => one.pool === pool)?.free ?? 0,
    };
  });
}
