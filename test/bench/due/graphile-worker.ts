/** Jobs in graphile-worker, run through its own worker: it has no other way in. */

import { join } from 'node:path';
import postgres from 'postgres';
import { PACKAGES } from '../peers/install.ts';
import type { Contestant } from './contest.ts';

/** As much of it as is used here: it isn't installed when types are checked. */
interface Graphile {
  runMigrations(options: object): Promise<void>;
  runOnce(options: object): Promise<void>;
  Logger: new (factory: () => () => void) => object;
}

const TASK = 'due';

export async function graphileWorker(databaseUrl: string, batch: number): Promise<Contestant> {
  const graphile = (await import(join(PACKAGES, 'graphile-worker/dist/index.js'))) as Graphile;
  const logger = new graphile.Logger(() => () => {});
  let done = 0;
  const options = {
    connectionString: databaseUrl,
    concurrency: batch,
    maxPoolSize: 10,
    noHandleSignals: true,
    logger,
    taskList: {
      [TASK]: () => {
        done += 1;
      },
    },
  };
  await graphile.runMigrations(options);
  const admin = postgres(databaseUrl, { max: 1, onnotice: () => {} });
  const add = (count: number, runAt: string): Promise<unknown> =>
    admin.unsafe(`insert into graphile_worker._private_tasks (identifier) values ('${TASK}') on conflict do nothing;
      insert into graphile_worker._private_jobs (task_id, payload, run_at)
      select (select id from graphile_worker._private_tasks where identifier = '${TASK}'), '{"letter":"reminder-1"}', ${runAt}
      from generate_series(1, ${count}) n`);
  return {
    name: 'graphile-worker',
    async addDue(count) {
      await add(count, 'now()');
    },
    async addLater(count) {
      await add(count, "now() + interval '1 day' + n * interval '1 second'");
      await admin.unsafe('vacuum');
    },
    async workAll() {
      done = 0;
      await graphile.runOnce(options);
      return done;
    },
    async analyze() {
      await admin.unsafe('analyze');
    },
    close: () => admin.end(),
  };
}
