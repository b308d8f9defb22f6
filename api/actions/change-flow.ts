/** Saves flows. A change is a new version: people who are on their way stay on theirs. */

import type { Flow } from '../../core/flow.ts';
import { deleteFlow, insertFlow, lockFlow, type StoredFlow, updateFlow } from '../../db/flows.ts';
import { listRules } from '../../db/rules.ts';
import type { Deps } from '../deps.ts';
import { mergePatch } from '../merge-patch.ts';
import { Problem } from '../problem.ts';
import { flowInput } from '../schemas/flow.ts';
import { parsed } from '../schemas/parsed.ts';

export async function createFlow(deps: Deps, shopId: string, flow: Flow): Promise<StoredFlow> {
  const created = await deps.db.shop(shopId, (tx) => insertFlow(tx, shopId, flow));
  if (!created) throw new Problem('exists', { errors: [{ path: 'key', message: `"${flow.key}" is taken` }] });
  return created;
}

export async function changeFlow(
  deps: Deps,
  shopId: string,
  key: string,
  patch: Record<string, unknown>,
): Promise<StoredFlow | null> {
  const changed = await deps.db.shop(shopId, async (tx) => {
    const stored = await lockFlow(tx, shopId, key);
    if (!stored) return null;
    const { version: _version, createdAt: _createdAt, updatedAt: _updatedAt, ...definition } = stored;
    const next = parsed(flowInput, mergePatch(definition, patch));
    if (next.key !== key) throw new Problem('invalid', { errors: [{ path: 'key', message: 'can not be changed' }] });
    return updateFlow(tx, shopId, next);
  });
  deps.wake();
  return changed;
}

/** A flow that a rule still names can't go: offers would be accepted and nothing sent. */
export async function removeFlow(deps: Deps, shopId: string, key: string): Promise<boolean> {
  return deps.db.shop(shopId, async (tx) => {
    const user = (await listRules(tx, shopId)).find((rule) => rule.flow === key);
    if (user) throw new Problem('in_use', { detail: `The rule "${user.name}" (${user.id}) starts this flow.` });
    return deleteFlow(tx, shopId, key);
  });
}
