/** Refuses what names a segment that there is not: it would wait for ever, or keep everybody out. */

import type { NamedSegment } from '../../../core/contacts/segment.ts';
import type { Tx } from '../../../db/connect.ts';
import { holdSegments } from '../../../db/segments.ts';
import { Problem } from '../../problem.ts';

/** Those that there are stay until the transaction ends. `under`: where the paths begin. */
export async function needSegments(
  tx: Tx,
  shopId: string,
  named: readonly NamedSegment[],
  under: readonly string[] = [],
): Promise<void> {
  if (named.length === 0) return;
  const keys = [...new Set(named.map(({ segment }) => segment))].sort();
  const known = await holdSegments(tx, shopId, keys);
  const errors = named
    .filter(({ segment }) => !known.has(segment))
    .map(({ path, segment }) => ({ path: [...under, ...path].join('.'), message: `there is no segment "${segment}"` }));
  if (errors.length > 0) throw new Problem('invalid', { errors });
}
