/** Whom a batch counts for: the browser's own cookie outlives what its pages can remember. */

import type { Tx } from '../../../db/connect.ts';
import { visitById } from '../../../db/visits.ts';
import type { Batch } from './fold-batch.ts';

/** The cookie's visitor where there is one; a visit that has begun as another's goes on as theirs. */
export async function recogniseVisitor(
  tx: Tx,
  shopId: string,
  { visitor, visit, cookie }: Pick<Batch, 'visitor' | 'visit' | 'cookie'>,
): Promise<string> {
  const known = cookie(shopId);
  if (!known || known === visitor) return visitor;
  return (await visitById(tx, shopId, visit))?.visitorId === visitor ? visitor : known;
}
