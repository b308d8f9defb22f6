/** Rules as a shop keeps them. A deleted rule stays for the reports, out of sight. */

import { variantsOf } from '../core/experiments/adaptive-offer.ts';
import type { Share } from '../core/experiments/arm.ts';
import type { Rule } from '../core/rules/rule.ts';
import type { Tx } from './connect.ts';
import type { rule } from './schema/rules.ts';

type RuleRow = typeof rule.$inferSelect;
export type StoredRule = Rule & { version: number; createdAt: number; updatedAt: number };

const stored = ({ id, definition, version, createdAt, updatedAt }: RuleRow): StoredRule => ({
  ...definition,
  id,
  version,
  createdAt,
  updatedAt,
});

export async function listRules({ sql }: Tx, shopId: string): Promise<StoredRule[]> {
  const rows = await sql<RuleRow[]>`
    select * from rule where shop_id = ${shopId} and deleted_at is null order by created_at, id`;
  return rows.map(stored);
}

/** The same as pages and claims obey them: on only while the flow is on that the rule starts. */
export async function rulesInForce({ sql }: Tx, shopId: string): Promise<StoredRule[]> {
  const rows = await sql<(RuleRow & { flowOn: boolean; shares: Share[] | null })[]>`
    select rule.*, odds.shares, exists (
      select from flow where flow.shop_id = rule.shop_id and flow.key = rule.definition->>'flow' and flow.enabled and flow.deleted_at is null
    ) as flow_on
    from rule left join odds on odds.shop_id = rule.shop_id and odds.rule_id = rule.id and odds.rule_version = rule.version
    where rule.shop_id = ${shopId} and deleted_at is null order by created_at, id`;
  return rows.map((row) => {
    const rule = stored(row);
    return { ...rule, enabled: rule.enabled && row.flowOn, variants: variantsOf(rule, chancesOf(row.shares)) };
  });
}

const chancesOf = (shares: Share[] | null): Map<string, number> | null =>
  shares && new Map(shares.map(([key, chance]) => [key ?? '', chance]));

export async function ruleById({ sql }: Tx, shopId: string, id: string): Promise<StoredRule | null> {
  const [row] = await sql<RuleRow[]>`
    select * from rule where shop_id = ${shopId} and id = ${id} and deleted_at is null`;
  return row ? stored(row) : null;
}

/** The same though it may be deleted: reports outlive their rules. */
export async function keptRule({ sql }: Tx, shopId: string, id: string): Promise<StoredRule | null> {
  const [row] = await sql<RuleRow[]>`select * from rule where shop_id = ${shopId} and id = ${id}`;
  return row ? stored(row) : null;
}

/** The same, locked: two changes at once are laid over each other, neither is lost. */
export async function lockRule({ sql }: Tx, shopId: string, id: string): Promise<StoredRule | null> {
  const [row] = await sql<RuleRow[]>`
    select * from rule where shop_id = ${shopId} and id = ${id} and deleted_at is null for update`;
  return row ? stored(row) : null;
}

export async function insertRule(tx: Tx, shopId: string, { id, ...definition }: Rule): Promise<StoredRule> {
  const { sql, now } = tx;
  await sql`
    insert into rule (shop_id, id, version, definition, created_at, updated_at)
    values (${shopId}, ${id}, 1, ${sql.json(definition as never)}, ${now}, ${now})`;
  await keepVersion(tx, shopId, { id, ...definition }, 1);
  return { ...definition, id, version: 1, createdAt: now, updatedAt: now };
}

export async function updateRule(tx: Tx, shopId: string, { id, ...definition }: Rule): Promise<StoredRule | null> {
  const { sql, now } = tx;
  const [row] = await sql<RuleRow[]>`
    update rule set version = version + 1, definition = ${sql.json(definition as never)}, updated_at = ${now}
    where shop_id = ${shopId} and id = ${id} and deleted_at is null returning *`;
  if (!row) return null;
  await keepVersion(tx, shopId, { id, ...definition }, row.version);
  return stored(row);
}

async function keepVersion({ sql, now }: Tx, shopId: string, rule: Rule, version: number): Promise<void> {
  const { id, ...definition } = rule;
  await sql`
    insert into rule_version (shop_id, id, version, definition, created_at)
    values (${shopId}, ${id}, ${version}, ${sql.json(definition as never)}, ${now})`;
}

export type RuleVersion = Rule & { version: number; createdAt: number };

/** What the rule was, the latest first, from below `before` on; null for a rule that there is not. */
export async function ruleVersions(
  tx: Tx,
  shopId: string,
  { id, before, limit }: { id: string; before: number; limit: number },
): Promise<RuleVersion[] | null> {
  if (!(await ruleById(tx, shopId, id))) return null;
  const rows = await tx.sql<{ version: number; definition: Omit<Rule, 'id'>; createdAt: number }[]>`
    select version, definition, created_at from rule_version
    where shop_id = ${shopId} and id = ${id} and version < ${before} order by version desc limit ${limit}`;
  return rows.map(({ definition, ...row }) => ({ ...definition, id, ...row }));
}

export async function deleteRule({ sql, now }: Tx, shopId: string, id: string): Promise<boolean> {
  const rows = await sql`
    update rule set deleted_at = ${now} where shop_id = ${shopId} and id = ${id} and deleted_at is null returning id`;
  return rows.length > 0;
}
