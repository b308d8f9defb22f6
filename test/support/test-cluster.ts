/** One PostgreSQL for a whole test run, started by the first request, and the databases in it: copies of a migrated one. */

import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import postgres from 'postgres';
import { startEmbeddedPostgres } from '../../api/node/embedded-postgres.ts';
import { migrate } from '../../api/node/migrate.ts';

export interface TestCluster {
  /** The url of a fresh database with the present schema. */
  create(): Promise<string>;
  drop(url: string): Promise<void>;
  /** Removes all that was made, files included. */
  stop(): Promise<void>;
}

interface Ready {
  admin: postgres.Sql;
  url: string;
  template: string;
  close(): Promise<void>;
}

const FOLDER = 'linger-test-';

/** `server` is the url of a server to use (PostgreSQL 15+, a role that may create databases); absent: the embedded one, with these settings. */
export function testCluster(server: string | undefined, settings: Readonly<Record<string, string>> = {}): TestCluster {
  const names = new Set<string>();
  let opening: Promise<Ready> | undefined;

  const create = async (ready: Ready, template: string): Promise<string> => {
    const name = `linger_test_${randomBytes(6).toString('hex')}`;
    await ready.admin`CREATE DATABASE ${ready.admin(name)} TEMPLATE ${ready.admin(template)}`;
    names.add(name);
    return name;
  };

  const open = async (): Promise<Ready> => {
    const { url, close } = server ? { url: server, close: async () => {} } : await startInTemp(settings);
    const admin = postgres(url, { max: 1, onnotice: () => {} });
    const ready = { admin, url, template: '', close };
    ready.template = await create(ready, 'template0');
    await migrate(databaseUrl(url, ready.template));
    return ready;
  };

  const opened = (): Promise<Ready> => {
    opening ??= open();
    return opening;
  };

  const drop = async ({ admin }: Ready, name: string): Promise<void> => {
    if (names.delete(name)) await admin`DROP DATABASE IF EXISTS ${admin(name)} WITH (FORCE)`;
  };

  return {
    async create() {
      const ready = await opened();
      return databaseUrl(ready.url, await create(ready, ready.template));
    },
    async drop(url) {
      await drop(await opened(), new URL(url).pathname.slice(1));
    },
    async stop() {
      // A cluster that never opened has already failed the tests that asked for it.
      const ready = await opening?.catch(() => undefined);
      if (!ready) return;
      if (server) for (const name of [...names]) await drop(ready, name);
      await ready.admin.end({ timeout: 5 });
      await ready.close();
    },
  };
}

function databaseUrl(server: string, name: string): string {
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

async function startInTemp(
  settings: Readonly<Record<string, string>>,
): Promise<{ url: string; close(): Promise<void> }> {
  sweep();
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), `${FOLDER}${process.pid}-`));
  const remove = (): void => fs.rmSync(dir, { recursive: true, force: true });
  try {
    const { url, stop } = await startEmbeddedPostgres({ dir, fast: true, settings });
    return { url, close: () => stop().then(remove) };
  } catch (error) {
    remove();
    throw error;
  }
}

/** Runs that were killed leave their folder behind. */
function sweep(): void {
  for (const name of fs.readdirSync(os.tmpdir())) {
    const pid = name.startsWith(FOLDER) ? Number.parseInt(name.slice(FOLDER.length), 10) : process.pid;
    try {
      process.kill(pid, 0);
    } catch (error) {
      const gone = (error as NodeJS.ErrnoException).code === 'ESRCH';
      if (gone) fs.rmSync(path.join(os.tmpdir(), name), { recursive: true, force: true });
    }
  }
}
