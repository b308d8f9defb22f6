/** Jobs in pg-boss: fetched by the batch, and completed by the batch or each by itself. */

import { join } from 'node:path';
import postgres from 'postgres';
import { workOff } from '../../../api/actions/work-off.ts';
import { PACKAGES } from '../peers/install.ts';
import type { Contestant } from './contest.ts';

/** As much of it as is used here: it isn't installed when types are checked. */
interface Boss {
  start(): Promise<unknown>;
  createQueue(name: string): Promise<void>;
  fetch(name: string, options: { batchSize: number }): Promise<{ id: string }[]>;
  complete(name: string, ids: string | string[]): Promise<unknown>;
  on(event: 'error', listener: (error: Error) => void): void;
  stop(options: { graceful: boolean }): Promise<void>;
}

const QUEUE = 'due';
const NAMES = {
  each: 'pg-boss, completed one by one',
  batch: 'pg-boss, completed by the batch',
  meanwhile: 'pg-boss, completed while the next are fetched',
};

export async function pgBoss(
  databaseUrl: string,
  batch: number,
  completing: 'each' | 'batch' | 'meanwhile',
): Promise<Contestant> {
  const { PgBoss } = (await import(join(PACKAGES, 'pg-boss/dist/index.js'))) as {
    PgBoss: new (options: object) => Boss;
  };
  const boss = new PgBoss({ connectionString: databaseUrl, supervise: false, schedule: false, max: 10 });
  boss.on('error', (error) => {
    throw error;
  });
  await boss.start();
  await boss.createQueue(QUEUE);
  const admin = postgres(databaseUrl, { max: 1, onnotice: () => {} });
  const add = (count: number, startAfter: string, createdOn = 'now()'): Promise<unknown> =>
    admin.unsafe(`insert into pgboss.job (name, data, start_after, created_on, policy)
      select '${QUEUE}', '{"letter":"reminder-1"}', ${startAfter}, ${createdOn}, 'standard' from generate_series(1, ${count}) n`);
  return {
    name: NAMES[completing],
    async addDue(count) {
      await add(count, 'now()');
    },
    async addLater(count) {
      // A send each, as letters are planned: its index is in the order of creation, and passes over what was all created at one moment in a step.
      const createdOn = `now() - (${count} - n) * interval '1 second'`;
      await add(count, "now() + interval '1 day' + n * interval '1 second'", createdOn);
      await admin.unsafe('vacuum');
    },
    async workAll() {
      let completed: Promise<unknown> | null = null;
      for (let done = 0; ; ) {
        const jobs = await boss.fetch(QUEUE, { batchSize: batch });
        await completed;
        if (jobs.length === 0) return done;
        const ids = jobs.map(({ id }) => id);
        if (completing === 'batch') await boss.complete(QUEUE, ids);
        else if (completing === 'meanwhile') completed = boss.complete(QUEUE, ids);
        else
          await workOff(
            ids,
            () => true,
            async (id) => void (await boss.complete(QUEUE, id)),
          );
        done += jobs.length;
      }
    },
    async analyze() {
      await admin.unsafe('analyze');
    },
    async close() {
      await boss.stop({ graceful: false });
      await admin.end();
    },
  };
}
