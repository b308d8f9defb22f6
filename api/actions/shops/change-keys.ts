/** Makes and revokes a shop's secret keys. Two may work at a time, so that one takes over from the other without a gap. */

import { type ApiKeyRow, insertApiKey, liveKeys, lockKeys, revokeKey } from '../../../db/shops.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../problem.ts';
import { randomKey, sha256Hex } from '../../signing.ts';

/** More than anybody can tell apart. */
const MOST_KEYS = 20;

export async function addKey(
  deps: Deps,
  shopId: string,
  given: Pick<ApiKeyRow, 'name' | 'writes'>,
): Promise<{ key: ApiKeyRow; secretKey: string }> {
  const secretKey = randomKey('sk_');
  const hash = await sha256Hex(secretKey);
  return deps.db.shop(shopId, async (tx) => {
    await lockKeys(tx, shopId);
    if ((await liveKeys(tx, shopId)).length >= MOST_KEYS)
      throw new Problem('in_use', { detail: `At most ${MOST_KEYS} keys may work at a time: revoke one first.` });
    return { key: await insertApiKey(tx, { id: deps.newId(), shopId, hash, ...given }), secretKey };
  });
}

/** False where there is no such key. Twice is once. */
export const dropKey = (deps: Deps, shopId: string, id: string): Promise<boolean> =>
  deps.db.shop(shopId, async (tx) => {
    await lockKeys(tx, shopId);
    const writing = (await liveKeys(tx, shopId)).filter(({ writes }) => writes);
    if (writing.length === 1 && writing[0]?.id === id)
      throw new Problem('in_use', { detail: 'It is the only key that may change anything: make another one first.' });
    return revokeKey(tx, shopId, id);
  });
