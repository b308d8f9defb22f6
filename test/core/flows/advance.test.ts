/** How a flow runs, step by step and from end to end. */

import { describe, expect, test } from 'vitest';
import type { ContactFact } from '../../../core/contacts/contact-facts.ts';
import { advance, type Circumstances } from '../../../core/flows/advance.ts';
import type { Step } from '../../../core/flows/flow.ts';
import { programOf } from '../../../core/flows/program.ts';
import { DISCOUNT_REMINDER } from '../../../core/recipes/discount-reminder.ts';
import { type ConditionInput, evaluate } from '../../../core/rules/condition.ts';
import { chanceOf } from '../../../core/values/chance.ts';
import { forkCases } from '../../cases/forks.ts';
import { stepCases } from '../../cases/steps.ts';
import { type Random, seeded } from '../../support/random.ts';

const circumstances = (at: number, zone: string, change: Partial<Circumstances> = {}): Circumstances => ({
  at,
  zone,
  holds: () => false,
  chance: () => 0,
  winner: () => null,
  usual: '18:00',
  ...change,
});

describe('steps', () => {
  test.each(stepCases)('%s', (_name, steps, step, at, zone, expected) => {
    const next = advance(programOf(steps), step, circumstances(Date.parse(at), zone));
    expect('wait' in next ? { ...next, wait: new Date(next.wait).toISOString() } : next).toEqual(expected);
  });
});

const START = Date.parse('2026-11-22T09:00:00Z');

/** Everything that happens on the way, in words, with the hours since the start. `heard`: the events come at once, the others never. */
function run(steps: Step[], { facts = {}, chance = 0, heard = [] }: Partial<(typeof forkCases)[number][2]>): string[] {
  const program = programOf(steps);
  const said: string[] = [];
  const input: ConditionInput<ContactFact> = { facts, trail: [] };
  let at = START;
  for (let step = 0, turn = 0; turn <= program.length; turn += 1) {
    const next = advance(
      program,
      step,
      circumstances(at, 'Europe/Moscow', { holds: (one) => evaluate(one, input) === true, chance: () => chance }),
    );
    if ('done' in next) return said;
    if ('stop' in next) return [...said, `stop ${next.stop}`];
    if ('send' in next) said.push(`${next.send} +${(at - START) / 3_600_000}h`);
    if ('tag' in next) said.push(`tag ${next.tag.add.join()}`);
    if ('issue' in next) said.push(`issue ${next.issue.kind}`);
    if ('notify' in next) said.push(`notify ${next.notify}`);
    if ('webhook' in next) said.push(`webhook ${next.webhook}`);
    const missed = 'listen' in next && !heard.includes(next.listen);
    if ('wait' in next && (missed || !('listen' in next))) at = next.wait;
    step = missed ? next.otherwise : next.step;
  }
  throw new Error('never ends');
}

describe('forks', () => {
  test.each(forkCases)('%s', (_name, steps, given, expected) => {
    expect(run(steps, given)).toEqual(expected);
  });
});

test('each subject gets its share, and one person always the same', () => {
  const program = programOf([{ send: 'offer', subjects: [{ en: 'A' }, { en: 'B' }, { en: 'C' }] }]);
  const counts: Record<string, number> = {};
  const subjectOf = (person: string): string => {
    const next = advance(
      program,
      0,
      circumstances(START, 'UTC', { chance: (place) => chanceOf(`${person}:${place}`) }),
    );
    return 'send' in next ? (['A', 'B', 'C'][next.variant ?? 9] ?? '') : '';
  };
  for (let person = 0; person < 9_000; person += 1) {
    const subject = subjectOf(`person-${person}`);
    counts[subject] = (counts[subject] ?? 0) + 1;
    expect(subjectOf(`person-${person}`)).toBe(subject);
  }
  // 3,000 each; four standard deviations are 179.
  for (const subject of ['A', 'B', 'C']) expect(Math.abs((counts[subject] ?? 0) - 3_000)).toBeLessThan(179);
});

