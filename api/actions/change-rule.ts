/** Saves rules: a new one, or a change laid over the old. What is saved has passed the whole schema. */

import type { Rule } from '../../core/rule.ts';
import type { Tx } from '../../db/connect.ts';
import { flowByKey } from '../../db/flows.ts';
import { insertRule, lockRule, type StoredRule, updateRule } from '../../db/rules.ts';
import type { Deps } from '../deps.ts';
import { mergePatch } from '../merge-patch.ts';
import { Problem } from '../problem.ts';
import { parsed } from '../schemas/parsed.ts';
import { type RuleInput, ruleInput } from '../schemas/rule.ts';

export async function createRule(deps: Deps, shopId: string, input: RuleInput): Promise<StoredRule> {
  return deps.db.shop(shopId, async (tx) => {
    await needFlow(tx, shopId, input.flow);
    return insertRule(tx, shopId, { ...input, id: deps.newId() });
  });
}

/** RFC 7396 over the stored rule, but for `when`, whose parts mean something only together. Null when there is no such rule. */
export async function changeRule(
  deps: Deps,
  shopId: string,
  id: string,
  patch: Record<string, unknown>,
): Promise<StoredRule | null> {
  return deps.db.shop(shopId, async (tx) => {
    const stored = await lockRule(tx, shopId, id);
    if (!stored) return null;
    const { id: _id, version: _version, createdAt: _createdAt, updatedAt: _updatedAt, ...definition } = stored;
    const merged = { ...mergePatch(definition, patch), when: 'when' in patch ? patch.when : definition.when };
    const next: Rule = { ...parsed(ruleInput, merged), id };
    await needFlow(tx, shopId, next.flow);
    return updateRule(tx, shopId, next);
  });
}

async function needFlow(tx: Tx, shopId: string, key: string): Promise<void> {
  if (await flowByKey(tx, shopId, key)) return;
  throw new Problem('invalid', { errors: [{ path: 'flow', message: `there is no flow "${key}"` }] });
}
