/** Orders, as the shop's server tells them. */

import { orderById } from '../../db/orders.ts';
import { recordOrder } from '../actions/orders/record-order.ts';
import { endpoint } from '../http/endpoint.ts';
import { Problem } from '../problem.ts';
import { describeOrder, orderAnswer } from '../schemas/answers.ts';
import { orderInput } from '../schemas/code.ts';

const tag = 'Orders';

export const orderRoutes = [
  endpoint(
    {
      method: 'post',
      path: '/v1/orders',
      access: 'shop',
      tag,
      summary: 'Tell of an order',
      description:
        'The same id again replaces what was told. A purchase ends the buyer’s reminders, by address, by visitor and by code; our codes named in it are redeemed.',
      body: orderInput,
      example: {
        id: '1001',
        status: 'paid',
        email: 'ann@example.com',
        total: 3780,
        currency: 'EUR',
        codes: [],
        placedAt: '2026-11-22T09:30:00Z',
        items: [{ id: 'teapot', title: 'Teapot', price: 4200, quantity: 1 }],
      },
      answers: {
        200: { description: 'Changed', schema: orderAnswer },
        201: { description: 'New', schema: orderAnswer },
      },
      problems: ['unauthorized', 'invalid_json', 'too_large', 'invalid'],
    },
    async ({ deps, shop, body }) => {
      const { email, ...order } = body;
      const input = { ...order, address: email ?? null, ...(email ? { email: email.address } : {}) };
      const { order: saved, created } = await recordOrder(deps, shop, input);
      return { status: created ? 201 : 200, body: describeOrder(saved) };
    },
  ),
  endpoint(
    {
      method: 'get',
      path: '/v1/orders/:id',
      access: 'shop',
      tag,
      summary: 'One order',
      answers: { 200: { description: 'The order', schema: orderAnswer } },
      problems: ['unauthorized', 'not_found'],
    },
    async ({ deps, shop, params }) => {
      const order = await deps.db.shop(shop.id, (tx) => orderById(tx, shop.id, params.id ?? ''));
      if (!order) throw new Problem('not_found');
      return { status: 200, body: describeOrder(order) };
    },
  ),
];
