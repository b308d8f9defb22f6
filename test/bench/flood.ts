/**
 * `npm run bench -- flood`: what a shop's visitors notice while one address floods another shop of the same server (TRUST 1). The real server
 * on a real database, over loopback. Server, database, flooder and visitors share this machine's cores, so there are rounds of three kinds by
 * turns: calm; the flooder at a bare server beside ours, which tells what is lost by its own work; the flooder at ours. `RATE=` (10,000)
 * calls a second are tried over `CONNECTIONS=` (64), `ROUNDS=` (12) of each kind, of `SECONDS=` (5): many short ones, so that a machine that is
 * busy for a while is so for all kinds alike. The interval holds 90 of 100 ratios of rounds drawn anew (bootstrap).
 */

import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import postgres from 'postgres';
import { seeded } from '../support/random.ts';
import { startServer } from '../support/server.ts';
import { testCluster } from '../support/test-cluster.ts';
import { quantile } from './claim-timing/welch.ts';
import type { Flood } from './flood/flooder.ts';
import { type Target, visitSender } from './flood/visits.ts';
import { rounded } from './report/quartiles.ts';
import type { BenchReport } from './report/report.ts';
import { table } from './report/table.ts';

const RATE = Number(process.env.RATE || 10_000);
const CONNECTIONS = Number(process.env.CONNECTIONS || 64);
const ROUNDS = Number(process.env.ROUNDS || 12);
const SECONDS = Number(process.env.SECONDS || 5);
/** Of the shop that nobody floods. */
const VISITS_PER_SECOND = 40;
const ADMIN_KEY = 'admin-key-of-the-bench';

interface Shop extends Target {
  id: string;
}

const KINDS = ['calm', 'bare', 'ours'] as const;

/** Who is flooded. */
type Kind = (typeof KINDS)[number];

interface Round {
  kind: Kind;
  /** ms from when each visit was due to its answer. */
  times: number[];
  floodPerSecond: number;
}

export async function bench(): Promise<BenchReport> {
  const cluster = testCluster(process.env.TEST_DATABASE_URL || undefined);
  const databaseUrl = await cluster.create();
  const env = { DATABASE_URL: databaseUrl, ADMIN_KEY, SIGNING_KEY: 'signing-key-of-the-bench', DEMO: '0' };
  const server = await startServer({ env: { ...env, TRUSTED_PROXIES: '1' } });
  const sql = postgres(databaseUrl, { max: 1 });
  try {
    const [calm, flooded] = [await openShop(server.url, 'calm'), await openShop(server.url, 'flooded')];
    const rounds = await measure(calm, flooded);
    const kept = async ({ id }: Shop): Promise<number> =>
      Number((await sql<{ count: string }[]>`select count(*) from visit where shop_id = ${id}`)[0]?.count);
    return reportOf(rounds, await kept(calm), await kept(flooded));
  } finally {
    await sql.end();
    await server.stop();
    await cluster.stop();
  }
}

