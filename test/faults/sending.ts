/** Letters sent by worker processes that are killed and frozen, through a provider that fails: is each accepted exactly once? */

import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { createShop } from '../../api/actions/create-shop.ts';
import type { Deps } from '../../api/deps.ts';
import { readSettings } from '../../api/settings.ts';
import { standardDeps } from '../../api/standard-deps.ts';
import { connect } from '../../db/connect.ts';
import { addFlow, enrollAll } from '../support/enroll.ts';
import { type AcceptedMessage, type Fault, startFakePostmark } from '../support/fake-postmark.ts';
import { seeded } from '../support/random.ts';
import type { FaultReport } from './report.ts';
import { startWorkers } from './worker-processes.ts';

export interface SendingFaults {
  letters: number;
  kills: number;
  seed: number;
  /** The share of calls that meets a fault. */
  faults: number;
  workers: number;
  /** A fresh database with the present schema. */
  databaseUrl: string;
}

const TIMES = { SEND_TIMEOUT_MS: '600', LEASE_MS: '2000', RECONCILE_GRACE_MS: '5000', TICK_MS: '30' };
/** How long the provider's index lags behind: less than the grace time, as it has to be. */
const SEARCH_LAG_MS = 2_000;
/** Past the lease and the grace time: what the frozen worker held has been settled by others when it wakes. */
const FROZEN_MS = 9_000;
/** Without any letter being settled for this long, what is left counts as stuck. */
const STUCK_MS = 30_000;

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
  const { letters, kills, seed, faults, databaseUrl } = options;
  const began = Date.now();
  const random = seeded(seed);
  const watch = { faulty: 0, received: () => {} };
  const postmark = await startFakePostmark({ searchLagMs: SEARCH_LAG_MS, onAccepted: () => watch.received() });
  postmark.fail(() => {
    if (!random.chance(faults)) return null;
    watch.faulty += 1;
    watch.received();
    return random.pick(FAULTS);
  });
  postmark.failSearches(Array.from({ length: Math.ceil(letters / 100) }, () => random.pick(SEARCH_FAULTS)));

  const env = {
    ...TIMES,
    DATABASE_URL: databaseUrl,
    ADMIN_KEY: 'a',
    SIGNING_KEY: 's',
    POSTMARK_TOKEN: 't',
    POSTMARK_URL: postmark.url,
  };
  const read = readSettings(env);
  if ('complaints' in read) throw new Error(read.complaints.join('\n'));
  const db = connect(databaseUrl, { max: 3 });
  const deps = standardDeps({ db, settings: read.settings, wake: () => {}, writeLog: () => {} });
  const workers = startWorkers(options.workers, env, random);
  try {
    const shopId = await openShop(deps);
    const frozen = workers.freeze(() => pause(FROZEN_MS));
    const portions = kills + 1;
    for (let portion = 0; portion < portions; portion += 1) {
      await enrollPortion(
        deps,
        shopId,
        portion,
        Math.floor((letters * (portion + 1)) / portions) - Math.floor((letters * portion) / portions),
      );
      if (portion === kills) break;
      // In the middle of some call, most of the time: at one of the next answers, before the worker can have read it.
      await someCalls(watch, random.int(1, Math.max(2, Math.floor(letters / portions))), random.int(300, 2_500));
      workers.kill();
    }
    await frozen;
    await settled(deps);
    const rows = await deps.db.engine(
      ({ sql }) => sql<Row[]>`select id, letter, status, reason, attempt, resends from message`,
    );
    return report(options, rows, postmark.sent(), {
      faulty: watch.faulty,
      calls: postmark.received(),
      complaints: workers.complaints(),
      seconds: (Date.now() - began) / 1_000,
    });
  } finally {
    workers.stop();
    await db.end();
    await postmark.stop();
  }
}

interface Row {
  id: string;
  letter: string;
  status: string;
  reason: string | null;
  attempt: number;
  resends: number;
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
async function someCalls(watch: { received: () => void }, count: number, most: number): Promise<void> {
  let left = count;
  const enough = new Promise<void>((resolve) => {
    watch.received = () => {
      left -= 1;
      if (left <= 0) resolve();
    };
  });
  await Promise.race([enough, pause(most)]);
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

interface Seen {
  faulty: number;
  calls: number;
  complaints: string[];
  seconds: number;
}

function report(
  { letters, kills, seed }: SendingFaults,
  rows: Row[],
  accepted: AcceptedMessage[],
  seen: Seen,
): FaultReport {
  const times = new Map<string, number>();
  for (const { Metadata } of accepted) times.set(Metadata?.m ?? '', (times.get(Metadata?.m ?? '') ?? 0) + 1);
  const count = (which: (row: Row, times: number) => boolean): number =>
    rows.filter((row) => which(row, times.get(row.id) ?? 0)).length;
  const saysWhy = ({ status, reason }: Row): boolean => status === 'failed' && reason !== null;
  return {
    name: 'sending',
    seed,
    notes: seen.complaints,
    figures: {
      letters: rows.length,
      kills,
      calls: seen.calls,
      'calls with a fault': seen.faulty,
      'accepted once': count((_row, n) => n === 1),
      'reminders given up, and the row says why': count((row, n) => n === 0 && saysWhy(row) && row.letter !== 'offer'),
      'offers given up after a second try, likewise': count(
        (row, n) => n === 0 && saysWhy(row) && row.letter === 'offer',
      ),
      'sent once more': count((row) => row.resends > 0),
      lost: count((row, n) => n === 0 && !saysWhy(row)),
      'accepted twice': count((_row, n) => n > 1),
      'accepted, but the row says otherwise': count((row, n) => n > 0 && row.status !== 'sent'),
      'never planned': letters - rows.length,
      'worker complaints': seen.complaints.length,
      seconds: Math.round(seen.seconds),
    },
    goals: {
      lost: 0,
      'accepted twice': 0,
      'accepted, but the row says otherwise': 0,
      'never planned': 0,
      'worker complaints': 0,
    },
  };
}
