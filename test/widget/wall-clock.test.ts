import { expect, test } from 'vitest';
import { localTime } from '../../core/values/calendar.ts';
import { wallClock } from '../../widget/judge/wall-clock.ts';
import { seeded } from '../support/random.ts';

const ZONES = [
  'UTC',
  'Europe/Moscow',
  'Europe/Berlin',
  'America/St_Johns',
  'Asia/Kathmandu',
  'Asia/Vladivostok',
  'Pacific/Apia',
];

test('the page reads the hour and weekday as the server does, at 2,000 moments in seven zones', () => {
  const random = seeded(7);
  for (let run = 0; run < 2_000; run += 1) {
    const at = Date.UTC(2026, 0, 1) + random.int(0, 400 * 86_400_000);
    const zone = random.pick(ZONES);
    const { hour, weekday } = localTime(at, zone);
    expect(wallClock(at, zone), `${at} in ${zone}`).toEqual({ hour, weekday });
  }
});

test('midnight is hour 0 of the new day', () => {
  expect(wallClock(Date.parse('2026-11-22T21:00:00Z'), 'Europe/Moscow')).toEqual({ hour: 0, weekday: 1 });
});

test('a zone that this browser does not know says nothing', () => {
  expect(wallClock(0, 'Mars/Olympus')).toBeNull();
});
