/** Letters sent by workers that are killed and frozen, from a database that restarts, through a provider that fails: is each accepted exactly once? */

import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { createShop } from '../../api/actions/shops/create-shop.ts';
import type { Deps } from '../../api/deps.ts';
import { readSettings } from '../../api/settings.ts';
import { standardDeps } from '../../api/standard-deps.ts';
import { connect } from '../../db/connect.ts';
import { addFlow, enrollAll } from '../support/enroll.ts';
import { type FakePostmark, type Fault, startFakePostmark } from '../support/fake-postmark.ts';
import { type Random, seeded } from '../support/random.ts';
import type { OwnDatabase } from './own-database.ts';
import type { FaultReport } from './report.ts';
import { type Row, verdict } from './sending/verdict.ts';
import { startWorkers } from './sending/worker-processes.ts';

export interface SendingFaults {
  letters: number;
  /** How often a worker is killed, the database restarted (every other time it crashes), and a worker frozen for three leases. */
  kills: number;
  restarts: number;
  freezes: number;
  seed: number;
  /** The share of calls that meets a fault. */
  faults: number;
  workers: number;
  /** Empty, with the present schema. */
  database: OwnDatabase;
  /** Told now and then how far it has come. */
  progress?: (what: string) => void;
}

const LEASE_MS = 3_000;
const TIMES = { SEND_TIMEOUT_MS: '600', LEASE_MS: `${LEASE_MS}`, RECONCILE_GRACE_MS: '5000', TICK_MS: '30' };
/** How long the provider's index lags behind: less than the grace time, as it has to be. */
const SEARCH_LAG_MS = 3_000;
/** Past the grace time too: what the frozen worker held has been settled by others when it wakes. */
const FROZEN_MS = 3 * LEASE_MS;
/** Without any letter being settled for this long, what is left counts as stuck: the pauses between tries double. */
const STUCK_MS = 150_000;

const FAULTS: Fault[] = [
  { answer: 429, status: 429 },
  { answer: 100, status: 500 },
  { answer: 100, status: 503 },
  'drop',
  'accept-reset',
  'accept-hang',
  'accept-cut',
];
const SEARCH_FAULTS: Fault[] = ['drop', { answer: 100, status: 500 }, 'hang'];

export async function sendingFaults(options: SendingFaults): Promise<FaultReport> {
  const { letters, kills, restarts, freezes, seed, database, progress = () => {} } = options;
  const began = Date.now();
  const random = seeded(seed);
  const watch = { faulty: 0, received: () => {} };
  const postmark = await startFakePostmark({ searchLagMs: SEARCH_LAG_MS, onAccepted: () => watch.received() });
  failAtRandom(postmark, options, random, watch);

  const env = {
    ...TIMES,
    DATABASE_URL: database.url,
    ADMIN_KEY: 'a',
    SIGNING_KEY: 's',
    POSTMARK_TOKEN: 't',
    POSTMARK_URL: postmark.url,
  };
  const read = readSettings(env);
  if ('complaints' in read) throw new Error(read.complaints.join('\n'));
  const db = connect(database.url, { max: 3 });
  const deps = standardDeps({ db, settings: read.settings, wake: () => {}, writeLog: () => {} });
  const workers = await startWorkers(options.workers, env, random);
  try {
    const shopId = await openShop(deps);
    const frozen: Promise<void>[] = [];
    const portions = kills + 1;
    const restartsAt = someOf(restarts, kills, random);
    const freezesAt = someOf(freezes, kills, random);
    const upTo = (portion: number): number => Math.floor((letters * portion) / portions);
    for (let portion = 0; portion < portions; portion += 1) {
      await enrollPortion(deps, shopId, portion, upTo(portion + 1) - upTo(portion));
      if (portion === kills) break;
      const midst = (): Promise<void> =>
        // In the middle of some call, most of the time: at one of the next answers, before the worker can have read it.
        someCalls(watch, random.int(1, Math.max(2, Math.floor(letters / portions))), random.int(200, 1_500));
      await midst();
      workers.kill();
      if (freezesAt.has(portion)) {
        await midst();
        frozen.push(workers.freeze(() => pause(FROZEN_MS)));
      }
      const turn = [...restartsAt].indexOf(portion);
      if (turn >= 0) {
        await midst();
        await database.restart(turn % 2 ? 'orderly' : 'crash');
        await back(deps);
      }
      if (portion % 20 === 19) progress(`seed ${seed}: ${portion + 1} kills, ${postmark.sent().length} accepted`);
    }
    await Promise.all(frozen);
    await settled(deps);
    const rows = await deps.db.engine(({ sql }) => sql<Row[]>`select id, letter, status, reason, resends from message`);
    return verdict({
      seed,
      letters,
      rows,
      accepted: postmark.sent(),
      kills,
      restarts: restartsAt.size,
      freezes: frozen.length,
      calls: postmark.received(),
      faulty: watch.faulty,
      said: workers.said(),
      seconds: (Date.now() - began) / 1_000,
    });
  } finally {
    workers.stop();
    await db.end();
    await postmark.stop();
  }
}

