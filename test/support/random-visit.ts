/** Random visits as pages tell them: events in time, of any kind and in any order that shops see. */

import type { Item } from '../../core/catalogue/item.ts';
import type { EventBody, VisitEvent } from '../../core/visits/event.ts';
import type { Random } from './random.ts';

const itemOf = (number: number): Item => ({
  id: `i${number}`,
  title: `Item ${number}`,
  price: number % 7 === 0 ? null : number + 0.5,
  currency: 'EUR',
  url: `https://shop.example/p/${number}`,
  category: `c${number % 3}`,
});

export function randomVisit(random: Random, most: number): VisitEvent[] {
  let at = Date.parse('2026-11-01T00:00:00Z') + random.int(0, 86_400_000);
  const kinds: (() => EventBody)[] = [
    () => {
      const path = random.pick(['/', '/sale', '/p/1', '/cart']);
      return { type: 'page_view', url: `https://shop.example${path}`, path, title: '', referrer: '', kind: 'other' };
    },
    () => ({ type: 'view_item', item: itemOf(random.int(1, 9)) }),
    () => ({ type: 'engagement', ms: random.int(0, 20_000) }),
    () => ({ type: 'add_to_cart', item: itemOf(random.int(1, 9)), quantity: 1 }),
    () => ({ type: 'search', term: 'lamp' }),
    () => ({ type: 'exit_intent', signal: 'pointer' }),
    () => ({ type: random.pick(['offer_shown', 'offer_declined'] as const), rule: 'r', variant: null }),
    () =>
      random.chance(0.3)
        ? { type: 'purchase', orderId: `o${at}`, value: 20, currency: 'EUR', codes: [], items: [] }
        : { type: 'begin_checkout' },
  ];
  return Array.from({ length: random.int(1, most) }, () => {
    at += random.int(0, 30_000);
    return { ...random.pick(kinds)(), at };
  });
}
