import { expect, test } from 'vitest';
import type { VisitEvent } from '../../../core/visits/event.ts';
import { isOnSoldOut } from '../../../core/visits/sold-out.ts';
import { foldVisit, newVisit } from '../../../core/visits/visit.ts';
import { SOLD_OUTS, type Step } from '../../cases/sold-out.ts';

const item = (id: string, available?: boolean) => ({
  id,
  title: id,
  price: 1,
  currency: 'EUR',
  url: `https://shop.example/${id}`,
  ...(available === undefined ? {} : { available }),
});

const EVENTS: Record<Step, (at: number) => VisitEvent> = {
  page: (at) => ({
    type: 'page_view',
    at,
    url: 'https://shop.example/',
    path: '/',
    title: '',
    referrer: '',
    kind: 'product',
  }),
  gone: (at) => ({ type: 'view_item', at, item: item('one', false) }),
  back: (at) => ({ type: 'view_item', at, item: item('one', true) }),
  there: (at) => ({ type: 'view_item', at, item: item('other', true) }),
  unsaid: (at) => ({ type: 'view_item', at, item: item('third') }),
  cart: (at) => ({ type: 'add_to_cart', at, item: item('fourth', true), quantity: 1 }),
};

test.each(SOLD_OUTS)('%s', (_name, steps, soldOut) => {
  const visit = steps.map((step, at) => EVENTS[step](at)).reduce(foldVisit, newVisit(0));
  expect(isOnSoldOut(visit)).toBe(soldOut);
});