interface Watch {
  faulty: number;
  received: () => void;
}

function failAtRandom(postmark: FakePostmark, { faults, letters }: SendingFaults, random: Random, watch: Watch): void {
  postmark.fail(() => {
    if (!random.chance(faults)) return null;
    watch.faulty += 1;
    watch.received();
    return random.pick(FAULTS);
  });
  postmark.failSearches(Array.from({ length: Math.ceil(letters / 100) }, () => random.pick(SEARCH_FAULTS)));
}

/** Some of the numbers below `below`, each once. */
function someOf(count: number, below: number, random: Random): Set<number> {
  const some = new Set<number>();
  while (some.size < Math.min(count, below)) some.add(random.int(0, below - 1));
  return some;
}

async function openShop(deps: Deps): Promise<string> {
  const { shop } = await createShop(deps, {
    name: 'Lamp & Leaf',
    origins: ['https://shop.example'],
    currency: 'EUR',
    locale: 'en',
    timezone: 'Europe/Berlin',
    sender: { name: 'Lamp & Leaf', email: 'hello@shop.example' },
    postalAddress: '1 Example Street, 10115 Berlin',
    sending: { dailyCap: null, quietHours: null },
  });
  await addFlow(deps, shop.id, 'offer', [{ send: 'offer' }]);
  await addFlow(deps, shop.id, 'reminder', [{ send: 'reminder-1' }]);
  return shop.id;
}

/** Half of them letters that go once more when the provider never had them, half of them such that don't. */
const enrollPortion = (deps: Deps, shopId: string, portion: number, count: number): Promise<unknown> =>
  enrollAll(
    deps,
    shopId,
    Array.from({ length: count }, (_, n) => ({
      email: `p${portion}-${n}-${randomUUID().slice(0, 4)}@example.com`,
      flow: n % 2 ? 'reminder' : 'offer',
    })),
  );

/** Resolves at the given one of the next calls, or after `most` ms. */
async function someCalls(watch: Watch, count: number, most: number): Promise<void> {
  let left = count;
  const enough = new Promise<void>((resolve) => {
    watch.received = () => {
      left -= 1;
      if (left <= 0) resolve();
    };
  });
  await Promise.race([enough, pause(most)]);
}

/** Resolves when the database answers again on all of our connections' behalf. */
async function back(deps: Deps): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await deps.db.engine(async () => {});
    } catch (error) {
      if (tries === 100) throw error;
      await pause(100);
    }
  }
}

/** Waits until every letter is settled, or nothing has moved for long. */
async function settled(deps: Deps): Promise<void> {
  let before = -1;
  for (let since = Date.now(); Date.now() - since < STUCK_MS; ) {
    const [row] = await deps.db.engine(
      ({ sql }) =>
        sql<{ left: number }[]>`select count(*) as left from message where status in ('queued', 'sending', 'unknown')`,
    );
    const left = row?.left ?? 0;
    if (left === 0) return;
    if (left !== before) since = Date.now();
    before = left;
    await pause(200);
  }
}
