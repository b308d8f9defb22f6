/** The shop's orders, as long as the process lives: enough for a demo, and no order twice. */

import type { Linger } from './linger.ts';
import { type OrderDraft, type PlacedOrder, type Placing, placeOrder } from './place-order.ts';

export interface OrderBook {
  /** Placing an order that is placed, or being placed this moment, gives that order: a double click buys once. */
  place(draft: OrderDraft): Promise<Placing>;
  find(id: string): Promise<PlacedOrder | undefined>;
}

export function orderBook(linger: Linger, mostKept = 500): OrderBook {
  const placings = new Map<string, Promise<Placing>>();

  return {
    async place(draft) {
      const known = placings.get(draft.id);
      if (known) return known;
      const placing = placeOrder(linger, draft);
      placings.set(draft.id, placing);
      const oldest = placings.keys().next().value;
      if (placings.size > mostKept && oldest !== undefined) placings.delete(oldest);
      const outcome = await placing;
      if (outcome.kind === 'held') placings.delete(draft.id);
      return outcome;
    },
    async find(id) {
      const placing = await placings.get(id);
      return placing?.kind === 'placed' ? placing.order : undefined;
    },
  };
}
