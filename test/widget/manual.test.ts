import { expect, test } from 'vitest';
import { readCall } from '../../widget/collect/manual.ts';

const PAGE = 'https://shop.example/p/1';
const call = (name: unknown, data: unknown) => readCall(name, data, PAGE);

test('an item is a view whose price is beyond doubt', () => {
  expect(
    call('item', { id: 7, title: 'Tee', price: '10.00', currency: 'usd', url: '/p/7?utm_source=x', available: false }),
  ).toMatchObject({
    kind: 'view',
    reading: {
      id: '7',
      title: 'Tee',
      price: 10,
      currency: 'USD',
      url: 'https://shop.example/p/7',
      available: false,
      sure: true,
    },
  });
});

test('a cart is a whole snapshot, its lines in its currency', () => {
  const told = call('cart', {
    currency: 'RUB',
    value: 200,
    codes: 'SPRING',
    items: [{ id: 1, title: 'Tea', price: 100, quantity: 2 }, null],
  });
  expect(told).toMatchObject({
    kind: 'cart',
    cart: {
      value: 200,
      currency: 'RUB',
      codes: ['SPRING'],
      items: [{ id: '1', title: 'Tea', price: 100, currency: 'RUB', quantity: 2 }],
    },
  });
});

test('an order is a purchase, with or without items', () => {
  expect(call('order', { id: 1001, total: '90.5' })).toMatchObject({
    kind: 'purchase',
    orderId: '1001',
    cart: { value: 90.5, items: [] },
  });
});

test('a share is a share unless it says otherwise', () => {
  expect(call('share', { network: 'vk' })).toEqual({ type: 'share', act: 'share', network: 'vk' });
  expect(call('share', { act: 'like' })).toEqual({ type: 'share', act: 'like' });
});

test('a person needs both an address and a proof', () => {
  expect(call('identify', { email: 'anna@example.com', proof: 'f00d' })).toEqual({
    type: 'identify',
    email: 'anna@example.com',
    proof: 'f00d',
  });
  expect(call('identify', { email: 'anna@example.com' })).toBe(null);
});

test.each([
  ['item', {}],
  ['item', null],
  ['item', 'Tee'],
  ['cart', {}],
  ['cart', { items: 'x' }],
  ['order', {}],
  ['share', { act: 'steal' }],
  ['identify', { email: 'x', proof: 'y' }],
  ['nothing', {}],
  [undefined, undefined],
  [{}, {}],
])('%j %j is junk', (name, data) => {
  expect(call(name, data)).toBe(null);
});
