/** Seasons, weekdays and hours on the shop's wall. */

import { describe, expect, test } from 'vitest';
import { evaluate } from '../../../core/rules/condition.ts';
import { datesOf, inSchedule, type Schedule, scheduleCondition } from '../../../core/rules/schedule.ts';
import { localTime } from '../../../core/values/calendar.ts';
import { scheduleCases } from '../../cases/schedules.ts';
import { seeded } from '../../support/random.ts';

describe('schedules', () => {
  test.each(scheduleCases)('%s', (_name, schedule, zone, at, open) => {
    expect(inSchedule(schedule, Date.parse(at), zone)).toBe(open);
  });
});

test('what pages are told of weekdays and hours holds at the same moments, over 20,000 random ones', () => {
  const random = seeded(11);
  const zones = ['UTC', 'Europe/Moscow', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Pacific/Apia'];
  let open = 0;
  for (let run = 0; run < 20_000; run += 1) {
    const from = random.int(0, 23);
    const to = random.int(0, 24);
    const schedule: Schedule = {
      ...(random.chance(0.6) ? { weekdays: [1, 2, 3, 4, 5, 6, 7].filter(() => random.chance(0.4)) } : {}),
      ...(random.chance(0.8) && from !== to ? { hours: { from, to } } : {}),
    };
    const zone = random.pick(zones);
    const at = Date.parse('2026-01-01T00:00:00Z') + random.int(0, 365 * 86_400) * 1_000;
    const { hour, weekday } = localTime(at, zone);
    const condition = scheduleCondition(schedule);
    const told = condition === null ? true : evaluate(condition, { facts: { hour, weekday }, trail: [] });
    expect(told, JSON.stringify([schedule, zone, at])).toBe(inSchedule(schedule, at, zone));
    if (told) open += 1;
  }
  expect(open).toBeGreaterThan(4_000);
});

test('a page that doesn’t know the hour keeps quiet', () => {
  const condition = scheduleCondition({ hours: { from: 9, to: 18 } });
  expect(condition && evaluate(condition, { facts: {}, trail: [] })).toBe(undefined);
});

test('dates alone need no condition, and stay when weekdays and hours are left to pages', () => {
  expect(scheduleCondition({ startsAt: '2026-11-27' })).toBe(null);
  expect(datesOf({ startsAt: '2026-11-27', weekdays: [1], hours: { from: 1, to: 2 } })).toEqual({
    startsAt: '2026-11-27',
  });
});
