import { expect, it } from 'vitest';
import { nextKept } from '../../core/values/anniversary.ts';
import { KEPT_DAYS } from '../cases/kept-days.ts';

it.each(KEPT_DAYS)('a day is kept: %s', (_what, yearly, from, expected) => {
  const kept = nextKept(yearly, Date.parse(from));
  expect(kept && `${new Date(kept.at).toISOString().slice(0, 16)} ${kept.year}`).toBe(expected);
});
