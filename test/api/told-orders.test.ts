/** Orders in the words of shops' platforms, read as ours. */

import { describe, expect, it } from 'vitest';
import { decodeEntities } from '../../api/html-entities.ts';
import { parseExact } from '../../api/http/exact-json.ts';
import { readShopifyOrder } from '../../api/platforms/shopify-order.ts';
import { readWooCommerceOrder } from '../../api/platforms/woocommerce-order.ts';
import { shopifyOrder, wooCommerceOrder } from '../support/platform-orders.ts';

const VISITOR = '0b9c2c5e-8d35-4d5c-9d39-0b6d9d6a7f10';
const success = (change: Record<string, unknown> = {}) => ({ status: 'success', tracking_number: 'LC1', ...change });

describe('Shopify', () => {
  it.each([
    [{ financial_status: 'pending' }, 'awaiting_payment'],
    [{ financial_status: 'partially_paid' }, 'awaiting_payment'],
    [{ financial_status: 'authorized' }, 'placed'],
    [{ financial_status: null }, 'placed'],
    [{ financial_status: undefined }, 'placed'],
    [{ financial_status: 'paid' }, 'paid'],
    [{ financial_status: 'partially_refunded' }, 'paid'],
    [{ fulfillment_status: 'partial', fulfillments: [success()] }, 'paid'],
    [{ fulfillment_status: 'fulfilled', fulfillments: [success()] }, 'shipped'],
    [{ financial_status: 'pending', fulfillment_status: 'fulfilled' }, 'shipped'],
    [{ fulfillment_status: 'fulfilled', fulfillments: [success({ shipment_status: 'delivered' })] }, 'delivered'],
    [
      { fulfillment_status: 'fulfilled', fulfillments: [success({ shipment_status: 'delivered' }), success()] },
      'shipped',
    ],
    [
      {
        fulfillment_status: 'fulfilled',
        fulfillments: [success({ status: 'cancelled' }), success({ shipment_status: 'delivered' })],
      },
      'delivered',
    ],
    [{ cancelled_at: '2026-11-22T12:00:00Z' }, 'cancelled'],
    [{ financial_status: 'voided' }, 'cancelled'],
    [{ financial_status: 'refunded', cancelled_at: '2026-11-22T12:00:00Z' }, 'refunded'],
  ])('%j is %s', (change, status) => {
    expect(readShopifyOrder(shopifyOrder(change))?.status).toBe(status);
  });

  it('tells who, what, for how much and when', () => {
    const order = readShopifyOrder(
      shopifyOrder({
        financial_status: 'pending',
        total_outstanding: '30.00',
        order_status_url: 'https://lamps.example/orders/1',
        customer_locale: 'en-GB',
        discount_codes: [{ code: 'BACK10', amount: '4.20', type: 'percentage' }, { amount: '1' }],
        note_attributes: [
          { name: 'colour', value: 'green' },
          { name: 'linger_visitor', value: VISITOR.toUpperCase() },
        ],
        fulfillments: [success({ tracking_url: 'https://carrier.example/LC1' })],
      }),
    );
    expect(order).toEqual({
      id: '1001',
      number: '#1001',
      status: 'awaiting_payment',
      unpaid: true,
      address: { address: 'ann@example.com', canonical: 'ann@example.com' },
      email: 'ann@example.com',
      name: 'Ann',
      phone: '+49 30 1',
      visitor: VISITOR,
      locale: 'en-GB',
      total: 37.8,
      currency: 'EUR',
      due: 30,
      payUrl: 'https://lamps.example/orders/1',
      items: [{ id: '42', title: 'Teapot', price: 42, quantity: 1 }],
      codes: ['BACK10'],
      placedAt: Date.UTC(2026, 10, 22, 9, 30),
      changedAt: '2026-11-22T09:30:00.000Z',
      tracking: 'LC1',
      trackingUrl: 'https://carrier.example/LC1',
    });
  });

  it.each([
    ['the contact’s address', { email: '', contact_email: 'bob@example.com' }, { email: 'bob@example.com' }],
    ['the customer’s address', { email: null, customer: { email: 'bob@example.com' } }, { email: 'bob@example.com' }],
    ['no address', { email: 'nobody', customer: null }, { address: null, email: undefined }],
    ['money as a number', { total_price: 37.8 }, { total: 37.8 }],
    ['no currency', { currency: 'eur' }, { currency: undefined }],
    ['a bill of nothing', { total_price: '0.00' }, { total: 0 }],
    [
      'somebody else’s attributes',
      { note_attributes: [{ name: 'linger_visitor', value: 'x' }, null] },
      { visitor: undefined },
    ],
    ['codes that are none', { discount_codes: [null, 7, { code: ' ' }] }, { codes: [] }],
    [
      'a pay link that is none',
      { financial_status: 'pending', order_status_url: 'javascript:1' },
      { payUrl: undefined },
    ],
  ])('%s', (_, change, expected) => {
    expect(readShopifyOrder(shopifyOrder(change))).toMatchObject(expected);
  });

  it.each([
    [{ sku: 'TP-1' }, 'TP-1'],
    [{ product_id: null, sku: '' }, '7'],
  ])('a line %j goes by %s', (change, id) => {
    const line = { id: 7, title: 'Teapot', quantity: 1, price: '42.00', ...change };
    expect(readShopifyOrder(shopifyOrder({ line_items: [line, { quantity: 0 }, null] }))?.items).toEqual([
      { id, title: 'Teapot', price: 42, quantity: 1 },
    ]);
  });

  it.each([[null], [[]], ['order'], [{}], [shopifyOrder({ id: null })], [shopifyOrder({ total_price: 'free' })]])(
    '%j is no order',
    (body) => expect(readShopifyOrder(body)).toBeNull(),
  );

  it('a refund names an order and is none', () => {
    expect(readShopifyOrder({ id: 5, order_id: 1001, refund_line_items: [] })).toBeNull();
  });
});