async function openShop(url: string, name: string): Promise<Shop> {
  const origin = `https://${name}.example`;
  const response = await fetch(`${url}/v1/shops`, {
    method: 'POST',
    headers: { authorization: `Bearer ${ADMIN_KEY}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      name,
      origins: [origin],
      currency: 'EUR',
      locale: 'en',
      timezone: 'UTC',
      sender: { name, email: `hello@${name}.example` },
      postalAddress: '1 Example Street, London',
    }),
  });
  if (response.status !== 201) throw new Error(`no shop: ${await response.text()}`);
  const { id, siteKey } = (await response.json()) as { id: string; siteKey: string };
  return { id, siteKey, url, origin };
}

async function measure(calm: Shop, flooded: Shop): Promise<Round[]> {
  const beside = (script: URL, ...args: string[]): ChildProcess => fork(fileURLToPath(script), args);
  const flood: Flood = { ...flooded, perSecond: RATE, connections: CONNECTIONS };
  const flooder = beside(new URL('./flood/flooder.ts', import.meta.url), JSON.stringify(flood));
  const bare = beside(new URL('./flood/bare.ts', import.meta.url));
  const [port] = (await once(bare, 'message')) as [number];
  const urls: Record<Kind, string | null> = { calm: null, bare: `http://127.0.0.1:${port}`, ours: flooded.url };
  const rounds: Round[] = [];
  // The first warms up and is not counted.
  await visits(calm);
  for (let number = 0; number < ROUNDS; number += 1) {
    // To and fro: what grows with time falls on all alike.
    for (const kind of number % 2 ? KINDS.toReversed() : KINDS)
      rounds.push({ kind, ...(await round(calm, flooder, urls[kind])) });
  }
  for (const child of [flooder, bare]) child.disconnect();
  return rounds;
}

async function round(calm: Shop, flooder: ChildProcess, url: string | null): Promise<Omit<Round, 'kind'>> {
  if (url === null) return { times: await visits(calm), floodPerSecond: 0 };
  const began = performance.now();
  flooder.send(url);
  await pause(500);
  const times = await visits(calm);
  flooder.send('stop');
  const [answered] = (await once(flooder, 'message')) as [number];
  const seconds = (performance.now() - began) / 1_000;
  await pause(1_000);
  return { times, floodPerSecond: answered / seconds };
}

/** At an even rate whatever the answers take, each from an address of its own. */
async function visits(shop: Shop): Promise<number[]> {
  const sender = visitSender(shop, 64);
  const began = performance.now();
  const calls = Array.from({ length: VISITS_PER_SECOND * SECONDS }, async (_, number) => {
    const due = (number * 1_000) / VISITS_PER_SECOND;
    await pause(due);
    const status = await sender.visit(`203.0.${number % 250}.${1 + (number % 200)}`);
    if (status !== 202) throw new Error(`a visit was answered ${status}`);
    return performance.now() - began - due;
  });
  const times = await Promise.all(calls);
  sender.close();
  return times;
}

function reportOf(rounds: readonly Round[], keptCalm: number, keptFlooded: number): BenchReport {
  const of = (kind: Kind): Round[] => rounds.filter((round) => round.kind === kind);
  const timesOf = (kind: Kind): number[] => of(kind).flatMap(({ times }) => times);
  const p99 = (kind: Kind): number => quantile(timesOf(kind), 0.99);
  const floodOf = (kind: Kind): number => of(kind).reduce((sum, one) => sum + one.floodPerSecond, 0) / ROUNDS;
  const over = (kind: Kind): number => rounded((p99('ours') / p99(kind) - 1) * 100);
  const drawn = overBareDrawnAnew(of('ours'), of('bare'));
  const row = (name: string, kind: Kind): string[] => [
    name,
    timesOf(kind).length.toLocaleString('en'),
    ...[0.5, 0.9, 0.99].map((part) => quantile(timesOf(kind), part).toFixed(1)),
    Math.round(floodOf(kind)).toLocaleString('en'),
  ];
  const sent = VISITS_PER_SECOND * SECONDS * (3 * ROUNDS + 1);
  return {
    name: 'flood',
    tables: [
      table(
        ['another shop’s visits', 'count', 'p50 ms', 'p90', 'p99', 'calls of the flood answered a second'],
        [row('calm', 'calm'), row('a bare server flooded beside', 'bare'), row('ours flooded', 'ours')],
      ),
      `p99 beside ours over that beside the bare server: ${over('bare')} % (${quantile(drawn, 0.05).toFixed(0)} to ${quantile(drawn, 0.95).toFixed(0)})`,
    ],
    figures: {
      p99Calm: rounded(p99('calm')),
      p99Bare: rounded(p99('bare')),
      p99Ours: rounded(p99('ours')),
      p99OverBarePercent: over('bare'),
      p99OverBareFrom: rounded(quantile(drawn, 0.05)),
      p99OverBareTo: rounded(quantile(drawn, 0.95)),
      p99OverCalmPercent: over('calm'),
      floodPerSecond: Math.round(floodOf('ours')),
      barePerSecond: Math.round(floodOf('bare')),
      floodVisitsKept: keptFlooded,
      otherVisitsLost: sent - keptCalm,
    },
    goals: { p99OverBarePercent: { most: 10 }, otherVisitsLost: { most: 0 } },
  };
}

/** By how many percent the p99 of one kind's rounds lies over the other's, of many draws with putting back. */
function overBareDrawnAnew(ours: readonly Round[], bare: readonly Round[]): number[] {
  const random = seeded(1);
  const draw = (rounds: readonly Round[]): number[] => rounds.flatMap(() => random.pick(rounds).times);
  return Array.from({ length: 1_000 }, () => (quantile(draw(ours), 0.99) / quantile(draw(bare), 0.99) - 1) * 100);
}
