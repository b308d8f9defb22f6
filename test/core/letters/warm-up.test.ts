import { expect, it } from 'vitest';
import { WARM_UP_SCHEDULE, type WarmUp, warmUpAt } from '../../../core/letters/warm-up.ts';

const at = (text: string): number => Date.parse(text);

const CASES: [name: string, since: string, now: string, zone: string, expected: WarmUp][] = [
  ['the first moment', '2026-11-22T10:00Z', '2026-11-22T10:00Z', 'UTC', { day: 1, cap: 50 }],
  ['the last of the first day', '2026-11-22T10:00Z', '2026-11-22T23:59Z', 'UTC', { day: 1, cap: 50 }],
  ['the next day, begun late in the evening', '2026-11-22T23:50Z', '2026-11-23T00:00Z', 'UTC', { day: 2, cap: 100 }],
  ['by the days of the shop', '2026-11-22T20:50Z', '2026-11-22T21:00Z', 'Europe/Moscow', { day: 2, cap: 100 }],
  ['over a change of clocks', '2026-10-24T12:00Z', '2026-10-25T22:30Z', 'Europe/Berlin', { day: 2, cap: 100 }],
  ['over a new year', '2026-12-31T12:00Z', '2027-01-02T12:00Z', 'UTC', { day: 3, cap: 200 }],
  ['the last day', '2026-11-01T00:00Z', '2026-11-10T23:59Z', 'UTC', { day: 10, cap: 25_000 }],
  ['over', '2026-11-01T00:00Z', '2026-11-11T00:00Z', 'UTC', null],
  ['a clock that is behind', '2026-11-22T10:00Z', '2026-11-20T10:00Z', 'UTC', { day: 1, cap: 50 }],
];

it.each(CASES)('%s', (_, since, now, zone, expected) => {
  expect(warmUpAt(at(since), at(now), zone)).toEqual(expected);
});

it('never more than doubles', () => {
  for (const [index, cap] of WARM_UP_SCHEDULE.entries())
    expect(cap).toBeLessThanOrEqual(2.1 * (WARM_UP_SCHEDULE[index - 1] ?? cap));
});
