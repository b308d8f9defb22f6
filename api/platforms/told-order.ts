/** An order as a shop's platform tells it, in our words. */

import type { OrderStatus } from '../../core/flows/flow.ts';
import type { OrderInput } from '../actions/orders/record-order.ts';

export interface ToldOrder extends Omit<OrderInput, 'placedAt' | 'currency'> {
  status: OrderStatus;
  /** Undefined where the platform leaves them out: then it is now, and the shop's own. */
  placedAt: number | undefined;
  currency: string | undefined;
}
