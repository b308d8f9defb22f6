/** Calendar arithmetic in zones whose clocks do odd things. */

import { describe, expect, test } from 'vitest';
import { isTimeZone, after as later, localDay, localTime, nextAt, quietUntil } from '../../../core/values/calendar.ts';
import type { Duration } from '../../../core/values/duration.ts';
import { afterCases, badZones, goodZones, nextAtCases, quietCases, wallCases } from '../../cases/calendar.ts';
import { seeded } from '../../support/random.ts';

const ms = (iso: string): number => Date.parse(iso);
const iso = (at: number): string => new Date(at).toISOString();
const two = (part: number): string => String(part).padStart(2, '0');

describe('the wall', () => {
  test.each(wallCases)('%s at %s shows %s', (zone, at, wall) => {
    const { hour, minute, second, weekday } = localTime(ms(at), zone);
    expect(`${localDay(ms(at), zone)} ${two(hour)}:${two(minute)}:${two(second)} ${weekday}`).toBe(wall);
  });
});

test('the wall shows what the machine itself makes of a moment, in every zone', () => {
  const random = seeded(20);
  const [from, to] = [ms('1969-01-01T00:00:00Z'), ms('2060-01-01T00:00:00Z')];
  for (const zone of Intl.supportedValuesOf('timeZone')) {
    const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' });
    for (let n = 0; n < 12; n += 1) {
      const at = Math.floor(from + random.unit() * (to - from));
      // Both sides of the nearest full quarter too, where a zone may change its clock.
      const quarter = Math.round(at / 900_000) * 900_000;
      for (const moment of [at, quarter, quarter - 1]) {
        const { hour, minute, second } = localTime(moment, zone);
        const wall = `${localDay(moment, zone)} ${two(hour)}:${two(minute)}:${two(second)}`;
        expect(wall, `${zone} at ${moment}`).toBe(format.format(moment));
      }
    }
  }
});

describe('after', () => {
  test.each(afterCases)('%s', (_name, at, duration, zone, expected) => {
    expect(iso(later(ms(at), duration as Duration, zone))).toBe(iso(ms(expected)));
  });

  test('throws on what is no duration', () => {
    expect(() => later(0, 'soon' as Duration, 'UTC')).toThrow(RangeError);
  });
});

describe('the next time on the wall', () => {
  test.each(nextAtCases)('%s', (_name, at, time, zone, expected) => {
    expect(iso(nextAt(ms(at), time, zone))).toBe(iso(ms(expected)));
  });
});

describe('quiet hours', () => {
  test.each(quietCases)('%s', (_name, at, from, to, zone, expected) => {
    const until = quietUntil(ms(at), { from, to }, zone);
    expect(until === null ? null : iso(until)).toBe(expected === null ? null : iso(ms(expected)));
  });
});

describe('time zones', () => {
  test.each(goodZones)('%s is one', (zone) => {
    expect(isTimeZone(zone)).toBe(true);
  });

  test.each(badZones.map((zone) => [JSON.stringify(zone), zone] as const))('%s is none', (_shown, zone) => {
    expect(isTimeZone(zone)).toBe(false);
  });
});

describe('laws of the calendar, over 3,000 random moments in 16 zones from 2005 to 2035', () => {
  const zones = [...new Set(wallCases.map(([zone]) => zone)), 'Pacific/Apia'];
  const each = (seed: number, check: (at: number, zone: string, time: string) => void): void => {
    const random = seeded(seed);
    for (let run = 0; run < 3_000; run += 1) {
      const at = ms('2005-01-01T00:00:00Z') + random.int(0, 30 * 365 * 86_400) * 1_000 + random.int(0, 999);
      check(at, random.pick(zones), `${two(random.int(0, 23))}:${two(random.int(0, 59))}`);
    }
  };
  const wall = (at: number, zone: string): string => {
    const { hour, minute, second } = localTime(at, zone);
    return `${two(hour)}:${two(minute)}:${two(second)}`;
  };
  /** A wall that differs is right only where the clocks went forward in the hours before it. */
  const skipped = (at: number, zone: string): boolean =>
    wall(at - 86_400_000, zone) !== wall(at, zone) &&
    localTime(at - 3_600_000, zone).hour !== (localTime(at, zone).hour + 23) % 24;

  test('a day later the wall shows the same time, but in a gap', () => {
    each(1, (at, zone) => {
      const next = later(at, '1d', zone);
      expect(next % 1_000).toBe(at % 1_000);
      expect(next - at).toBeGreaterThanOrEqual(82_800_000);
      expect(next - at).toBeLessThanOrEqual(90_000_000);
      if (wall(next, zone) !== wall(at, zone)) expect(skipped(next, zone), `${iso(at)} ${zone}`).toBe(true);
    });
  });

  test('the next time on the wall is not in the past, within 48 hours, and shows that time, but in a gap', () => {
    each(2, (at, zone, time) => {
      const next = nextAt(at, time, zone);
      expect(next).toBeGreaterThanOrEqual(at);
      expect(next - at).toBeLessThanOrEqual(48 * 3_600_000);
      if (wall(next, zone) !== `${time}:00`) expect(skipped(next, zone), `${iso(at)} ${time} ${zone}`).toBe(true);
    });
  });

  test('the end of quiet hours lies ahead, within a day and an hour, and is not quiet', () => {
    each(3, (at, zone, time) => {
      const hours = { from: '21:00', to: time };
      const until = quietUntil(at, hours, zone);
      if (until === null) return;
      expect(until).toBeGreaterThan(at);
      expect(until - at).toBeLessThanOrEqual(25 * 3_600_000);
      expect(quietUntil(until, hours, zone), `${iso(at)} ${time} ${zone}`).toBeNull();
    });
  });
});