describe('WooCommerce', () => {
  it.each([
    ['pending', 'awaiting_payment'],
    ['on-hold', 'awaiting_payment'],
    ['failed', 'awaiting_payment'],
    ['processing', 'paid'],
    ['completed', 'delivered'],
    ['cancelled', 'cancelled'],
    ['trash', 'cancelled'],
    ['refunded', 'refunded'],
  ])('%s is %s', (status, ours) => {
    expect(readWooCommerceOrder(wooCommerceOrder({ status }))?.status).toBe(ours);
  });

  it.each(['draft', 'auto-draft', 'checkout-draft', 'constructor', '', undefined])('%s is no order', (status) => {
    expect(readWooCommerceOrder(wooCommerceOrder({ status }))).toBeNull();
  });

  it('tells who, what, for how much and when', () => {
    const order = readWooCommerceOrder(
      wooCommerceOrder({
        status: 'on-hold',
        payment_url: 'https://shop.example/pay',
        coupon_lines: [{ code: 'back10', discount: '4.20' }],
        meta_data: [{ key: '_linger_visitor', value: VISITOR }],
        line_items: [
          {
            product_id: 42,
            name: 'Tea &ndash; green',
            quantity: 1.5,
            subtotal: '15.00',
            total: '10.00',
            image: { src: 'https://shop.example/t.jpg' },
          },
          { product_id: 0, sku: 'TP-1', name: 'Pot', quantity: 2, total: '6.00' },
        ],
      }),
    );
    expect(order).toEqual({
      id: '1001',
      number: '1001',
      status: 'awaiting_payment',
      unpaid: true,
      address: { address: 'ann@example.com', canonical: 'ann@example.com' },
      email: 'ann@example.com',
      name: 'Ann',
      phone: '+49 30 1',
      visitor: VISITOR,
      total: 37.8,
      currency: 'EUR',
      due: 37.8,
      payUrl: 'https://shop.example/pay',
      items: [
        { id: '42', title: 'Tea &ndash; green', price: 6.67, quantity: 1.5, image: 'https://shop.example/t.jpg' },
        { id: 'TP-1', title: 'Pot', price: 3, quantity: 2 },
      ],
      undiscounted: [
        { id: '42', title: 'Tea &ndash; green', price: 10, quantity: 1.5, image: 'https://shop.example/t.jpg' },
        { id: 'TP-1', title: 'Pot', price: 3, quantity: 2 },
      ],
      codes: ['back10'],
      placedAt: Date.UTC(2026, 10, 22, 9, 30),
      changedAt: '2026-11-22T09:30:00.000Z',
    });
  });

  it('without times of its own it is of now', () => {
    const order = readWooCommerceOrder(
      wooCommerceOrder({ date_created_gmt: null, date_modified_gmt: null, billing: { email: '' } }),
    );
    expect(order).toMatchObject({ placedAt: undefined, changedAt: undefined, address: null });
  });
});

describe('exact JSON', () => {
  it.each([
    ['{"id":820982911946154508}', { id: '820982911946154508' }],
    ['[-9007199254740993,1]', ['-9007199254740993', 1]],
    ['{"a":"820982911946154508 \\"820982911946154508"}', { a: '820982911946154508 "820982911946154508' }],
    ['{"price":1234567890123456.5,"e":1e20}', { price: 1234567890123456.5, e: 1e20 }],
    ['{"id":123456789012345}', { id: 123_456_789_012_345 }],
  ])('%s', (text, value) => expect(parseExact(text)).toEqual(value));

  it('what is no JSON stays none', () => expect(() => parseExact('{"id":1')).toThrow(SyntaxError));
});

it.each([
  ['Tea &ndash; green &amp; white', 'Tea – green & white'],
  ['&#8211;&#x2013;', '––'],
  ['&quot;Pot&quot;', '"Pot"'],
  ['R&D; AT&T &toString; &#0; &#xd800; &', 'R&D; AT&T &toString; &#0; &#xd800; &'],
])('%s reads %s', (text, read) => expect(decodeEntities(text)).toBe(read));
