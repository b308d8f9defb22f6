/** Events, as the shop's server tells them. */

import { takeToldEvent } from '../actions/flows/take-told-event.ts';
import { endpoint } from '../http/endpoint.ts';
import { toldAnswer, toldEvents } from '../schemas/told-event.ts';

export const eventRoutes = [
  endpoint(
    {
      method: 'post',
      path: '/v1/events',
      access: 'shop',
      tag: 'Events',
      summary: 'Tell of up to 100 events',
      description:
        'About somebody (`email`, `contact` or `visitor`), or about things that are back in stock (`item_back`): then whoever waits for them is told. Begins the flows that speak of it. An order is told to POST /v1/orders.',
      body: toldEvents,
      example: {
        events: [
          { id: 'reg-1', name: 'registered', email: 'ann@example.com' },
          { id: 'points-7', name: 'points_given', email: 'ann@example.com', data: { points: 300 } },
        ],
      },
      answers: { 200: { description: 'What became of each, in their order', schema: toldAnswer } },
      problems: ['unauthorized', 'invalid_json', 'too_large', 'invalid'],
    },
    async ({ deps, shop, body }) => {
      const data = [];
      for (const event of body.events) data.push(await takeToldEvent(deps, shop, event));
      deps.wake();
      return { status: 200, body: { data } };
    },
  ),
];
