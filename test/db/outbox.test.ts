/** What a claim costs: its own letters, however many are due, and whatever the database believed of the tables when it made its plans. */

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { advanceDue } from '../../api/actions/flows/advance-due.ts';
import { connect, type Db, type Tx } from '../../db/connect.ts';
import { leaseQueued } from '../../db/outbox.ts';
import { addFlow, enrollAll } from '../support/enroll.ts';
import { type Instance, type ShopHandle, startInstance } from '../support/shop.ts';

const LIMIT = 10;
/** As many as a plan is made anew for, and more: the one that follows is kept. */
const REPEATS = 8;

let instance: Instance;
let shop: ShopHandle;
/** Of one connection, so that all is done by the same plans. */
let db: Db;

beforeAll(async () => {
  instance = await startInstance();
  shop = await instance.openShop({ sending: { dailyCap: 1, quietHours: null } });
  await addFlow(instance.deps, shop.id, 'one', [{ send: 'offer' }]);
  db = connect(instance.databaseUrl, { max: 1 });
});
afterAll(async () => {
  await db.end();
  await instance.close();
});

async function makeDue(from: number, count: number): Promise<void> {
  const emails = Array.from({ length: count }, (_, n) => ({ email: `p${from + n}@example.com`, flow: 'one' }));
  await enrollAll(instance.deps, shop.id, emails);
  await advanceDue(instance.deps, count);
}

/** Rows of the queue and the ledger that were read so far, by this connection. */
const rowsRead = async ({ sql }: Tx): Promise<number> => {
  const [row] = await sql<{ rows: number }[]>`
    select sum(seq_tup_read + idx_tup_fetch)::int as rows from pg_stat_xact_user_tables where relname in ('message', 'outbox')`;
  return row?.rows ?? Number.NaN;
};

const look = (): Promise<{ letters: number; rows: number }> =>
  db.engine(async (tx) => {
    const before = await rowsRead(tx);
    const letters = await leaseQueued({ sql: tx.sql, at: tx.now }, LIMIT, { claim: randomUUID(), leaseMs: 0 });
    return { letters: letters.length, rows: (await rowsRead(tx)) - before };
  });

it('looks at no more of them in a long queue than in a short one', async () => {
  await makeDue(0, LIMIT);
  const short = await look();
  for (let repeat = 1; repeat < REPEATS; repeat += 1) await look();
  await makeDue(LIMIT, 400);
  const long = await look();
  expect([short.letters, long.letters]).toEqual([LIMIT, LIMIT]);
  // As many again as it takes, for the next worker to find some that are free.
  expect([short.rows, long.rows]).toEqual([LIMIT, 2 * LIMIT]);
});
