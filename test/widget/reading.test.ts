import { expect, test } from 'vitest';
import { alike, lineOf, merged, type Raw, type Reading, readingOf, sameProduct } from '../../widget/collect/reading.ts';

const PAGE = 'https://shop.example/p/1';
const reading = (raw: Raw, sure = false): Reading => ({ ...readingOf(raw, PAGE), sure });

test('lays fields over each other, the first source first', () => {
  const item = merged(
    [reading({ id: 'A', price: 10, currency: 'USD' }), reading({ id: 'B', title: 'Tee', image: '/1.jpg' })],
    PAGE,
  );
  expect(item).toEqual({
    id: 'A',
    title: 'Tee',
    price: 10,
    currency: 'USD',
    url: PAGE,
    image: 'https://shop.example/1.jpg',
    category: null,
    available: null,
  });
});

test('takes the normalised address for an id where no source names one', () => {
  expect(merged([reading({ title: 'Tee' })], 'https://www.shop.example/p/1/')?.id).toBe('https://shop.example/p/1');
});

test('takes the lower of two prices only when the higher one is known as the regular price', () => {
  const price = (...readings: Reading[]) => merged([reading({ title: 'Tee' }), ...readings], PAGE)?.price;
  expect(price(reading({ price: 120, regular: 150 }), reading({ price: 150 }))).toBe(120);
  expect(price(reading({ price: 150 }), reading({ price: 120, regular: 150 }))).toBe(120);
  expect(price(reading({ price: 120 }), reading({ price: 150 }))).toBe(null);
  expect(price(reading({ price: 120 }), reading({ price: '120.00' }))).toBe(120);
});

test('keeps the regular price beside a lower one, whoever names it', () => {
  const was = (...readings: Reading[]) => merged([reading({ title: 'Tee' }), ...readings], PAGE)?.was;
  expect(was(reading({ price: 120, regular: 150 }))).toBe(150);
  expect(was(reading({ price: 120 }), reading({ regular: 150 }))).toBe(150);
  expect(was(reading({ price: 120, regular: 120 }), reading({ regular: 130 }))).toBe(130);
  expect([was(reading({ price: 120, regular: 120 })), was(reading({ regular: 150 }))]).toEqual([undefined, undefined]);
});

test('believes the shop itself against every other source', () => {
  expect(merged([reading({ title: 'Tee', price: 99 }, true), reading({ price: 120 })], PAGE)?.price).toBe(99);
});

test('takes the currency of the price, else any', () => {
  const item = merged([reading({ title: 'Tee', price: 10 }), reading({ price: 10, currency: 'EUR' })], PAGE);
  expect(item?.currency).toBe('EUR');
});

test('makes nothing of a source that names no product', () => {
  expect(merged([reading({ price: 10, currency: 'USD' })], PAGE)).toBe(null);
});

test('knows one product by id or title, and two sources of a page also by a longer title', () => {
  const [tee, long, other] = [
    reading({ id: '1', title: 'Tee' }),
    reading({ id: 'x', title: 'TEE, green' }),
    reading({ title: 'Mug' }),
  ];
  expect([sameProduct(tee, reading({ id: '1', title: 'Mug' })), sameProduct(tee, long), alike(tee, long)]).toEqual([
    true,
    false,
    true,
  ]);
  expect(alike(tee, other)).toBe(false);
});

test.each([
  [3, 3],
  ['2', 2],
  [0, 1],
  [-4, 1],
  [Number.NaN, 1],
  [undefined, 1],
  [1e9, 10_000],
])('reads a quantity of %s as %s', (written, expected) => {
  expect(lineOf(reading({ id: 'A' }), written, PAGE)?.quantity).toBe(expected);
});
