/** Brings a database to the present schema. As a command: `DATABASE_URL=… npm run migrate`. */

import { fileURLToPath } from 'node:url';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate as runMigrations } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';
import { QUEUE_FUNCTIONS } from '../../db/queue-functions.ts';
import { ROW_SECURITY } from '../../db/row-security.ts';

/** Any number, the same in every process: only one migrates at a time. */
const LOCK = 7_203_117;

export async function migrate(url: string): Promise<void> {
  const guard = postgres(url, { max: 1, onnotice: () => {} });
  const worker = postgres(url, { max: 1, onnotice: () => {} });
  try {
    // The lock lives in a transaction of its own connection, so that it also works through a pooler.
    await guard.begin(async (transaction) => {
      await transaction`select pg_advisory_xact_lock(${LOCK})`;
      const migrationsFolder = fileURLToPath(new URL('../../db/migrations', import.meta.url));
      await runMigrations(drizzle(worker), { migrationsFolder });
      await worker.unsafe(ROW_SECURITY);
      await worker.unsafe(QUEUE_FUNCTIONS);
    });
  } finally {
    await Promise.all([guard.end({ timeout: 5 }), worker.end({ timeout: 5 })]);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const url = process.env.DATABASE_URL;
  if (!url) {
    console.error('Set DATABASE_URL to the database to migrate.');
    process.exit(1);
  }
  await migrate(url);
  console.log('The database is up to date.');
}
