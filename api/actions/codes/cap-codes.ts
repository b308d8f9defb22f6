/** Whether enough codes were given to where this claim comes from: to the address range, to the browser, by the shop. Asks nothing of the address typed. */

import { lockCap, recentCodes } from '../../../db/codes.ts';
import type { Tx } from '../../../db/connect.ts';
import type { ShopRow } from '../../../db/shops.ts';
import type { Deps } from '../../deps.ts';
import { isLoopback } from '../../ip-address.ts';
import { householdOf, type Network } from '../../network.ts';
import { networkHash } from '../../signing.ts';

export interface Capped {
  capped: boolean;
  /** What the code is counted by, if one is given. */
  rangeHash: string | null;
}

export async function capCodes(
  tx: Tx,
  { settings }: Pick<Deps, 'settings'>,
  shop: ShopRow,
  { visitorId, network }: { visitorId: string; network: Pick<Network, 'address'> },
): Promise<Capped> {
  const { codesPerRange, codesPerVisitor, codesPerDay } = shop.settings.limits;
  const household = network.address === null || isLoopback(network.address) ? null : householdOf(network.address);
  if (settings.demo) return { capped: false, rangeHash: null };
  const rangeHash = household && (await networkHash(settings.signingKey, shop.id, household));
  // The visitor's own row is locked already. What is counted then is counted under these locks.
  if (rangeHash && codesPerRange !== null) tx.meanwhile(lockCap(tx, shop.id, rangeHash));
  if (codesPerDay !== null) tx.meanwhile(lockCap(tx, shop.id, 'day'));
  const given = await recentCodes(tx, shop.id, {
    rangeHash: codesPerRange === null ? null : rangeHash,
    visitorId: codesPerVisitor === null ? null : visitorId,
    shop: codesPerDay !== null,
  });
  const capped =
    given.range >= (codesPerRange ?? Number.POSITIVE_INFINITY) ||
    given.visitor >= (codesPerVisitor ?? Number.POSITIVE_INFINITY) ||
    given.shop >= (codesPerDay ?? Number.POSITIVE_INFINITY);
  return { capped, rangeHash };
}