describe('variants', () => {
  const steps: Step[] = [
    { send: 'cart-1', variants: [{ button: { en: 'See it' } }, { letter: 'cart-2', wait: '2h', until: '10:00' }] },
  ];
  const sent = (change: Partial<Circumstances>) =>
    advance(programOf(steps), 0, circumstances(Date.parse('2026-11-22T09:00:00Z'), 'UTC', change));

  test('may be another letter at another time', () => {
    expect(sent({ chance: () => 0.2 })).toEqual({ ...plain, send: 'cart-1', variant: 0 });
    expect(sent({ chance: () => 0.7 })).toEqual({
      ...plain,
      send: 'cart-2',
      variant: 1,
      notBefore: Date.parse('2026-11-23T10:00:00Z'),
    });
  });

  test('are drawn no more once one has won, unless nobody is to decide', () => {
    const won = { chance: () => 0.2, winner: () => 1 };
    expect(sent(won)).toMatchObject({ send: 'cart-2', variant: 1 });
    const [only] = programOf([{ ...(steps[0] as Extract<Step, { send: unknown }>), decideBy: 'never' }]);
    expect(only && advance([only], 0, circumstances(0, 'UTC', won))).toMatchObject({ send: 'cart-1', variant: 0 });
  });

  const plain = { step: 1, expiresAfter: null, prompt: true, trial: expect.stringMatching(/^[0-9a-f]{16}$/) };
});

test('draws without memory are uniform: 1,000,000 names over 100 cells', () => {
  const cells = new Array<number>(100).fill(0);
  for (let index = 0; index < 1_000_000; index += 1) {
    const cell = Math.floor(chanceOf(`contact-${index}:flow:3`) * 100);
    cells[cell] = (cells[cell] ?? 0) + 1;
  }
  const chiSquare = cells.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
  // 99 degrees of freedom: 0.1 % lie above 148.2.
  expect(chiSquare).toBeLessThan(148.2);
});

/** Runs the steps as the tick would, each letter leaving at once. */
function plan(steps: Step[], start: number, zone: string): [letter: string, at: string][] {
  const sent: [string, string][] = [];
  let at = start;
  for (let step = 0; ; ) {
    const next = advance(programOf(steps), step, circumstances(at, zone));
    if ('done' in next || 'stop' in next) return sent;
    if ('send' in next) sent.push([next.send, new Date(at).toISOString()]);
    if ('wait' in next) at = next.wait;
    step = next.step;
  }
}

test('the chain of a new shop, over the change of clocks in Berlin', () => {
  expect(plan(DISCOUNT_REMINDER.steps, Date.parse('2026-03-27T19:30:00Z'), 'Europe/Berlin')).toEqual([
    ['offer', '2026-03-27T19:30:00.000Z'],
    ['reminder-1', '2026-03-28T19:30:00.000Z'],
    ['reminder-2', '2026-03-30T18:30:00.000Z'],
    ['last-chance', '2026-04-02T08:00:00.000Z'],
  ]);
});

function anySteps(random: Random, depth: number): Step[] {
  const steps = (): Step[] => (depth > 0 ? anySteps(random, depth - 1) : []);
  return random.list(5, (): Step => {
    switch (random.int(0, 9)) {
      case 0:
        return { stop: 'enough' };
      case 1:
        return { tag: { add: ['seen'] } };
      case 2:
        return { branch: { if: ['orders', '>', 0], then: steps(), else: steps() } };
      case 3:
        return {
          waitFor: {
            event: 'visited',
            timeout: random.pick(['0s', '2h', '3d'] as const),
            then: steps(),
            else: steps(),
          },
        };
      case 4:
        return {
          split: [
            { weight: 1, steps: steps() },
            { weight: 3, steps: steps() },
          ],
        };
      case 5:
      case 6:
        return { send: random.pick(['offer', 'reminder-1'] as const) };
      default: {
        const wait = random.pick(['0s', '30m', '2h', '0d', '1d', '1w'] as const);
        if (random.chance(0.2)) return { wait, days: [random.int(1, 7), 3] };
        return random.chance(0.3) ? { wait, until: random.pick(['00:00', '02:30', '10:00', 'usual']) } : { wait };
      }
    }
  });
}

test('any flow comes to its end in as many turns as its program is long, and time never runs back', () => {
  const random = seeded(1);
  for (let flow = 0; flow < 3_000; flow += 1) {
    const program = programOf(anySteps(random, 3));
    const zone = random.pick(['Europe/Berlin', 'Australia/Lord_Howe', 'Europe/Moscow', 'America/New_York']);
    let at = Date.parse('2026-01-01T00:00:00Z') + random.int(0, 365 * 86_400) * 1_000;
    let step = 0;
    for (let turn = 0; turn <= program.length; turn += 1) {
      const next = advance(
        program,
        step,
        circumstances(at, zone, { holds: () => random.chance(0.5), chance: () => random.int(0, 999) / 1_000 }),
      );
      if ('done' in next || 'stop' in next) break;
      if ('wait' in next) {
        expect(next.wait).toBeGreaterThanOrEqual(at);
        at = next.wait;
      }
      const missed = 'listen' in next && random.chance(0.5) ? next.otherwise : next.step;
      expect(missed).toBeGreaterThan(step);
      step = missed;
      expect(turn).toBeLessThan(program.length);
    }
  }
});
