/**
 * `npm run bench -- dry-run`: a rule tried on the visits of a month, beside four rules in force, on a real database in the same machine.
 * `N=` (1,000,000) visits; the goal for a minute is for the million, and smaller runs are held to their part of it.
 */

import { createRule } from '../../api/actions/rules/change-rule.ts';
import { type DryRun, dryRunRule } from '../../api/actions/rules/dry-run-rule.ts';
import { createShop } from '../../api/actions/shops/create-shop.ts';
import type { Deps } from '../../api/deps.ts';
import { ruleInput } from '../../api/schemas/rule.ts';
import { shopInput } from '../../api/schemas/shop.ts';
import { readSettings } from '../../api/settings.ts';
import { standardDeps } from '../../api/standard-deps.ts';
import { connect } from '../../db/connect.ts';
import { seeded } from '../support/random.ts';
import { testCluster } from '../support/test-cluster.ts';
import { makePast } from './dry-run/past.ts';
import type { BenchReport } from './report/report.ts';
import { table } from './report/table.ts';

const N = Number(process.env.N || 1_000_000);
const MOST_SECONDS = 60;
/** What garbage collection swings by; a leak of a kilobyte a visit would be a thousand. */
const MOST_GROWTH_MB = 120;
const MB = 2 ** 20;

const SHOP = {
  name: 'Lamp & Leaf',
  origins: ['https://shop.example'],
  currency: 'EUR',
  locale: 'en',
  timezone: 'Europe/Berlin',
  sender: { name: 'Lamp & Leaf', email: 'hello@shop.example' },
  postalAddress: '1 Example Street, 10115 Berlin',
};

const RULE = {
  name: 'Leaving with things in mind',
  moment: 'exit',
  when: {
    all: [
      ['pages', '>=', 2],
      ['seconds', '>=', 20],
      {
        any: [
          ['carted', '>=', 1],
          ['viewed', '>=', 2],
        ],
      },
    ],
  },
  pages: { exclude: ['/checkout/*'] },
  offer: { kind: 'percent', value: 10, minOrder: 30 },
};
const OTHERS = [
  { ...RULE, name: 'Full cart', enabled: true, priority: 9, when: ['cartValue', '>=', 150] },
  {
    ...RULE,
    name: 'Mobile',
    enabled: true,
    priority: 5,
    when: {
      all: [
        ['device', '=', 'mobile'],
        ['pages', '>=', 5],
      ],
    },
  },
  {
    ...RULE,
    name: 'Evenings',
    enabled: true,
    priority: -1,
    schedule: { weekdays: [1, 2, 3, 4, 5], hours: { from: 18, to: 23 } },
  },
  {
    ...RULE,
    name: 'Came back',
    enabled: true,
    priority: -2,
    when: { sequence: ['view_item', 'add_to_cart', 'exit_intent'], within: '30m' },
  },
];

export async function bench(): Promise<BenchReport> {
  const cluster = testCluster(process.env.TEST_DATABASE_URL || undefined);
  const databaseUrl = await cluster.create();
  const db = connect(databaseUrl);
  try {
    const deps = depsOf(databaseUrl, db);
    const { shop } = await createShop(deps, shopInput.parse(SHOP));
    for (const rule of OTHERS) await createRule(deps, shop, ruleInput.parse(rule));
    const midnight = Math.floor(Date.now() / 86_400_000) * 86_400_000;
    say(`making ${N.toLocaleString('en')} visits`);
    const past = await makePast(databaseUrl, shop.id, {
      visits: N,
      begin: midnight - 31 * 86_400_000,
      random: seeded(1),
    });

    const rule = { ...ruleInput.parse(RULE), id: deps.newId() };
    const memory: number[] = [];
    const began = performance.now();
    const work = dryRunRule(deps, shop, rule, past);
    let step = await work.next();
    while (!step.done) {
      memory.push(process.memoryUsage().rss / MB);
      if (step.value.visits % 50_000 === 0) say(`${step.value.visits.toLocaleString('en')} visits replayed`);
      step = await work.next();
    }
    const seconds = (performance.now() - began) / 1_000;
    return reportOf(step.value, { seconds, memory, folded: past.folded });
  } finally {
    await db.end();
    await cluster.stop();
  }
}

function depsOf(databaseUrl: string, db: ReturnType<typeof connect>): Deps {
  const read = readSettings({
    DATABASE_URL: databaseUrl,
    ADMIN_KEY: 'admin-key',
    SIGNING_KEY: 'signing-key-signing-key',
    PUBLIC_URL: URL,
  });
  if ('complaints' in read) throw new Error(read.complaints.join('\n'));
  return standardDeps({ db, settings: read.settings, wake: () => {}, writeLog: () => {} });
}

const URL = 'https://linger.example';

function reportOf(
  found: DryRun,
  { seconds, memory, folded }: { seconds: number; memory: readonly number[]; folded: number },
): BenchReport {
  // The first tenth warms the machine up; flat is what comes after.
  const warm = memory[Math.ceil(memory.length / 10)] ?? 0;
  const figures = {
    visits: found.visits,
    seconds: Number(seconds.toFixed(1)),
    visitsPerSecond: Math.round(found.visits / seconds),
    rssMb: Math.round(Math.max(...memory)),
    rssGrowthMb: Math.round(Math.max(...memory) - warm),
    foldedAgainPercent: Number((folded * 100).toFixed(1)),
    eligible: found.eligible,
    shown: found.shown,
    boughtAnyway: found.boughtAnyway,
  };
  return {
    name: 'dry-run',
    tables: [
      table(
        ['what', 'count'],
        Object.entries(figures).map(([name, value]) => [name, value.toLocaleString('en')]),
      ),
      table(
        ['also open', 'visits', 'goes first'],
        found.overlap.map(({ name, visits, first }) => [name, visits.toLocaleString('en'), first.toLocaleString('en')]),
      ),
    ],
    figures,
    goals: {
      visits: { least: N },
      seconds: { most: Number(((MOST_SECONDS * N) / 1_000_000).toFixed(1)) },
      rssGrowthMb: { most: MOST_GROWTH_MB },
    },
  };
}

const say = (what: string): void => console.error(what);
