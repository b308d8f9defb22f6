/** Rules as a shop keeps them. A deleted rule stays for the reports, out of sight. */

import type { Rule } from '../core/rule.ts';
import type { Tx } from './connect.ts';
import type { rule } from './schema.ts';

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
  const rows = await sql<(RuleRow & { flowOn: boolean })[]>`
    select rule.*, exists (
      select from flow where flow.shop_id = rule.shop_id and flow.key = rule.definition->>'flow' and flow.enabled and flow.deleted_at is null
    ) as flow_on
    from rule where shop_id = ${shopId} and deleted_at is null order by created_at, id`;
  return rows.map((row) => {
    const rule = stored(row);
    return { ...rule, enabled: rule.enabled && row.flowOn };
  });
}

export async function ruleById({ sql }: Tx, shopId: string, id: string): Promise<StoredRule | null> {
  const [row] = await sql<RuleRow[]>`
    select * from rule where shop_id = ${shopId} and id = ${id} and deleted_at is null`;
  return row ? stored(row) : null;
}

/** The same, locked: two changes at once are laid over each other, neither is lost. */
export async function lockRule({ sql }: Tx, shopId: string, id: string): Promise<StoredRule | null> {
  const [row] = await sql<RuleRow[]>`
    select * from rule where shop_id = ${shopId} and id = ${id} and deleted_at is null for update`;
  return row ? stored(row) : null;
}

export async function insertRule({ sql, now }: Tx, shopId: string, { id, ...definition }: Rule): Promise<StoredRule> {
  await sql`
    insert into rule (shop_id, id, version, definition, created_at, updated_at)
    values (${shopId}, ${id}, 1, ${sql.json(definition as never)}, ${now}, ${now})`;
  return { ...definition, id, version: 1, createdAt: now, updatedAt: now };
}

export async function updateRule(
  { sql, now }: Tx,
  shopId: string,
  { id, ...definition }: Rule,
): Promise<StoredRule | null> {
  const [row] = await sql<RuleRow[]>`
    update rule set version = version + 1, definition = ${sql.json(definition as never)}, updated_at = ${now}
    where shop_id = ${shopId} and id = ${id} and deleted_at is null returning *`;
  return row ? stored(row) : null;
}

export async function deleteRule({ sql, now }: Tx, shopId: string, id: string): Promise<boolean> {
  const rows = await sql`
    update rule set deleted_at = ${now} where shop_id = ${shopId} and id = ${id} and deleted_at is null returning id`;
  return rows.length > 0;
}
