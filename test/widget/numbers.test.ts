import { describe, expect, test } from 'vitest';
import { formatMoney } from '../../core/values/money.ts';
import { numbers } from '../../widget/popup/numbers.ts';

const LOCALES = ['en', 'ru'];
const AMOUNTS = [0, 0.05, 0.5, 1, 9.9, 44.91, 99.995, 100, 999.99, 1_000, 4_990, 12_345.67, 1_234_567, 98_765_432.1];

describe.each(LOCALES)('in %s', (locale) => {
  test.each(['USD', 'EUR', 'GBP', 'RUB'])('amounts of %s are written as browsers write them', (currency) => {
    for (const amount of AMOUNTS)
      expect(numbers.money(amount, currency, locale)).toBe(formatMoney(amount, currency, locale));
  });

  test('so are percents', () => {
    const format = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 2 });
    for (const value of [0, 1, 5, 7, 10, 12.5, 33.33, 99.99, 100])
      expect(numbers.percent(value, locale)).toBe(format.format(value / 100));
  });

  test.each(['second', 'minute', 'hour', 'day', 'week'])('and any number of %ss', (unit) => {
    const format = new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' });
    for (let count = 0; count < 130; count += 1) expect(numbers.count(count, unit, locale)).toBe(format.format(count));
  });
});

test('what it does not know is written by the browser', () => {
  expect(numbers.money(1, 'JPY', 'en')).toBe(formatMoney(1, 'JPY', 'en'));
  expect(numbers.money(1.5, 'USD', 'de')).toBe(formatMoney(1.5, 'USD', 'de'));
  expect(numbers.money(-1, 'USD', 'en')).toBe('-$1');
  expect(numbers.money(1e15, 'USD', 'en')).toBe('$1,000,000,000,000,000');
  expect(numbers.percent(12.5, 'de')).toBe('12,5\u00a0%');
  expect(numbers.count(2, 'day', 'fr')).toBe('2\u00a0jours');
  expect(numbers.count(2, 'month', 'en')).toBe('2 months');
});
