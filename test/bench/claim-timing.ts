/**
 * `npm run bench -- claim-timing`: whether the time of a claim's answer tells what is known of its address (TRUST 7). The real server on
 * a real database, over the loopback interface; the classes' claims mixed by chance. `CLAIMS=` (5,000) of each class, for at most
 * `SECONDS=` (600); `AT_ONCE=` (12) under way at a time.
 */

import { addressHash } from '../../api/signing.ts';
import { connect } from '../../db/connect.ts';
import { suppress, unsubscribeContact } from '../../db/contacts.ts';
import { seeded } from '../support/random.ts';
import { startServer } from '../support/server.ts';
import { testCluster } from '../support/test-cluster.ts';
import { type Claimer, type ClaimerOptions, newClaimer } from './claim-timing/claimer.ts';
import { largestT, quantile, welch } from './claim-timing/welch.ts';
import { rounded } from './report/quartiles.ts';
import type { BenchReport } from './report/report.ts';
import { shuffled } from './report/shuffled.ts';
import { table } from './report/table.ts';

const CLAIMS = Number(process.env.CLAIMS || 5_000);
const SECONDS = Number(process.env.SECONDS || 600);
const AT_ONCE = Number(process.env.AT_ONCE || 12);
/** People who have a code before it begins; they are claimed for again and again. */
const PEOPLE = 250;
const FLOOR_MS = 150;
const ORIGIN = 'https://shop.example';
const [ADMIN_KEY, SIGNING_KEY] = ['admin-key-of-the-bench', 'signing-key-of-the-bench'];

/** All names have as many letters: the length of a call tells nothing. */
const name = (word: string, number: number): string => `${word}-${String(number).padStart(6, '0')}`;
const CLASSES = {
  new: (number: number) => `${name('fresh', number)}@buyers.example`,
  known: (number: number) => `${name('known', number % PEOPLE)}@buyers.example`,
  suppressed: (number: number) => `${name('quiet', number % PEOPLE)}@buyers.example`,
  disposable: (number: number) => `${name('throw', number)}@thrown.example`,
} as const;
type Class = keyof typeof CLASSES;
const NAMES = Object.keys(CLASSES) as Class[];

interface Shop extends ClaimerOptions {
  id: string;
}

export async function bench(): Promise<BenchReport> {
  const cluster = testCluster(process.env.TEST_DATABASE_URL || undefined);
  const databaseUrl = await cluster.create();
  const server = await startServer({
    env: { DATABASE_URL: databaseUrl, ADMIN_KEY, SIGNING_KEY, DEMO: '0', DISPOSABLE_DOMAINS: 'thrown.example' },
  });
  try {
    const shop = await openShop(server.url);
    await prepare(shop, databaseUrl);
    return reportOf(await measure(shop));
  } finally {
    await server.stop();
    await cluster.stop();
  }
}

