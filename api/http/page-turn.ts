/** Calls of pages are worked on within their limits, and one network's after the other's. */

import { isLoopback } from '../ip-address.ts';
import type { PageCall } from '../page-limiter.ts';
import type { Call } from './endpoint.ts';

/** Null: the call is dropped, and nothing was done. */
export async function inTurn<T>(
  { deps, network }: Pick<Call<unknown, unknown>, 'deps' | 'network'>,
  { shop, visitor = null }: { shop: string; visitor?: PageCall['visitor'] },
  work: () => Promise<T>,
): Promise<T | null> {
  if (!(await deps.limiter.admits({ shop, visitor, network }))) return null;
  return deps.turns.take({ shop, network: isLoopback(network.address) ? null : network.range }, work);
}
