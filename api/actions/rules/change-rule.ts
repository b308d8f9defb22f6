/** Saves rules: a new one, or a change laid over the old. What is saved has passed the whole schema. */

import { segmentsIn } from '../../../core/contacts/segment.ts';
import type { Rule } from '../../../core/rules/rule.ts';
import type { Tx } from '../../../db/connect.ts';
import { flowByKey } from '../../../db/flows.ts';
import { deleteRule, insertRule, lockRule, type StoredRule, updateRule } from '../../../db/rules.ts';
import type { ShopRow } from '../../../db/shops.ts';
import type { Deps } from '../../deps.ts';
import { mergePatch } from '../../merge-patch.ts';
import { Problem } from '../../problem.ts';
import { parsed } from '../../schemas/parsed.ts';
import { type RuleInput, ruleInput } from '../../schemas/rule.ts';
import { needSegments } from '../contacts/need-segments.ts';
import { amountsOfRule, needPayable } from './need-payable.ts';

type Shop = Pick<ShopRow, 'id' | 'currency'>;

export async function createRule(deps: Deps, shop: Shop, input: RuleInput): Promise<StoredRule> {
  needPayable(shop.currency, amountsOfRule(input));
  return deps.db.shop(shop.id, async (tx) => {
    await needFlow(tx, shop.id, input.flow);
    await needSegments(tx, shop.id, segmentsIn(input.when), ['when']);
    return insertRule(tx, shop.id, { ...input, id: deps.newId() });
  });
}

export interface RuleChange {
  id: string;
  patch: Record<string, unknown>;
  /** Whether this version is the one that whoever asks has seen. */
  seen: (version: number) => boolean;
}

/**
 * RFC 7396 over the stored rule, but for `when`, whose parts mean something only together. Null when there is no such rule;
 * `version_mismatch` when it is no longer the version that was seen. What was before stays as a version.
 */
export async function changeRule(deps: Deps, shop: Shop, { id, patch, seen }: RuleChange): Promise<StoredRule | null> {
  return deps.db.shop(shop.id, async (tx) => {
    const stored = await lockRule(tx, shop.id, id);
    if (!stored) return null;
    needSeen(stored, seen);
    const next = changed(stored, patch);
    // Only what is said anew: a rule from before must still be one that can be switched off.
    if (['offer', 'variants', 'adaptive'].some((field) => field in patch))
      needPayable(shop.currency, amountsOfRule(next));
    await needFlow(tx, shop.id, next.flow);
    await needSegments(tx, shop.id, segmentsIn(next.when), ['when']);
    return updateRule(tx, shop.id, next);
  });
}

/** False where there is no such rule. */
export const removeRule = (deps: Deps, shopId: string, { id, seen }: Omit<RuleChange, 'patch'>): Promise<boolean> =>
  deps.db.shop(shopId, async (tx) => {
    const stored = await lockRule(tx, shopId, id);
    if (stored) needSeen(stored, seen);
    return deleteRule(tx, shopId, id);
  });

function needSeen({ version }: StoredRule, seen: RuleChange['seen']): void {
  if (!seen(version)) throw new Problem('version_mismatch', { detail: `The rule is at version ${version}.` });
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
