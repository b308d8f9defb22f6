/** Saves rules: a new one, or a change laid over the old. What is saved has passed the whole schema. */

import type { Rule } from '../../core/rule.ts';
import { segmentsIn } from '../../core/segment.ts';
import type { Tx } from '../../db/connect.ts';
import { flowByKey } from '../../db/flows.ts';
import { insertRule, lockRule, type StoredRule, updateRule } from '../../db/rules.ts';
import type { Deps } from '../deps.ts';
import { mergePatch } from '../merge-patch.ts';
import { Problem } from '../problem.ts';
import { parsed } from '../schemas/parsed.ts';
import { type RuleInput, ruleInput } from '../schemas/rule.ts';
import { needSegments } from './need-segments.ts';

export async function createRule(deps: Deps, shopId: string, input: RuleInput): Promise<StoredRule> {
  return deps.db.shop(shopId, async (tx) => {
    await needFlow(tx, shopId, input.flow);
    await needSegments(tx, shopId, segmentsIn(input.when), ['when']);
    return insertRule(tx, shopId, { ...input, id: deps.newId() });
  });
}

export interface RuleChange {
  id: string;
  patch: Record<string, unknown>;
  /** The version that whoever asks has seen; null where they don't say. */
  seen: number | null;
}

/**
 * RFC 7396 over the stored rule, but for `when`, whose parts mean something only together. Null when there is no such rule;
 * `version_mismatch` when it is no longer the version that was seen. What was before stays as a version.
 */
export async function changeRule(
  deps: Deps,
  shopId: string,
  { id, patch, seen }: RuleChange,
): Promise<StoredRule | null> {
  return deps.db.shop(shopId, async (tx) => {
    const stored = await lockRule(tx, shopId, id);
    if (!stored) return null;
    if (seen !== null && seen !== stored.version) {
      throw new Problem('version_mismatch', { detail: `The rule is at version ${stored.version}.` });
    }
    const next = changed(stored, patch);
    await needFlow(tx, shopId, next.flow);
    await needSegments(tx, shopId, segmentsIn(next.when), ['when']);
    return updateRule(tx, shopId, next);
  });
}

/** The rule as the change would make it. Throws `invalid` where that is no rule; the change lies `under` this field of the body. */
export function changed(stored: StoredRule, patch: Record<string, unknown>, under = ''): Rule {
  const { id, version: _version, createdAt: _createdAt, updatedAt: _updatedAt, ...definition } = stored;
  const merged = { ...mergePatch(definition, patch), when: 'when' in patch ? patch.when : definition.when };
  return { ...parsed(ruleInput, merged, under), id };
}

async function needFlow(tx: Tx, shopId: string, key: string): Promise<void> {
  if (await flowByKey(tx, shopId, key)) return;
  throw new Problem('invalid', { errors: [{ path: 'flow', message: `there is no flow "${key}"` }] });
}
