/** Letters in the shop's own words, and every version they had. */

import type { OwnLetter } from '../core/letters/own-letter.ts';
import type { Tx } from './connect.ts';
import type { template } from './schema/letters.ts';

export type TemplateRow = typeof template.$inferSelect;

/** Versions of a letter that are kept. */
const MOST_VERSIONS = 100;

/** Of each letter that was ever changed, what is in force. */
export async function currentTemplates({ sql }: Tx, shopId: string): Promise<TemplateRow[]> {
  return sql<TemplateRow[]>`
    select distinct on (key) * from template where shop_id = ${shopId} order by key, version desc`;
}

export async function currentTemplate({ sql }: Tx, shopId: string, key: string): Promise<TemplateRow | null> {
  const [row] = await sql<TemplateRow[]>`
    select * from template where shop_id = ${shopId} and key = ${key} order by version desc limit 1`;
  return row ?? null;
}

/** The latest first. */
export async function templateVersions({ sql }: Tx, shopId: string, key: string): Promise<TemplateRow[]> {
  return sql<TemplateRow[]>`select * from template where shop_id = ${shopId} and key = ${key} order by version desc`;
}

export async function templateAtVersion(
  { sql }: Tx,
  shopId: string,
  key: string,
  version: number,
): Promise<TemplateRow | null> {
  const [row] = await sql<TemplateRow[]>`
    select * from template where shop_id = ${shopId} and key = ${key} and version = ${version}`;
  return row ?? null;
}

/** The next version; letters that are written from now on are written by it. */
export async function saveTemplate(
  { sql, now }: Tx,
  shopId: string,
  key: string,
  words: OwnLetter | null,
): Promise<TemplateRow> {
  // One at a time, or two would be the same version.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${shopId} ${key}`}, 4))`;
  const [row] = await sql<TemplateRow[]>`
    insert into template (shop_id, key, version, words, created_at)
    select ${shopId}, ${key}, coalesce(max(version), 0) + 1, ${words === null ? null : sql.json(words as never)}, ${now}
    from template where shop_id = ${shopId} and key = ${key}
    returning *`;
  if (!row) throw new Error('a template was not saved');
  await sql`delete from template where shop_id = ${shopId} and key = ${key} and version <= ${row.version - MOST_VERSIONS}`;
  return row;
}

/** Notes why a version could not be written out, at most once a minute. False where that was noted just before. */
export async function noteTemplateFailure(
  { sql, now }: Tx,
  { shopId, key, version }: Pick<TemplateRow, 'shopId' | 'key' | 'version'>,
  failure: string,
): Promise<boolean> {
  const rows = await sql`
    update template set failure = ${failure}, failed_at = ${now}
    where shop_id = ${shopId} and key = ${key} and version = ${version}
      and (failure is distinct from ${failure} or failed_at < ${now - 60_000})
    returning key`;
  return rows.length > 0;
}
