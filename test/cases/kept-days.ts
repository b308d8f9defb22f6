/** When a day of the year is kept next: what the day is, where, from when, and the moment in UTC with the year whose day it is. */

import type { Yearly } from '../../core/values/anniversary.ts';

const moscow = { before: 0, at: '10:00', zone: 'Europe/Moscow' };

export const KEPT_DAYS: [what: string, yearly: Yearly, from: string, expected: string | null][] = [
  ['later this year', { ...moscow, date: '03-27' }, '2026-01-10T00:00Z', '2026-03-27T07:00 2026'],
  ['a year of birth is nothing to it', { ...moscow, date: '1990-03-27' }, '2026-01-10T00:00Z', '2026-03-27T07:00 2026'],
  ['today, before the hour', { ...moscow, date: '03-27' }, '2026-03-27T06:59Z', '2026-03-27T07:00 2026'],
  ['today, at the hour', { ...moscow, date: '03-27' }, '2026-03-27T07:00Z', '2026-03-27T07:00 2026'],
  ['today, after the hour', { ...moscow, date: '03-27' }, '2026-03-27T07:01Z', '2027-03-27T07:00 2027'],
  ['some days ahead', { ...moscow, date: '03-27', before: 3 }, '2026-03-01T00:00Z', '2026-03-24T07:00 2026'],
  ['ahead over the new year', { ...moscow, date: '01-02', before: 5 }, '2026-12-01T00:00Z', '2026-12-28T07:00 2027'],
  ['29 February in a common year', { ...moscow, date: '02-29' }, '2026-01-10T00:00Z', '2026-02-28T07:00 2026'],
  ['29 February in a leap year', { ...moscow, date: '2000-02-29' }, '2028-01-10T00:00Z', '2028-02-29T07:00 2028'],
  ['29 February after the 28th', { ...moscow, date: '02-29' }, '2026-03-01T00:00Z', '2027-02-28T07:00 2027'],
  [
    'where the day begins first',
    { ...moscow, date: '03-27', at: '00:30', zone: 'Pacific/Kiritimati' },
    '2026-01-10T00:00Z',
    '2026-03-26T10:30 2026',
  ],
  [
    'where it begins last',
    { ...moscow, date: '03-27', at: '23:30', zone: 'Pacific/Pago_Pago' },
    '2026-01-10T00:00Z',
    '2026-03-28T10:30 2026',
  ],
  [
    'at an hour that the clocks skip',
    { ...moscow, date: '03-29', at: '02:30', zone: 'Europe/Berlin' },
    '2026-01-10T00:00Z',
    '2026-03-29T01:30 2026',
  ],
  [
    'at an hour that comes twice',
    { ...moscow, date: '10-25', at: '02:30', zone: 'Europe/Berlin' },
    '2026-01-10T00:00Z',
    '2026-10-25T00:30 2026',
  ],
  ['no date', { ...moscow, date: 'soon' }, '2026-01-10T00:00Z', null],
];
