/** Saves segments. Who belongs to them is counted afterwards, by the tick. */

import type { Segment } from '../../../core/contacts/segment.ts';
import { segmentsIn, segmentsOfFlow } from '../../../core/contacts/segment.ts';
import type { Tx } from '../../../db/connect.ts';
import { listFlows } from '../../../db/flows.ts';
import { listRules } from '../../../db/rules.ts';
import {
  type CountedSegment,
  deleteSegment,
  insertSegment,
  lockSegment,
  segmentByKey,
  updateSegment,
} from '../../../db/segments.ts';
import type { Deps } from '../../deps.ts';
import { mergePatch } from '../../merge-patch.ts';
import { Problem } from '../../problem.ts';
import { parsed } from '../../schemas/parsed.ts';
import { segmentInput } from '../../schemas/segment.ts';

export async function createSegment(deps: Deps, shopId: string, segment: Segment): Promise<CountedSegment> {
  const created = await deps.db.shop(shopId, async (tx) =>
    (await insertSegment(tx, shopId, segment)) ? segmentByKey(tx, shopId, segment.key) : null,
  );
  if (!created) throw new Problem('exists', { errors: [{ path: 'key', message: `"${segment.key}" is taken` }] });
  deps.wake();
  return created;
}

/** Null where there is none. A condition is replaced whole: half of two conditions is none that anybody wrote. */
export async function changeSegment(
  deps: Deps,
  shopId: string,
  key: string,
  patch: Record<string, unknown>,
): Promise<CountedSegment | null> {
  const changed = await deps.db.shop(shopId, async (tx) => {
    const stored = await lockSegment(tx, shopId, key);
    if (!stored) return null;
    const { name, condition } = stored;
    const merged = mergePatch({ key, name, condition }, patch);
    const next = parsed(segmentInput, { ...merged, condition: 'condition' in patch ? patch.condition : condition });
    if (next.key !== key) throw new Problem('invalid', { errors: [{ path: 'key', message: 'can not be changed' }] });
    await updateSegment(tx, shopId, next);
    return segmentByKey(tx, shopId, key);
  });
  if (changed) deps.wake();
  return changed;
}

export async function removeSegment(deps: Deps, shopId: string, key: string): Promise<boolean> {
  return deps.db.shop(shopId, async (tx) => {
    if (!(await lockSegment(tx, shopId, key))) return false;
    const users = await usersOf(tx, shopId, key);
    if (users.length > 0) throw new Problem('in_use', { detail: `Asked for by ${users.join(', ')}.` });
    return deleteSegment(tx, shopId, key);
  });
}

async function usersOf(tx: Tx, shopId: string, key: string): Promise<string[]> {
  const names = (named: ReturnType<typeof segmentsIn>): boolean => named.some(({ segment }) => segment === key);
  const flows = (await listFlows(tx, shopId)).filter((flow) => names(segmentsOfFlow(flow)));
  const rules = (await listRules(tx, shopId)).filter((rule) => names(segmentsIn(rule.when)));
  return [
    ...flows.map((flow) => `the flow "${flow.key}"`),
    ...rules.map((rule) => `the rule "${rule.name}" (${rule.id})`),
  ];
}
