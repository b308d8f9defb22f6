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
const growing: Offer = {
  ...percent(5),
  tiers: [
    { from: 100, kind: 'percent', value: 10 },
    { from: 250.5, kind: 'percent', value: 15 },
  ],
};
const sums: Offer = {
  ...fixed(5),
  minOrder: 20,
  tiers: [
    { from: 60, kind: 'fixed', value: 10 },
    { from: 120, kind: 'fixed', value: 25 },
  ],
};

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
  ['below the first tier the offer itself holds', 99.99, growing, 'USD', 5],
  ['nothing in the cart reaches no tier', 0, growing, 'USD', 0],
  ['the first tier begins where it says', 100, growing, 'USD', 10],
  ['half a cent under a tier is rounded into it', 99.995, growing, 'USD', 10],
  ['between two tiers the lower one holds', 250.49, growing, 'USD', 25.05],
  ['the second tier begins in cents', 250.5, growing, 'USD', 37.58],
  ['above the last tier the last holds', 10_000, growing, 'USD', 1500],
  ['a tier’s percent is exact for a large sum', 99_999_999_999.99, growing, 'RUB', 15_000_000_000],
  ['in yen a tier of 250.5 begins at 251', 250, growing, 'JPY', 25],
  ['and from 251 on it holds', 251, growing, 'JPY', 38],
  ['in dinars a tier is judged by its third decimal', 250.499, growing, 'KWD', 25.05],
  ['the whole order gets the tier, not only what is above', 200, growing, 'USD', 20],
  ['a sum below its first tier', 59.99, sums, 'USD', 5],
  ['a sum in its first tier', 60, sums, 'USD', 10],
  ['a sum just below its second tier', 119.99, sums, 'USD', 10],
  ['a sum in its second tier', 120, sums, 'USD', 25],
  ['a sum in tiers never takes more than the total', 3, sums, 'USD', 3],
  ['a sum in tiers in yen', 119, sums, 'JPY', 10],
  ['a binary sum that falls short of a tier reaches it', 33.4 + 33.3 + 33.3, growing, 'USD', 10],
  ['no tiers are as none', 100, { ...percent(5), tiers: [] }, 'USD', 5],
];

export const priceCases: PriceCase[] = [
  ['10 % off 1290', 1290, percent(10), 'RUB', 1161],
  ['10 % off 19.99', 19.99, percent(10), 'USD', 17.99],
  ['10 % off 0.05: the visitor has the half', 0.05, percent(10), 'USD', 0.04],
  ['15 % off 999 yen', 999, percent(15), 'JPY', 849],
  ['100 % off leaves nothing', 19.99, percent(100), 'USD', 0],
  ['more than 100 % leaves nothing, not less', 19.99, percent(150), 'USD', 0],
  ['one item’s price is under the offer itself, before any tier', 300, growing, 'USD', 285],
  ['a sum with tiers touches no single price', 300, sums, 'USD', null],
  ['an unknown price stays unknown', null, percent(10), 'RUB', null],
  ['a fixed amount touches no single price', 1290, fixed(100), 'RUB', null],
  ['shipping touches no single price', 1290, { kind: 'shipping' }, 'RUB', null],
  ['a gift touches no single price', 1290, { kind: 'gift' }, 'RUB', null],
  ['no offer touches no single price', 1290, { kind: 'none' }, 'RUB', null],
];
