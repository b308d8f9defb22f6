/** What offers do to totals, to orders whose items are told, and to single prices. */

import type { ClaimedOffer, Offer, Order, Thing } from '../../core/rules/offer.ts';

export type DiscountCase = readonly [name: string, total: number, offer: Offer, currency: string, discount: number];
export type OrderCase = readonly [
  name: string,
  order: Order,
  offer: ClaimedOffer,
  currency: string,
  discount: number | null,
];
export type PriceCase = readonly [
  name: string,
  thing: number | null | Partial<Thing>,
  offer: ClaimedOffer,
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

/** 10 %, at least 15 from 100 on, free shipping from 150, 20 % from 300. */
const mixed: Offer = {
  ...percent(10),
  tiers: [
    { from: 100, kind: 'fixed', value: 15 },
    { from: 150, kind: 'shipping' },
    { from: 300, kind: 'percent', value: 20 },
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
  ['of tiers of many kinds: below the first', 99.99, mixed, 'USD', 10],
  ['of tiers of many kinds: the sum takes more', 100, mixed, 'USD', 15],
  ['of tiers of many kinds: one percent overtakes the sum', 200, mixed, 'USD', 20],
  ['of tiers of many kinds: free shipping takes nothing away', 150, mixed, 'USD', 15],
  ['of tiers of many kinds: the larger percent', 300, mixed, 'USD', 60],
  [
    'free shipping that gives a tenth besides',
    100,
    { kind: 'shipping', tiers: [{ from: 100, kind: 'percent', value: 10 }] },
    'USD',
    10,
  ],
  ['and nothing below', 99, { kind: 'shipping', tiers: [{ from: 100, kind: 'percent', value: 10 }] }, 'USD', 0],
  ['no tiers are as none', 100, { ...percent(5), tiers: [] }, 'USD', 5],
];

const on = (target: 'items' | 'cart', offer: Offer, ...items: string[]): ClaimedOffer => ({
  ...offer,
  on: target,
  claimed: { items },
});
const but = (offer: Offer, ...categories: string[]): Offer => ({ ...offer, exclude: { categories } });
const fullPrice = (offer: Offer): Offer => ({ ...offer, exclude: { reduced: true } });

const line = (id: string, price: number | null, quantity = 1, more: Partial<Thing> = {}) => ({
  id,
  price,
  quantity,
  ...more,
});
const tea = line('tea', 20, 2, { category: 'Tea' });
const mug = line('mug', 15, 1, { category: 'Mugs', was: 25 });
const pot = line('pot', 45, 1);

export const orderCases: OrderCase[] = [
  ['items alone make up the total', { items: [tea, mug] }, percent(10), 'EUR', 5.5],
  ['the told total goes before what the items come to', { total: 50, items: [tea, mug] }, percent(10), 'EUR', 5],
  ['a price that nobody tells leaves the total unknown', { items: [tea, line('x', null)] }, percent(10), 'EUR', null],
  ['but not where the total is told', { total: 80, items: [tea, line('x', null)] }, percent(10), 'EUR', 8],
  ['an order of nothing comes to nothing', { items: [] }, percent(10), 'EUR', 0],
  ['an order of which nothing is told', {}, percent(10), 'EUR', null],
  [
    'a total in another currency is not known, whatever the items say',
    { total: null, items: [tea] },
    percent(10),
    'EUR',
    null,
  ],
  ['free shipping takes nothing off, whatever is ordered', { items: [tea] }, { kind: 'shipping' }, 'EUR', 0],
  ['half a kilo', { items: [line('nuts', 19.99, 0.5)] }, percent(10), 'EUR', 1],

  ['on the things shown: those alone', { items: [tea, mug, pot] }, on('items', percent(10), 'pot'), 'EUR', 4.5],
  [
    'on the things shown: as many of them as are bought',
    { items: [tea, mug] },
    on('items', percent(10), 'tea'),
    'EUR',
    4,
  ],
  ['on the things shown, none of which is bought', { items: [mug] }, on('items', percent(10), 'tea'), 'EUR', 0],
  [
    'on the things shown, when nobody tells what is ordered',
    { total: 100 },
    on('items', percent(10), 'tea'),
    'EUR',
    null,
  ],
  ['on things that no claim named: on none', { items: [tea] }, { ...percent(10), on: 'items' }, 'EUR', 0],
  ['on the cart as it was', { items: [tea, mug, pot] }, on('cart', percent(20), 'tea', 'mug'), 'EUR', 11],
  ['a sum on the things shown', { items: [tea, pot] }, on('items', fixed(30), 'pot'), 'EUR', 30],
  ['a sum is never more than those things cost', { items: [mug, pot] }, on('items', fixed(30), 'mug'), 'EUR', 15],
  [
    'a price that nobody tells of a thing it is on',
    { total: 90, items: [line('tea', null)] },
    on('items', percent(10), 'tea'),
    'EUR',
    null,
  ],
  [
    'a price that nobody tells of a thing it isn’t on',
    { total: 90, items: [tea, line('x', null)] },
    on('items', percent(10), 'tea'),
    'EUR',
    4,
  ],
  [
    'each piece is rounded as it was shown',
    { items: [line('pin', 0.05, 3)] },
    on('items', percent(10), 'pin'),
    'EUR',
    0.03,
  ],
  ['in yen as well', { items: [line('pin', 15, 3)] }, on('items', percent(10), 'pin'), 'JPY', 6],
  [
    'by weight the line is rounded',
    { items: [line('nuts', 0.05, 1.5)] },
    on('items', percent(10), 'nuts'),
    'EUR',
    0.01,
  ],
  ['never more than the told total', { total: 10, items: [pot] }, on('items', percent(100), 'pot'), 'EUR', 10],

  ['a category is excluded', { items: [tea, mug] }, but(percent(10), 'Tea'), 'EUR', 1.5],
  ['in any case', { items: [tea, mug] }, but(percent(10), ' TEA '), 'EUR', 1.5],
  ['whole, not a part of it', { items: [tea, mug] }, but(percent(10), 'Te'), 'EUR', 5.5],
  ['all of them', { items: [tea, mug] }, but(percent(10), 'tea', 'mugs'), 'EUR', 0],
  ['a category that nobody tells is not excluded', { items: [pot] }, but(percent(10), 'Tea'), 'EUR', 4.5],
  ['categories are excluded, and nobody tells what is ordered', { total: 50 }, but(percent(10), 'Tea'), 'EUR', null],
  ['no category is excluded: the total is enough', { total: 50 }, { ...percent(10), exclude: {} }, 'EUR', 5],
  ['what is reduced is excluded', { items: [tea, mug] }, fullPrice(percent(10)), 'EUR', 4],
  [
    'an old price that isn’t above the price is none',
    { items: [line('x', 15, 1, { was: 15 })] },
    fullPrice(percent(10)),
    'EUR',
    1.5,
  ],
  [
    'an old price that nobody tells is none',
    { items: [line('x', 15, 1, { was: null })] },
    fullPrice(percent(10)),
    'EUR',
    1.5,
  ],
  [
    'what is reduced is not excluded where that is off',
    { total: 20 },
    { ...percent(10), exclude: { reduced: false } },
    'EUR',
    2,
  ],
  ['a sum leaves out what is excluded', { items: [tea, mug] }, fullPrice(fixed(50)), 'EUR', 40],
  [
    'both: on the things shown, but not reduced ones',
    { items: [tea, mug, pot] },
    on('items', fullPrice(percent(10)), 'mug', 'pot'),
    'EUR',
    4.5,
  ],
  ['a tier is reached by the whole order', { items: [tea, mug, pot] }, on('items', growing, 'pot'), 'EUR', 4.5],
  [
    'a tier is given on the things it is on',
    { total: 120, items: [tea, mug, pot] },
    on('items', growing, 'tea'),
    'EUR',
    4,
  ],
  ['a tier is not reached below', { total: 99.99, items: [tea, mug, pot] }, on('items', growing, 'pot'), 'EUR', 2.25],
];

export const shippingCases: readonly [name: string, order: Order, offer: Offer, expected: boolean | null][] = [
  ['free shipping is free whatever is ordered', {}, { kind: 'shipping' }, true],
  ['a percent alone ships nothing free', {}, percent(10), false],
  ['from its tier on', { total: 150 }, mixed, true],
  ['also above a further tier', { total: 300 }, mixed, true],
  ['not below it', { total: 149.99 }, mixed, false],
  ['by what the items come to', { items: [tea, mug, line('x', 95)] }, mixed, true],
  ['unknown without a total', {}, mixed, null],
  [
    'free shipping with a tenth besides',
    { total: 1 },
    { kind: 'shipping', tiers: [{ from: 9, kind: 'percent', value: 5 }] },
    true,
  ],
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
  ['in the tier that the cart has reached', 300, { ...growing, claimed: { cart: 100 } }, 'USD', 270],
  ['a cent below it', 300, { ...growing, claimed: { cart: 99.99 } }, 'USD', 285],
  ['beside tiers of other kinds', 100, { ...mixed, claimed: { cart: 150 } }, 'USD', 90],
  ['in a further tier of its kind', 100, { ...mixed, claimed: { cart: 300 } }, 'USD', 80],
  [
    'a percent that only a tier gives',
    100,
    { kind: 'shipping', tiers: [{ from: 50, kind: 'percent', value: 10 }], claimed: { cart: 50 } },
    'USD',
    90,
  ],
  ['on the things shown: one of them', { id: 'tea' }, on('items', percent(10), 'tea'), 'USD', 90],
  ['on the things shown: another keeps its price', { id: 'mug' }, on('items', percent(10), 'tea'), 'USD', null],
  ['on the cart: what was only looked at keeps its price', { id: 'mug' }, on('cart', percent(10), 'tea'), 'USD', null],
  ['a category that is excluded', { category: 'Tea' }, but(percent(10), 'tea'), 'USD', null],
  ['another category', { category: 'Mugs' }, but(percent(10), 'tea'), 'USD', 90],
  ['a category that nobody tells: nothing is promised', {}, but(percent(10), 'tea'), 'USD', null],
  ['what is reduced is excluded', { was: 120 }, fullPrice(percent(10)), 'USD', null],
  ['what isn’t known to be reduced is not', {}, fullPrice(percent(10)), 'USD', 90],
  ['an unknown price stays unknown', null, percent(10), 'RUB', null],
  ['a fixed amount touches no single price', 1290, fixed(100), 'RUB', null],
  ['shipping touches no single price', 1290, { kind: 'shipping' }, 'RUB', null],
  ['a gift touches no single price', 1290, { kind: 'gift' }, 'RUB', null],
  ['no offer touches no single price', 1290, { kind: 'none' }, 'RUB', null],
];
