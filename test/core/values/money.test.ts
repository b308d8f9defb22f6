/** Money is exact. */

import { describe, expect, test } from 'vitest';
import { formatMoney, fromMinor, minorDigits, toMinor } from '../../../core/values/money.ts';
import { digitCases, formatCases, minorCases } from '../../cases/money.ts';
import { seeded } from '../../support/random.ts';

describe('minor digits', () => {
  test.each(digitCases)('%s has %d', (currency, digits) => {
    expect(minorDigits(currency)).toBe(digits);
  });
});

describe('minor units', () => {
  test.each(minorCases)('%d %s are %d', (amount, currency, minor) => {
    expect(toMinor(amount, currency)).toBe(minor);
  });

  test('there and back is the same, for 20,000 random amounts', () => {
    const random = seeded(1);
    for (let run = 0; run < 20_000; run += 1) {
      const minor = random.int(0, 10 ** random.int(1, 13));
      const currency = random.pick(['RUB', 'JPY', 'KWD']);
      expect(toMinor(fromMinor(minor, currency), currency)).toBe(minor);
    }
  });
});

describe('amounts as people read them', () => {
  test.each(formatCases)('%d %s in %s', (amount, currency, locale, shown) => {
    expect(formatMoney(amount, currency, locale)).toBe(shown.replaceAll('_', '\u00a0'));
  });
});
