import postgres from 'postgres';
import { expect, test } from 'vitest';
import { testDatabase } from './database.ts';

test('gives each caller a database of its own with the present schema', async () => {
  const [one, two] = await Promise.all([testDatabase(), testDatabase()]);
  const here = postgres(one.url, { max: 1 });
  const there = postgres(two.url, { max: 1 });
  try {
    await here`CREATE TABLE only_here ()`;
    expect(await there`SELECT FROM pg_tables WHERE tablename = 'only_here'`).toHaveLength(0);
    expect(await there`SELECT FROM pg_proc WHERE proname = 'linger_open'`).toHaveLength(1);
  } finally {
    await Promise.all([here.end(), there.end()]);
    await Promise.all([one.drop(), two.drop()]);
  }
});

test('drops a database under open connections', async () => {
  const database = await testDatabase();
  const sql = postgres(database.url, { max: 1, onclose: () => {} });
  await sql`SELECT 1`;
  await database.drop();
  await expect(sql`SELECT 1`).rejects.toThrow();
  await sql.end({ timeout: 1 });
});
