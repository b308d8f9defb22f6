/** What offers do to totals and to single prices. */

import type { Offer } from '../../core/offer.ts';

export type DiscountCase = readonly [name: string, total: number, offer: Offer, currency: string, discount: number];
export type PriceCase = readonly [
  name: string,
  price: number | null,
  offer: Offer,
  currency: string,
  expected: number | null,
];

const percent = (value: number): Offer => ({ kind: 'percent', value });
const fixed = (value: number): Offer => ({ kind: 'fixed', value });

export const discountCases: DiscountCase[] = [
  ['10 % of 1000', 1000, percent(10), 'RUB', 100],
  ['10 % of 19.99 is rounded to the cent', 19.99, percent(10), 'USD', 2],
  ['10 % of 0.05: half a cent goes to the visitor', 0.05, percent(10), 'USD', 0.01],
  ['10 % of 0.04 is nothing', 0.04, percent(10), 'USD', 0],
  ['15 % of 0.1 + 0.2', 0.1 + 0.2, percent(15), 'USD', 0.05],
  ['5 % of 1.005', 1.005, percent(5), 'USD', 0.05],
  ['12.5 % of 100', 100, percent(12.5), 'USD', 12.5],
  ['0.29 % of 1000 is 2.90, not 2.89', 1000, percent(0.29), 'USD', 2.9],
  ['33.33 % of 99.99', 99.99, percent(33.33), 'USD', 33.33],
  ['10 % of 1005 yen', 1005, percent(10), 'JPY', 101],
  ['10 % of 1.234 dinars', 1.234, percent(10), 'KWD', 0.123],
  ['100 % is all of it', 19.99, percent(100), 'USD', 19.99],
  ['more than 100 % is all of it too', 19.99, percent(150), 'USD', 19.99],
  ['a percent without value takes nothing', 1000, { kind: 'percent' }, 'RUB', 0],
  ['of nothing, nothing', 0, percent(10), 'RUB', 0],
  ['7.77 % of the largest amount is exact', 99_999_999_999.99, percent(7.77), 'RUB', 7_770_000_000],
  ['33.33 % of a large odd amount is exact', 99_999_999_999.97, percent(33.33), 'RUB', 33_329_999_999.99],
  ['82.97 % of a sum too large for plain multiplication', 36_991_002_703.67, percent(82.97), 'RUB', 30_691_434_943.23],
  ['500 off 2000', 2000, fixed(500), 'RUB', 500],
  ['500 off 300 is 300', 300, fixed(500), 'RUB', 300],
  ['0.10 off 0.30', 0.1 + 0.2, fixed(0.1), 'USD', 0.1],
  ['a fixed amount without value takes nothing', 1000, { kind: 'fixed' }, 'RUB', 0],
  ['a fixed amount off nothing', 0, fixed(500), 'RUB', 0],
  ['free shipping takes nothing off the goods', 1000, { kind: 'shipping' }, 'RUB', 0],
  ['a gift takes nothing off', 1000, { kind: 'gift', gift: 'a mug' }, 'RUB', 0],
  ['no offer takes nothing off', 1000, { kind: 'none' }, 'RUB', 0],
  ['a value that its kind does not use is ignored', 1000, { kind: 'none', value: 50 }, 'RUB', 0],
];

export const priceCases: PriceCase[] = [
  ['10 % off 1290', 1290, percent(10), 'RUB', 1161],
  ['10 % off 19.99', 19.99, percent(10), 'USD', 17.99],
  ['10 % off 0.05: the visitor has the half', 0.05, percent(10), 'USD', 0.04],
  ['15 % off 999 yen', 999, percent(15), 'JPY', 849],
  ['100 % off leaves nothing', 19.99, percent(100), 'USD', 0],
  ['more than 100 % leaves nothing, not less', 19.99, percent(150), 'USD', 0],
  ['an unknown price stays unknown', null, percent(10), 'RUB', null],
  ['a fixed amount touches no single price', 1290, fixed(100), 'RUB', null],
  ['shipping touches no single price', 1290, { kind: 'shipping' }, 'RUB', null],
  ['a gift touches no single price', 1290, { kind: 'gift' }, 'RUB', null],
  ['no offer touches no single price', 1290, { kind: 'none' }, 'RUB', null],
];
