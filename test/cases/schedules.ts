/** When a schedule is in season: the schedule, the zone, a moment, and whether the rule may speak then. */

import type { Schedule } from '../../core/rules/schedule.ts';

export type ScheduleCase = readonly [name: string, schedule: Schedule, zone: string, at: string, open: boolean];

const MOSCOW = 'Europe/Moscow';
const BERLIN = 'Europe/Berlin';
const NEW_YORK = 'America/New_York';
const LORD_HOWE = 'Australia/Lord_Howe';

const FRIDAY: Schedule = { startsAt: '2026-11-27', endsAt: '2026-11-30' };
const OFFICE: Schedule = { weekdays: [1, 2, 3, 4, 5], hours: { from: 9, to: 18 } };
const NIGHT: Schedule = { weekdays: [5], hours: { from: 22, to: 2 } };

export const scheduleCases: ScheduleCase[] = [
  ['an empty schedule is always open', {}, MOSCOW, '2026-07-01T12:00:00Z', true],

  ['the last ms before the first day', FRIDAY, MOSCOW, '2026-11-26T20:59:59.999Z', false],
  ['the first day’s first ms', FRIDAY, MOSCOW, '2026-11-26T21:00:00Z', true],
  ['the last day’s last ms', FRIDAY, MOSCOW, '2026-11-30T20:59:59.999Z', true],
  ['the midnight after the last day', FRIDAY, MOSCOW, '2026-11-30T21:00:00Z', false],
  ['the same moment is later in New York’s season', FRIDAY, NEW_YORK, '2026-11-26T21:00:00Z', false],
  ['only a beginning', { startsAt: '2026-11-27' }, MOSCOW, '2030-01-01T00:00:00Z', true],
  ['only an end', { endsAt: '2026-11-30' }, MOSCOW, '2020-01-01T00:00:00Z', true],
  ['one day, by its two ends', { startsAt: '2026-11-27', endsAt: '2026-11-27' }, MOSCOW, '2026-11-27T12:00:00Z', true],
  ['a beginning at a time', { startsAt: '2026-11-27T09:30' }, MOSCOW, '2026-11-27T06:29:59Z', false],
  ['a beginning at a time, come', { startsAt: '2026-11-27T09:30' }, MOSCOW, '2026-11-27T06:30:00Z', true],
  ['an end at a time is not included', { endsAt: '2026-11-30T18:00' }, MOSCOW, '2026-11-30T15:00:00Z', false],
  ['a ms before the end', { endsAt: '2026-11-30T18:00' }, MOSCOW, '2026-11-30T14:59:59.999Z', true],
  ['a leap day is a day', { startsAt: '2028-02-29', endsAt: '2028-02-29' }, MOSCOW, '2028-02-29T12:00:00Z', true],
  ['the year’s last day', { endsAt: '2026-12-31' }, MOSCOW, '2026-12-31T20:59:59Z', true],
  ['a day of 23 hours ends with its midnight', { endsAt: '2026-03-29' }, BERLIN, '2026-03-29T21:59:59Z', true],
  ['and not later', { endsAt: '2026-03-29' }, BERLIN, '2026-03-29T22:00:00Z', false],
  ['a day of 25 hours ends with its midnight', { endsAt: '2026-10-25' }, BERLIN, '2026-10-25T22:59:59Z', true],
  ['and not later either', { endsAt: '2026-10-25' }, BERLIN, '2026-10-25T23:00:00Z', false],
  [
    'a beginning in the skipped hour is moved on',
    { startsAt: '2026-03-29T02:30' },
    BERLIN,
    '2026-03-29T01:29:59Z',
    false,
  ],
  ['to where the wall goes on', { startsAt: '2026-03-29T02:30' }, BERLIN, '2026-03-29T01:30:00Z', true],
  [
    'a beginning in the hour that comes twice is the first',
    { startsAt: '2026-10-25T02:30' },
    BERLIN,
    '2026-10-25T00:30:00Z',
    true,
  ],

  ['a weekday', { weekdays: [5] }, MOSCOW, '2026-11-27T12:00:00Z', true],
  ['another weekday', { weekdays: [5] }, MOSCOW, '2026-11-28T12:00:00Z', false],
  ['Friday begins at the shop’s midnight', { weekdays: [5] }, MOSCOW, '2026-11-26T21:00:00Z', true],
  ['and not at that of Greenwich', { weekdays: [5] }, MOSCOW, '2026-11-27T21:00:00Z', false],
  ['Sunday is the seventh', { weekdays: [7] }, MOSCOW, '2026-11-29T12:00:00Z', true],

  ['an hour within', OFFICE, BERLIN, '2026-11-25T16:59:59Z', true],
  ['the hour after', OFFICE, BERLIN, '2026-11-25T17:00:00Z', false],
  ['the first hour', OFFICE, BERLIN, '2026-11-25T08:00:00Z', true],
  ['the hour before', OFFICE, BERLIN, '2026-11-25T07:59:59Z', false],
  ['the hours of a Saturday', OFFICE, BERLIN, '2026-11-28T12:00:00Z', false],
  ['the same wall hour in summer', OFFICE, BERLIN, '2026-07-01T15:59:59Z', true],
  ['and no other in summer', OFFICE, BERLIN, '2026-07-01T16:00:00Z', false],
  ['hours to midnight', { hours: { from: 20, to: 24 } }, BERLIN, '2026-11-25T22:59:59Z', true],
  ['hours to midnight, over', { hours: { from: 20, to: 24 } }, BERLIN, '2026-11-25T23:00:00Z', false],
  ['to 0 is to midnight, too', { hours: { from: 20, to: 0 } }, BERLIN, '2026-11-25T22:59:59Z', true],
  ['to 0 is over at midnight', { hours: { from: 20, to: 0 } }, BERLIN, '2026-11-25T23:00:00Z', false],

  ['a night that began on Friday', NIGHT, BERLIN, '2026-11-27T22:00:00Z', true],
  ['goes on after midnight', NIGHT, BERLIN, '2026-11-28T00:59:59Z', true],
  ['and ends', NIGHT, BERLIN, '2026-11-28T01:00:00Z', false],
  ['Friday’s own small hours belong to Thursday', NIGHT, BERLIN, '2026-11-27T00:30:00Z', false],
  ['a Sunday night goes on into Monday', { ...NIGHT, weekdays: [7] }, BERLIN, '2026-11-30T00:30:00Z', true],
  ['a night over the skipped hour', { hours: { from: 22, to: 3 } }, BERLIN, '2026-03-29T00:59:59Z', true],
  ['ends where the wall leaps past its end', { hours: { from: 22, to: 3 } }, BERLIN, '2026-03-29T01:00:00Z', false],
  ['an hour that comes twice is open twice', { hours: { from: 2, to: 3 } }, BERLIN, '2026-10-25T00:30:00Z', true],
  ['the second time, too', { hours: { from: 2, to: 3 } }, BERLIN, '2026-10-25T01:30:00Z', true],
  ['half an hour of summer time', { hours: { from: 9, to: 10 } }, LORD_HOWE, '2026-01-14T22:30:00Z', true],
  ['and none of it in winter', { hours: { from: 9, to: 10 } }, LORD_HOWE, '2026-07-14T22:29:00Z', false],

  ['all of it at once', { ...FRIDAY, ...OFFICE }, MOSCOW, '2026-11-27T09:00:00Z', true],
  ['the season’s Saturday is no weekday', { ...FRIDAY, ...OFFICE }, MOSCOW, '2026-11-28T09:00:00Z', false],
  ['a weekday after the season', { ...FRIDAY, ...OFFICE }, MOSCOW, '2026-12-01T09:00:00Z', false],
];
