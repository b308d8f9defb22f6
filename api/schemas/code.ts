/** Codes and orders as the shop's server speaks of them. */

import { z } from 'zod';
import { amount, currency, email, instant, locale, text, uuid, webUrl } from './common.ts';

export const codeCheck = z
  .strictObject({
    orderId: z.exactOptional(text(200)),
    total: z.exactOptional(amount),
    currency: z.exactOptional(currency),
    email: z.exactOptional(email),
  })
  .meta({ id: 'CodeCheck' });

export const codeRedeem = z
  .strictObject({
    orderId: text(200),
    total: amount,
    currency: z.exactOptional(currency),
    email: z.exactOptional(email),
  })
  .meta({ id: 'CodeRedeem' });

const ORDER_STATUSES = [
  'placed',
  'awaiting_payment',
  'paid',
  'shipped',
  'delayed',
  'delivered',
  'cancelled',
  'refunded',
] as const;

const isoTime = instant.transform((ms) => new Date(ms).toISOString());

export const orderInput = z
  .strictObject({
    id: text(200),
    number: z.exactOptional(text(100)),
    status: z.enum(ORDER_STATUSES),
    email: z.exactOptional(email),
    name: z.exactOptional(z.string().max(200)),
    phone: z.exactOptional(z.string().max(40)),
    visitor: z.exactOptional(uuid),
    total: amount,
    due: z.exactOptional(amount),
    currency,
    items: z
      .array(
        z.strictObject({
          id: text(200),
          title: z.string().max(500).default(''),
          price: amount.nullable().default(null),
          quantity: z.number().positive().max(1e6).default(1),
          url: z.exactOptional(webUrl()),
          image: z.exactOptional(webUrl()),
        }),
      )
      .max(500)
      .default([]),
    codes: z.array(text(100)).max(20).default([]),
    placedAt: instant,
    payUrl: z.exactOptional(webUrl()),
    payBefore: z.exactOptional(isoTime),
    deliveryFrom: z.exactOptional(isoTime),
    deliveryTo: z.exactOptional(isoTime),
    tracking: z.exactOptional(z.string().max(100)),
    trackingUrl: z.exactOptional(webUrl()),
    delayedUntil: z.exactOptional(isoTime),
    locale: z.exactOptional(locale),
  })
  .meta({ id: 'OrderInput' });
