/** The clock table: 400 days in twelve zones, with summer's beginning and end, a leap day, leaps of the clock and an outage. `SEED=` repeats a run. */

import { describe, expect, test } from 'vitest';
import { daysUntil } from '../../core/values/anniversary.ts';
import { clockwork } from '../support/clock/clockwork.ts';
import { DAY, HOUR, type Journey, journeySteps, moments, type Sending, ZONES } from '../support/clock/journeys.ts';
import { complaintsAbout, wall } from '../support/clock/judge.ts';
import { type Random, seeded } from '../support/random.ts';

const SEED = Number(process.env.SEED ?? 20_261_124);
/** Both changes of the clocks on both halves of the earth, and 29 February. */
const FROM = Date.parse('2027-09-15T00:00:00Z');
const DAYS = 400;
/** Long enough for the longest journey, outage and all. */
const TAIL = 60 * DAY;

const SENDINGS: [string, Sending][] = [
  ['one a day, quiet at night', { dailyCap: 1, quietHours: { from: '21:00', to: '09:00' } }],
  ['two a day, quiet at noon', { dailyCap: 2, quietHours: { from: '12:00', to: '13:30' } }],
  ['no caps', { dailyCap: null, quietHours: null }],
];

/** Everybody goes on two journeys, which may overlap. */
const journeysIn = (random: Random): Journey[] =>
  ZONES.flatMap((zone) =>
    Array.from({ length: 40 }, (_, n): Journey[] => {
      const person = `${zone} ${n}`;
      const enterAt = FROM + random.int(0, DAYS * DAY - TAIL);
      return [enterAt, enterAt + random.int(0, 5 * DAY)].map((at) => ({
        person,
        zone,
        enterAt: at,
        steps: journeySteps(random),
      }));
    }).flat(),
  );

/** An outage of three days over each change of Berlin's clocks and over the leap day, and leaps of a day, forth and back. */
const FAULTS = [
  { at: Date.parse('2027-10-30T12:00:00Z'), outage: 3 * DAY },
  { at: Date.parse('2027-12-01T05:00:00Z'), leap: DAY },
  { at: Date.parse('2028-01-10T17:00:00Z'), leap: -DAY },
  { at: Date.parse('2028-02-27T20:00:00Z'), outage: 3 * DAY },
  { at: Date.parse('2028-03-25T12:00:00Z'), leap: -DAY },
  { at: Date.parse('2028-03-26T06:00:00Z'), leap: DAY },
  { at: Date.parse('2028-05-01T00:00:00Z'), outage: 3 * DAY },
];

describe(`400 days in twelve zones, seed ${SEED}`, () => {
  test.each(SENDINGS)(
    '%s: each letter once, none early, none in quiet hours, never three at once',
    (_name, sending) => {
      const random = seeded(SEED);
      const journeys = journeysIn(random);
      const engine = clockwork(journeys, sending);
      for (const now of moments(FROM, DAYS, FAULTS, random)) engine.turn(now);
      expect(complaintsAbout(journeys, engine.letters, sending)).toEqual([]);
      expect(engine.running()).toBe(0);
      expect(engine.letters.length).toBe(journeys.length * 4);
    },
  );
});

test('after an outage of three days the chain goes on at its own pace, and what is stale is skipped', () => {
  const zone = 'Europe/Berlin';
  const enterAt = Date.parse('2028-03-24T11:00:00Z');
  const steps: Journey['steps'] = [
    { send: 'offer' },
    { wait: '1d' },
    { send: 'reminder-1', expiresAfter: '1d' },
    { wait: '1d' },
    { send: 'reminder-2' },
    { wait: '1d' },
    { send: 'last-chance' },
  ];
  const journeys = [{ person: 'one', zone, enterAt, steps }];
  const engine = clockwork(journeys, { dailyCap: 1, quietHours: null });
  engine.turn(enterAt);
  for (let now = enterAt + 3 * DAY + 30 * 60_000; now < enterAt + 10 * DAY; now += HOUR) engine.turn(now);
  expect(engine.letters.map(({ place, sentAt, reason }) => [place, sentAt ? wall(sentAt, zone) : reason])).toEqual([
    [0, '2028-03-24 12:00:00'],
    [2, 'expired'],
    [4, '2028-03-28 13:30:00'],
    [6, '2028-03-29 13:30:00'],
  ]);
});

test.each(ZONES)('in %s every date comes once a year, and 29 February on the 28th of common years', (zone) => {
  for (const date of ['02-28', '02-29', '03-01', '12-31', '01-01', '03-26']) {
    const days = new Set<string>();
    for (let at = Date.parse('2027-01-02T12:00:00Z'); at < Date.parse('2029-12-30T12:00:00Z'); at += 6 * HOUR) {
      if (daysUntil(date, at, zone) === 0) days.add(wall(at, zone).slice(0, 10));
    }
    const inYear = (year: number): string => `${year}-${date === '02-29' && year !== 2028 ? '02-28' : date}`;
    const expected = [2027, 2028, 2029].map(inYear).filter((day) => day > '2027-01-03' && day < '2029-12-29');
    expect([...days].filter((day) => day > '2027-01-03' && day < '2029-12-29')).toEqual(expected);
  }
});