async function openShop(url: string): Promise<Shop> {
  const post = async (path: string, key: string, body: unknown) => {
    const response = await fetch(`${url}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (response.status !== 201) throw new Error(`${path} answers ${response.status}: ${await response.text()}`);
    return (await response.json()) as { id: string; siteKey: string; secretKey: string };
  };
  const shop = await post('/v1/shops', ADMIN_KEY, {
    name: 'Lamp & Leaf',
    origins: [ORIGIN],
    currency: 'EUR',
    locale: 'en',
    timezone: 'UTC',
    sender: { name: 'Lamp & Leaf', email: 'hello@shop.example' },
    postalAddress: '1 Example Street, London',
  });
  const rule = await post('/v1/rules', shop.secretKey, {
    name: 'Leaving',
    enabled: true,
    moment: 'exit',
    when: ['pages', '>=', 1],
    offer: { kind: 'percent', value: 10, expiresIn: '7d' },
    code: { mode: 'unique', reveal: 'email' },
    holdout: 0,
  });
  return { id: shop.id, url, siteKey: shop.siteKey, origin: ORIGIN, rule: rule.id };
}

/** People with a code and a chain; half of them want no letters any more, or can't get them. */
async function prepare(shop: Shop, databaseUrl: string): Promise<void> {
  const known = Array.from({ length: PEOPLE }, (_, number) => CLASSES.known(number));
  const quiet = Array.from({ length: PEOPLE }, (_, number) => CLASSES.suppressed(number));
  await atOnce(shop, [...known, ...quiet], async (claimer, email) => void (await claimer.claim(email)));
  const db = connect(databaseUrl, { max: 1 });
  await db.engine(async (tx) => {
    for (const canonical of quiet) {
      const [person] = await tx.sql<{ id: string }[]>`select id from contact where canonical = ${canonical}`;
      if (!person) throw new Error(`${canonical} could not claim`);
      await unsubscribeContact(tx, shop.id, person.id);
      await suppress(tx, shop.id, await addressHash(SIGNING_KEY, canonical), 'bounced');
    }
  });
  await db.end();
}

/** As many connections as claims may be under way; each takes the next when it has its answer. */
async function atOnce<T>(shop: Shop, things: T[], work: (claimer: Claimer, thing: T) => Promise<void>): Promise<void> {
  const next = things[Symbol.iterator]();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      const claimer = newClaimer(shop);
      for (const thing of next) await work(claimer, thing);
      claimer.close();
    }),
  );
}

interface Found {
  times: Record<Class, number[]>;
  refused: number[];
  answers: Set<string>;
  seconds: number;
}

/** In rounds of every class in an order of chance, so that what else the machine does falls on all of them alike. */
async function measure(shop: Shop): Promise<Found> {
  const random = seeded(1);
  const found: Found = {
    times: { new: [], known: [], suppressed: [], disposable: [] },
    refused: [],
    answers: new Set(),
    seconds: 0,
  };
  const rounds = Array.from({ length: CLAIMS }, (_, number) => number);
  const claims = rounds.flatMap((number) =>
    shuffled([...NAMES, ...(number % 10 === 0 ? (['refused'] as const) : [])], random).map((kind) => ({
      kind,
      number,
    })),
  );
  const began = performance.now();
  const elapsed = (): number => (performance.now() - began) / 1_000;
  await atOnce(shop, claims, async (claimer, { kind, number }) => {
    if (elapsed() > SECONDS) return;
    if (kind === 'refused') {
      found.refused.push((await claimer.claim(CLASSES.new(CLAIMS + number), { eligible: false })).ms);
      return;
    }
    const { ms, answer } = await claimer.claim(CLASSES[kind](number));
    found.times[kind].push(ms);
    found.answers.add(answer);
  });
  return { ...found, seconds: elapsed() };
}

function reportOf({ times, refused, answers, seconds }: Found): BenchReport {
  const groups = NAMES.map((kind) => times[kind]);
  const row = (kind: string, values: readonly number[]): string[] => [
    kind,
    values.length.toLocaleString('en'),
    ...[0.5, 0.9, 0.99].map((part) => quantile(values, part).toFixed(2)),
    ((values.filter((ms) => ms > FLOOR_MS + 50).length / values.length) * 100).toFixed(1),
    kind === 'new' ? '' : welch(values, times.new).toFixed(2),
  ];
  return {
    name: 'claim-timing',
    tables: [
      table(
        ['address', 'claims', 'p50 ms', 'p90', 'p99', '% late', 't to new'],
        [...NAMES.map((kind) => row(kind, times[kind])), row('(refused visit)', refused)],
      ),
      `${AT_ONCE} at once for ${seconds.toFixed(0)} s; late: 50 ms after the floor of ${FLOOR_MS} ms. A refusal is told apart by its status.`,
    ],
    figures: {
      claimsPerClass: Math.min(...groups.map((group) => group.length)),
      answers: answers.size,
      largestT: rounded(largestT(groups), 2),
      largestTOfCalmNineTenths: rounded(largestT(groups, 0.9), 2),
      earliestMs: rounded(Math.min(...groups.flat()), 2),
    },
    goals: {
      claimsPerClass: { least: CLAIMS },
      answers: { most: 1 },
      largestT: { most: 4.5 },
      largestTOfCalmNineTenths: { most: 4.5 },
      earliestMs: { least: FLOOR_MS - 2 },
    },
  };
}
