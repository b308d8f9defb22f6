/**
 * `npm run bench -- due`: letters claimed and settled in a second, beside what pg-boss and graphile-worker do on the same PostgreSQL,
 * in turns; and letters sent through a provider in this process. `N=` (5,000) due in a round, `ROUNDS=` (5), `LATER=` (1,000,000) and
 * `MOST_LATER=` (5,000,000) that are not due yet. The server keeps a quarter of the machine's memory for its pages, 4 GB at most.
 */

import { totalmem } from 'node:os';
import { signToken } from '../../api/signing.ts';
import { seeded } from '../support/random.ts';
import { testCluster } from '../support/test-cluster.ts';
import { type Contestant, rateOf } from './due/contest.ts';
import { graphileWorker } from './due/graphile-worker.ts';
import { type Outbox, outbox } from './due/ours.ts';
import { pgBoss } from './due/pg-boss.ts';
import { installPeers } from './peers/install.ts';
import { quartiles, rounded } from './report/quartiles.ts';
import type { BenchReport } from './report/report.ts';
import { shuffled } from './report/shuffled.ts';
import { table } from './report/table.ts';

const N = Number(process.env.N || 5_000);
const ROUNDS = Number(process.env.ROUNDS || 5);
const LATER = Number(process.env.LATER || 1_000_000);
const MOST_LATER = Number(process.env.MOST_LATER || 5_000_000);
/** What PostgreSQL's documentation advises for `shared_buffers`: as much memory as a server of millions of letters is given. */
const QUARTER_MB = Math.min(4_096, Math.floor(totalmem() / 4 / 2 ** 20));
/** Taken at once. */
const BATCH = 100;
const POLLS = 300;
const SIGNATURES = 5_000;

interface Entry {
  key: string;
  later: number;
  contestant: Contestant;
  work: () => Promise<number>;
}

export async function bench(): Promise<BenchReport> {
  installPeers();
  const cluster = testCluster(process.env.TEST_DATABASE_URL || undefined, { shared_buffers: `${QUARTER_MB}MB` });
  const open: Contestant[] = [];
  const kept = <T extends Contestant>(contestant: T): T => {
    open.push(contestant);
    return contestant;
  };
  const entries: Entry[] = [];
  const enter = async (key: string, later: number, contestant: Contestant): Promise<void> => {
    if (later > 0) await contestant.addLater(later);
    entries.push({ key, later, contestant, work: () => contestant.workAll() });
  };
  try {
    const outboxes: Outbox[] = [];
    for (const later of [0, LATER, MOST_LATER]) {
      say(`making ${later.toLocaleString('en')} letters that are not due yet`);
      const own = kept(await outbox(await cluster.create(), BATCH));
      await enter('linger', later, own);
      outboxes.push(own);
      if (outboxes.length === 3) break;
      await enter('pgBoss', later, kept(await pgBoss(await cluster.create(), BATCH, 'batch')));
      if (later === 0)
        await enter('pgBossMeanwhile', later, kept(await pgBoss(await cluster.create(), BATCH, 'meanwhile')));
      await enter('pgBossOneByOne', later, kept(await pgBoss(await cluster.create(), BATCH, 'each')));
      await enter('graphileWorker', later, kept(await graphileWorker(await cluster.create(), BATCH)));
    }
    const [first, , fullest] = outboxes;
    if (!first || !fullest) throw new Error('no outbox');
    entries.push({ key: 'whole', later: 0, contestant: first, work: () => first.workWhole() });
    entries.push({ key: 'sent', later: 0, contestant: first, work: () => first.sendAll() });

    const rates = await inTurns(entries);
    const figures: Record<string, number> = {};
    for (const [place, { key, later }] of entries.entries())
      figures[nameOf(key, later)] = Math.round(quartiles(rates[place] ?? []).median);
    const ratio = (one: string, other: string): number => rounded((figures[one] ?? 0) / (figures[other] ?? 0), 2);
    figures.besidePgBoss = ratio(nameOf('linger', 0), nameOf('pgBoss', 0));
    figures.besidePgBossMeanwhile = ratio(nameOf('linger', 0), nameOf('pgBossMeanwhile', 0));
    figures.besidePgBossOneByOne = ratio(nameOf('linger', 0), nameOf('pgBossOneByOne', 0));
    figures.besideGraphileWorker = ratio(nameOf('linger', 0), nameOf('graphileWorker', 0));
    figures.besidePgBossWithManyLater = ratio(nameOf('linger', LATER), nameOf('pgBoss', LATER));
    figures.withMostLaterBesideNone = ratio(nameOf('linger', MOST_LATER), nameOf('linger', 0));
    figures.emptyPollMs = await pollMs(fullest);
    figures.signatureUs = await signatureUs();
    return {
      name: 'due',
      tables: [
        table(
          ['claimed and settled, each second', 'not due', 'q1', 'median', 'q3'],
          entries.map(({ contestant, key, later }, place) => {
            const { q1, median, q3 } = quartiles(rates[place] ?? []);
            const name = WAYS[key] ?? contestant.name;
            return [
              name,
              later.toLocaleString('en'),
              ...[q1, median, q3].map((rate) => Math.round(rate).toLocaleString('en')),
            ];
          }),
        ),
      ],
      figures,
      goals: {
        besidePgBoss: { least: 0.9 },
        besidePgBossWithManyLater: { least: 4 },
        withMostLaterBesideNone: { least: 0.9 },
        emptyPollMs: { most: 1 },
      },
    };
  } finally {
    for (const contestant of open) await contestant.close();
    await cluster.stop();
  }
}

/** What else our own worker does with a letter. */
const WAYS: Record<string, string> = { whole: 'linger, gathered and fenced as well', sent: 'linger, sent' };

const nameOf = (key: string, later: number): string => `${key}PerSecondBeside${later}`;

/** Each round takes them in another order; the first, in which plans and caches are made, doesn't count. */
async function inTurns(entries: readonly Entry[]): Promise<number[][]> {
  const rates: number[][] = entries.map(() => []);
  const random = seeded(1);
  for (let round = 0; round <= ROUNDS; round += 1) {
    say(`round ${round} of ${ROUNDS}`);
    for (const entry of shuffled(entries, random)) {
      const rate = await rateOf(entry.contestant, round === 0 ? 500 : N, entry.work);
      if (round === 0) await entry.contestant.analyze();
      else rates[entries.indexOf(entry)]?.push(rate);
    }
  }
  return rates;
}

async function pollMs(own: Outbox): Promise<number> {
  const times: number[] = [];
  for (let poll = 0; poll < POLLS; poll += 1) {
    const began = performance.now();
    await own.poll();
    times.push(performance.now() - began);
  }
  return rounded(quartiles(times).median, 2);
}

/** A letter's link has one each, and a letter some eight links. */
async function signatureUs(): Promise<number> {
  const began = performance.now();
  for (let n = 0; n < SIGNATURES; n += 1) await signToken('signing-key-signing-key', 'click', ID, `${n}`);
  return rounded((1_000 * (performance.now() - began)) / SIGNATURES);
}

const ID = '5f0c1b62-6f0e-4d5c-9f58-0d6ad7a4c7a1';
const say = (what: string): void => console.error(what);
