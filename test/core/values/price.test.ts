import { expect, test } from 'vitest';
import { amountOf, currencyOf, priceOf } from '../../../core/values/price.ts';
import cases from '../../cases/widget-prices.json' with { type: 'json' };

test.each(cases as [unknown, number | null][])('reads %j as %j', (written, expected) => {
  expect(priceOf(written)).toBe(expected);
});

test('an order may cost nothing, an item may not', () => {
  expect([amountOf('0.00'), priceOf('0.00')]).toEqual([0, null]);
});

test('takes ISO codes in any case, and signs that one currency alone has', () => {
  expect(['usd', ' EUR ', 'RUR', '₽', 'zł', '$', 'kr', 'руб.', null, 643].map(currencyOf)).toEqual([
    'USD',
    'EUR',
    'RUB',
    'RUB',
    'PLN',
    null,
    null,
    null,
    null,
    null,
  ]);
});
