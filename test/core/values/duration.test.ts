/** Durations as texts. */

import { describe, expect, test } from 'vitest';
import { type Duration, durationMs, parseDuration } from '../../../core/values/duration.ts';
import { badDurations, goodDurations } from '../../cases/durations.ts';

describe('durations', () => {
  test.each(goodDurations)('%s is one', (text, parsed, ms) => {
    expect(parseDuration(text)).toEqual(parsed);
    expect(durationMs(text as Duration)).toBe(ms);
  });

  test.each(badDurations.map((text) => [JSON.stringify(text), text] as const))('%s is none', (_shown, text) => {
    expect(parseDuration(text)).toBeNull();
    expect(() => durationMs(text as Duration)).toThrow(RangeError);
  });
});
