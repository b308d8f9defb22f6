/** What is left in each stock of codes, and which will soon be empty. */

import { AHEAD, poolOf } from '../../../core/codes/code-plan.ts';
import { variantsOf } from '../../../core/experiments/adaptive-offer.ts';
import { ruleForArm } from '../../../core/rules/rule.ts';
import type { Tx } from '../../../db/connect.ts';
import { type MintRow, mintsOf } from '../../../db/mints.ts';
import { listRules, type StoredRule } from '../../../db/rules.ts';
import { countPools, type PoolCount } from '../../../db/stock.ts';

export interface Pool {
  pool: string;
  source: PoolCount['source'];
  /** The rules that give codes from it. */
  rules: { id: string; name: string; enabled: boolean }[];
  free: number;
  taken: number;
  low: boolean;
  /** Why the platform makes no more, if it doesn't. */
  problem: string | null;
}

/** Pools with codes in them, and those that a rule wants and nobody filled. */
export async function listPools(tx: Tx, shopId: string): Promise<Pool[]> {
  const [counts, mints, rules] = [await countPools(tx, shopId), await mintsOf(tx, shopId), await listRules(tx, shopId)];
  const users = new Map<string, StoredRule[]>();
  for (const rule of rules) for (const pool of poolsOf(rule)) users.set(pool, [...(users.get(pool) ?? []), rule]);
  const names = new Set([...counts.map(({ pool }) => pool), ...users.keys()]);
  return [...names].sort().map((pool) => {
    const count = counts.find((one) => one.pool === pool);
    const mint = mints.find((one) => one.pool === pool);
    const using = users.get(pool) ?? [];
    return describe(pool, using, count, mint);
  });
}

/** The stocks that a rule's arms give from. */
export function poolsOf(rule: StoredRule): string[] {
  const variants = variantsOf(rule);
  const arms = [null, ...variants.map(({ key }) => key)];
  const pools = arms.map((arm) => poolOf(rule.id, rule.code, ruleForArm({ ...rule, variants }, arm).offer));
  return [...new Set(pools)].filter((pool) => pool !== null);
}

function describe(pool: string, using: StoredRule[], count: PoolCount | undefined, mint: MintRow | undefined): Pool {
  const { free = 0, taken = 0 } = count ?? {};
  const [minted] = using.filter(({ code }) => code.mode === 'platform');
  const plenty = minted ? (minted.code.ahead ?? AHEAD) / 2 : (free + taken) / 10;
  return {
    pool,
    source: count?.source ?? mint?.platform ?? minted?.code.platform ?? 'upload',
    rules: using.map(({ id, name, enabled }) => ({ id, name, enabled })),
    free,
    taken,
    low: free <= plenty,
    problem: mint?.problem ?? null,
  };
}
