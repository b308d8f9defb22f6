/** A database that belongs to one fault run: it is stopped and crashed in the middle of the work, and comes back with what was committed. */

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { startEmbeddedPostgres } from '../../api/node/embedded-postgres.ts';
import { migrate } from '../../api/node/migrate.ts';
import { clusterOf } from '../../api/node/postgres-cluster.ts';
import { testCluster } from '../support/test-cluster.ts';

export interface OwnDatabase {
  url: string;
  /** `crash`: as if the power had gone, but for the disk. Resolves when it answers again. */
  restart(how: 'orderly' | 'crash'): Promise<void>;
  /** Removes all that was made. */
  stop(): Promise<void>;
}

/** `server` is the url of a server to use, which nobody restarts for us: there every connection is cut instead. */
export const ownDatabase = (server: string | undefined): Promise<OwnDatabase> =>
  server ? onServer(server) : embedded();

async function embedded(): Promise<OwnDatabase> {
  const dir = mkdtempSync(join(tmpdir(), 'linger-faults-'));
  // Durable, unlike the other tests' databases: what was committed has to survive a crash.
  let running = await startEmbeddedPostgres({ dir });
  const { url, port } = running;
  await migrate(url);
  return {
    url,
    async restart(how) {
      if (how === 'crash') process.kill(postmaster(dir), 'SIGQUIT');
      await running.stop();
      running = await startEmbeddedPostgres({ dir, port });
    },
    async stop() {
      await running.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

const postmaster = (dir: string): number =>
  Number.parseInt(readFileSync(join(clusterOf(dir), 'postmaster.pid'), 'utf8'), 10);

async function onServer(server: string): Promise<OwnDatabase> {
  const cluster = testCluster(server);
  const url = await cluster.create();
  return {
    url,
    async restart() {
      const admin = postgres(url, { max: 1, onnotice: () => {} });
      await admin`
        select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`;
      await admin.end({ timeout: 5 });
    },
    stop: () => cluster.stop(),
  };
}
