/** How a flow runs, step by step and from end to end. */

import { describe, expect, test } from 'vitest';
import { advance } from '../../core/advance.ts';
import type { Step } from '../../core/flow.ts';
import { DISCOUNT_REMINDER } from '../../core/recipes/discount-reminder.ts';
import { stepCases } from '../cases/steps.ts';
import { seeded } from '../support/random.ts';

describe('steps', () => {
  test.each(stepCases)('%s', (_name, steps, step, at, zone, expected) => {
    const next = advance({ steps }, step, Date.parse(at), zone);
    expect('wait' in next ? { ...next, wait: new Date(next.wait).toISOString() } : next).toEqual(expected);
  });
});

/** Runs the steps as the tick would, each letter leaving at once. */
function plan(steps: Step[], start: number, zone: string): [letter: string, at: string][] {
  const sent: [string, string][] = [];
  let at = start;
  for (let step = 0; ; ) {
    const next = advance({ steps }, step, at, zone);
    if ('done' in next || 'stop' in next) return sent;
    if ('send' in next) sent.push([next.send, new Date(at).toISOString()]);
    else at = next.wait;
    step = next.step;
  }
}

test('the chain of a new shop, over the change of clocks in Berlin', () => {
  expect(plan(DISCOUNT_REMINDER.steps, Date.parse('2026-03-27T19:30:00Z'), 'Europe/Berlin')).toEqual([
    ['offer', '2026-03-27T19:30:00.000Z'],
    ['reminder-1', '2026-03-28T19:30:00.000Z'],
    ['reminder-2', '2026-03-30T18:30:00.000Z'],
    ['last-chance', '2026-04-03T08:00:00.000Z'],
  ]);
});

test('any flow comes to its end in as many steps as it has, and time never runs back', () => {
  const random = seeded(1);
  for (let run = 0; run < 2_000; run += 1) {
    const steps = random.list(8, (): Step => {
      if (random.chance(0.4)) return { send: random.pick(['offer', 'reminder-1'] as const) };
      if (random.chance(0.1)) return { stop: 'enough' };
      const wait = random.pick(['0s', '30m', '2h', '0d', '1d', '1w'] as const);
      return random.chance(0.3) ? { wait, until: random.pick(['00:00', '02:30', '10:00']) } : { wait };
    });
    const zone = random.pick(['Europe/Berlin', 'Australia/Lord_Howe', 'Europe/Moscow', 'America/New_York']);
    let at = Date.parse('2026-01-01T00:00:00Z') + random.int(0, 365 * 86_400) * 1_000;
    let step = 0;
    for (let turn = 0; turn <= steps.length; turn += 1) {
      const next = advance({ steps }, step, at, zone);
      if ('done' in next || 'stop' in next) break;
      expect(next.step).toBe(step + 1);
      if ('wait' in next) {
        expect(next.wait).toBeGreaterThanOrEqual(at);
        at = next.wait;
      }
      step = next.step;
      expect(turn).toBeLessThan(steps.length);
    }
  }
});
