/**
 * `npm run bench -- rules`: how many decisions core makes in a second, facts and all, with 1, 10 and 100 rules of a realistic shape,
 * on one core and without a database: what a page does at a signal of leaving, and a replay for each visit. `SECONDS=` (3) of each.
 */

import type { Condition } from '../../core/rules/condition.ts';
import { byPriority, type Decidable, type DecideInput, decide, OPEN } from '../../core/rules/decide.ts';
import { whenForPages } from '../../core/rules/standing.ts';
import { localTime } from '../../core/values/calendar.ts';
import { visitFacts } from '../../core/visits/facts.ts';
import { foldVisit, newVisit, type VisitState } from '../../core/visits/visit.ts';
import { type Random, seeded } from '../support/random.ts';
import { randomVisit } from '../support/random-visit.ts';
import type { BenchReport } from './report/report.ts';
import { table } from './report/table.ts';

const SECONDS = Number(process.env.SECONDS || 3);
const SEED = Number(process.env.SEED || 1);
const COUNTS = [1, 10, 100] as const;
const NOON = Date.UTC(2026, 10, 1, 12);

export async function bench(): Promise<BenchReport> {
  const random = seeded(SEED);
  const visits = Array.from({ length: 500 }, () => stateOf(random));
  const figures: Record<string, number> = {};
  const rows: string[][] = [];
  for (const count of COUNTS) {
    const rules = byPriority(Array.from({ length: count }, (_, n) => ruleOf(n, random)));
    const found = measure(rules, visits);
    const perRule = found.perSecond * count;
    figures[`decisionsPerSecondOf${count}`] = Math.round(found.perSecond);
    figures[`evaluationsPerSecondOf${count}`] = Math.round(perRule);
    const numbers = [found.perSecond, perRule].map((value) => Math.round(value).toLocaleString('en'));
    rows.push([`${count}`, ...numbers, `${((found.shown / found.decisions) * 100).toFixed(1)} %`]);
  }
  return {
    name: 'rules',
    tables: [table(['rules', 'decisions/s', 'rules judged/s', 'spoke'], rows)],
    figures,
    // A third of what a small machine does that has other things to do.
    goals: {
      decisionsPerSecondOf1: { least: 50_000 },
      decisionsPerSecondOf10: { least: 25_000 },
      decisionsPerSecondOf100: { least: 8_000 },
    },
  };
}

/** Every rule is asked, as where all of them keep quiet: what a page's decision costs at most. */
function measure(
  rules: readonly Decidable[],
  visits: readonly VisitState[],
): { perSecond: number; decisions: number; shown: number } {
  const arms = Object.fromEntries(rules.map(({ id }) => [id, null]));
  let [decisions, shown] = [0, 0];
  const judge = (visit: VisitState): void => {
    const input = inputOf(visit, arms);
    for (const rule of rules) OPEN.when(rule, input);
    if ('show' in decide(rules, input)) shown += 1;
    decisions += 1;
  };
  for (const visit of visits) judge(visit);
  [decisions, shown] = [0, 0];
  const began = performance.now();
  while (performance.now() - began < SECONDS * 1_000) for (const visit of visits.slice(0, 50)) judge(visit);
  return { perSecond: decisions / ((performance.now() - began) / 1_000), decisions, shown };
}

function inputOf(visit: VisitState, arms: DecideInput['arms']): DecideInput {
  const facts = visitFacts({
    visit,
    visitor: {
      visits: 2,
      daysSinceLastVisit: 3,
      subscribed: false,
      facts: { country: 'DE', device: 'mobile', browser: 'Chrome', os: 'Android' },
    },
    purchasedAt: null,
    refusedAt: null,
    language: 'de',
    currency: 'EUR',
    wall: localTime(NOON, 'Europe/Berlin'),
    now: NOON,
  });
  const { trail, purchased } = visit;
  return { facts, trail, moment: 'exit', purchased, refusedAt: null, shown: {}, arms, now: NOON };
}

const stateOf = (random: Random): VisitState => {
  const events = randomVisit(random, 40);
  const visit = events.reduce(foldVisit, newVisit(events[0]?.at ?? NOON));
  return { ...visit, purchased: false };
};

/** Of the shapes that shops write: depth, cart, pages, hours, origin, sequence. */
function ruleOf(number: number, random: Random): Decidable {
  const kinds: (() => Condition)[] = [
    () => ({
      all: [
        ['pages', '>=', random.int(2, 9)],
        ['seconds', '>=', random.int(20, 200)],
        {
          any: [
            ['carted', '>=', random.int(1, 4)],
            ['viewed', '>=', random.int(2, 8)],
          ],
        },
      ],
    }),
    () => ({ all: [['cartValue', '>=', random.int(5, 50)], { not: ['path', 'startsWith', '/checkout'] }] }),
    () => ({
      all: [
        ['utm.source', 'in', ['mail', 'ads', 'partner']],
        ['country', 'in', ['DE', 'AT', 'CH']],
        ['visits', '>', 1],
      ],
    }),
    () => ({ sequence: ['view_item', 'add_to_cart', 'exit_intent'], within: '30m' }),
    () => ({
      all: [
        ['items.category', 'contains', `c${random.int(0, 5)}`],
        ['refusedWithinDays', '>', 30],
      ],
    }),
  ];
  const pages = random.chance(0.3) ? { exclude: ['/checkout/*', '*account*'] } : {};
  const schedule = random.chance(0.3) ? { weekdays: [1, 2, 3, 4, 5], hours: { from: 9, to: 18 } } : {};
  return {
    id: `rule-${number}`,
    priority: random.int(-9, 9),
    moment: 'exit',
    when: whenForPages({ when: random.pick(kinds)(), offer: { kind: 'none' }, pages, schedule }),
    quietFor: { refused: '30d', shown: '1d' },
  };
}
