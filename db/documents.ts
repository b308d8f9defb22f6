/** Shapes of the JSON documents that some columns hold. */

import type { QuietHours } from '../core/calendar.ts';
import type { ConsentForm } from '../core/wire.ts';

export interface ShopSettings {
  brand: { accent?: string; logo?: string };
  consent: ConsentForm;
  privacyUrl: string | null;
  sending: { dailyCap: number | null; quietHours: QuietHours | null };
}

export interface OrderLine {
  id: string;
  title: string;
  price: number | null;
  quantity: number;
  url?: string | undefined;
  image?: string | undefined;
}

/** What the shop told of an order beyond the columns of its own. Times are ISO 8601. */
export interface OrderBody {
  number?: string | undefined;
  email?: string | undefined;
  name?: string | undefined;
  phone?: string | undefined;
  due?: number | undefined;
  items: OrderLine[];
  codes: string[];
  payUrl?: string | undefined;
  payBefore?: string | undefined;
  deliveryFrom?: string | undefined;
  deliveryTo?: string | undefined;
  tracking?: string | undefined;
  trackingUrl?: string | undefined;
  delayedUntil?: string | undefined;
  locale?: string | undefined;
}
