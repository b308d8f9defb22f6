/**
 * `npm run bench -- experiments`: shops whose truth is known (DESIGN §3). What it costs until the size of a discount has found itself, and how
 * often a shop whose offer does nothing is told of a winner. `SEEDS=` (3) times with other chances, from `SEED=` (1) on.
 */

import { seeded } from '../support/random.ts';
import { ALIKE, firstVerdict } from '../support/simulated-experiment.ts';
import { eager, live, tempted, unmoved } from '../support/simulated-shop.ts';
import { rounded } from './report/quartiles.ts';
import type { BenchReport } from './report/report.ts';
import { table } from './report/table.ts';

const SEED = Number(process.env.SEED || 1);
const SEEDS = Array.from({ length: Number(process.env.SEEDS || 3) }, (_, index) => SEED + index);
/** With each seed. */
const LIVES = 8;
const SHOPS = 1_000;
/** Of so many eligible visitors. */
const MONTH = { days: 30, perDay: 3_000 };
const DAYS_LOOKED_AT = 60;

const NOTHING = 'discounts sell nothing';
const TRUTHS = [
  ['10 % is the best, by 6 % before 15', tempted],
  [NOTHING, unmoved],
  ['15 % is the best', eager],
] as const;

export async function bench(): Promise<BenchReport> {
  const lives = TRUTHS.flatMap(([truth, shop]) =>
    SEEDS.map((seed) => {
      const random = seeded(seed).unit;
      const lived = Array.from({ length: LIVES }, () => live(shop, { ...MONTH, random }));
      const regret = lived.reduce((sum, one) => sum + one.regret, 0) / LIVES;
      const worth = lived.reduce((sum, one) => sum + one.worth, 0) / LIVES;
      return { truth, seed, regret, worth, found: lived.filter(({ best }) => best > 0.5).length };
    }),
  );
  const winners = ALIKE.flatMap(([shop, alike]) =>
    SEEDS.map((seed) => {
      const random = seeded(seed).unit;
      const called = Array.from({ length: SHOPS }, () => firstVerdict(alike, DAYS_LOOKED_AT, random));
      return { shop, seed, wrong: called.filter(Boolean).length };
    }),
  );
  return {
    name: 'experiments',
    tables: [
      table(
        [
          'shop in which',
          'seed',
          'regret % of an even split',
          'worth at the end, % of the best',
          `best found, of ${LIVES}`,
        ],
        lives.map(({ truth, seed, regret, worth, found }) => [
          truth,
          `${seed}`,
          (regret * 100).toFixed(1),
          (worth * 100).toFixed(1),
          `${found}`,
        ]),
      ),
      table(
        ['shop whose offer does nothing', 'seed', `winners called, of ${SHOPS}`],
        winners.map(({ shop, seed, wrong }) => [shop, `${seed}`, `${wrong}`]),
      ),
    ],
    figures: {
      largestRegret: rounded(Math.max(...lives.map(({ regret }) => regret)), 3),
      leastWorthAtTheEnd: rounded(Math.min(...lives.map(({ worth }) => worth)), 3),
      bestFound: rounded(lives.reduce((sum, { found }) => sum + found, 0) / (lives.length * LIVES), 3),
      nothingFound: rounded(
        Math.min(...lives.flatMap(({ truth, found }) => (truth === NOTHING ? [found / LIVES] : []))),
        3,
      ),
      mostFalseWinners: Math.max(...winners.map(({ wrong }) => wrong)),
    },
    goals: {
      largestRegret: { most: 0.25 },
      leastWorthAtTheEnd: { least: 0.95 },
      bestFound: { least: 0.9 },
      nothingFound: { least: 1 },
      mostFalseWinners: { most: SHOPS / 20 },
    },
  };
}
