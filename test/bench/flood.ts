/**
 * `npm run bench -- flood`: what a shop's visitors notice while one address floods another shop of the same server (TRUST 1). The real server
 * on a real database, over loopback, calm and flooded by turns. `RATE=` (10,000) calls a second are tried, `ROUNDS=` (6) of each kind, of
 * `SECONDS=` (8). Server, database, flooder and visitors share this machine's cores: what the flooder takes of them is measured, too.
 */

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import postgres from 'postgres';
import { startServer } from '../support/server.ts';
import { testCluster } from '../support/test-cluster.ts';
import { quantile } from './claim-timing/welch.ts';
import { type Target, visitSender } from './flood/visits.ts';
import { rounded } from './report/quartiles.ts';
import type { BenchReport } from './report/report.ts';
import { table } from './report/table.ts';

const RATE = Number(process.env.RATE || 10_000);
const ROUNDS = Number(process.env.ROUNDS || 6);
const SECONDS = Number(process.env.SECONDS || 8);
/** Of the shop that nobody floods. */
const VISITS_PER_SECOND = 40;
const ADMIN_KEY = 'admin-key-of-the-bench';

interface Shop extends Target {
  id: string;
}

interface Round {
  flooded: boolean;
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
  const script = fileURLToPath(new URL('./flood/flooder.ts', import.meta.url));
  const flooder = fork(script, [JSON.stringify({ ...flooded, perSecond: RATE })]);
  const rounds: Round[] = [];
  // The first warms up and is not counted.
  await visits(calm);
  for (let number = 0; number < 2 * ROUNDS; number += 1) {
    // Calm, flooded, flooded, calm: what grows with time falls on both alike.
    const isFlooded = number % 4 === 1 || number % 4 === 2;
    if (isFlooded) {
      flooder.send('go');
      await pause(500);
    }
    const times = await visits(calm);
    let answered = 0;
    if (isFlooded) {
      flooder.send('stop');
      [answered] = (await once(flooder, 'message')) as [number];
      await pause(1_000);
    }
    rounds.push({ flooded: isFlooded, times, floodPerSecond: answered / (SECONDS + 0.5) });
  }
  flooder.disconnect();
  return rounds;
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
  const timesOf = (flooded: boolean): number[] =>
    rounds.filter((round) => round.flooded === flooded).flatMap(({ times }) => times);
  const [calm, under] = [timesOf(false), timesOf(true)];
  const row = (name: string, times: readonly number[]): string[] => [
    name,
    times.length.toLocaleString('en'),
    ...[0.5, 0.9, 0.99].map((part) => quantile(times, part).toFixed(1)),
  ];
  const sent = VISITS_PER_SECOND * SECONDS * (2 * ROUNDS + 1);
  const floods = rounds.filter(({ flooded }) => flooded).map(({ floodPerSecond }) => floodPerSecond);
  const change = (quantile(under, 0.99) / quantile(calm, 0.99) - 1) * 100;
  return {
    name: 'flood',
    tables: [
      table(['another shop’s visits', 'count', 'p50 ms', 'p90', 'p99'], [row('calm', calm), row('flooded', under)]),
      `${Math.round(Math.max(...floods)).toLocaleString('en')} calls a second of ${RATE.toLocaleString('en')} were answered in the best flooded round.`,
    ],
    figures: {
      p99Calm: rounded(quantile(calm, 0.99)),
      p99Flooded: rounded(quantile(under, 0.99)),
      p99ChangePercent: rounded(change),
      floodPerSecond: Math.round(floods.reduce((sum, one) => sum + one, 0) / floods.length),
      floodVisitsKept: keptFlooded,
      otherVisitsLost: sent - keptCalm,
    },
    goals: { p99ChangePercent: { most: 10 }, otherVisitsLost: { most: 0 }, floodPerSecond: { least: RATE } },
  };
}
