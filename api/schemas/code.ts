/** Codes and orders as the shop's server speaks of them. */

import { z } from 'zod';
import { ORDER_STATUSES } from '../../core/flows/flow.ts';
import type { CodeView } from '../actions/codes/view-code.ts';
import { iso } from './answers.ts';
import { amount, currency, email, instant, locale, text, uuid, webUrl } from './common.ts';
import { quantity } from './item.ts';

const items = z.exactOptional(
  z
    .array(
      z.strictObject({
        id: text(200),
        price: amount.nullable().default(null),
        quantity: quantity.default(1),
        category: z.exactOptional(z.string().max(300).nullable()),
        was: z.exactOptional(amount.nullable()),
        // What else an order's lines say is taken, so that one list serves here and in `POST /v1/orders`.
        currency: z.exactOptional(currency),
        title: z.exactOptional(z.string().max(500)),
        url: z.exactOptional(webUrl()),
        image: z.exactOptional(webUrl()),
      }),
    )
    .max(500)
    .meta({
      description:
        'What is ordered: the shop’s ids as its pages tell them, the price of one before the discount, `was` where the shop itself has lowered it. An offer on certain things, or with exclusions, needs it: without it `discount` is null.',
    }),
);

const codes = z.exactOptional(
  z.array(text(100)).max(20).meta({
    description:
      'The other codes and discounts of the order, by name; the code itself may be among them. Beside them an offer whose `stacking` is `none` gets 409 `not_combinable`, and so does any beside another code of Linger’s.',
  }),
);

export const codeCheck = z
  .strictObject({
    orderId: z.exactOptional(text(200)),
    total: z.exactOptional(amount),
    items,
    codes,
    currency: z.exactOptional(currency),
    email: z.exactOptional(email),
  })
  .meta({ id: 'CodeCheck' });

export const codeReserve = z
  .strictObject({
    orderId: text(200),
    total: z.exactOptional(amount),
    items,
    codes,
    currency: z.exactOptional(currency),
    email: z.exactOptional(email),
  })
  .meta({ id: 'CodeReserve' });

export const codeRedeem = z
  .strictObject({
    orderId: text(200),
    total: amount,
    items,
    codes,
    currency: z.exactOptional(currency),
    email: z.exactOptional(email),
  })
  .meta({ id: 'CodeRedeem' });

/** The other fields are taken, so that one body serves all four calls. */
export const codeRelease = codeReserve.meta({ id: 'CodeRelease' });

const time = z.iso.datetime();

export const codeAnswer = z
  .object({
    code: z.string(),
    status: z.enum(['issued', 'reserved', 'redeemed', 'released', 'expired']),
    offer: z.looseObject({}),
    discount: z.number().nullable().meta({
      description:
        'What it takes off, in the shop’s currency. Null: nobody knows, as no total was told, or the offer is for some things alone and no items were told, or not their prices.',
    }),
    freeShipping: z.boolean().nullable().meta({
      description:
        'Whether the order is delivered free. Null: not used yet, or nobody knows, as a tier decides and no total was told.',
    }),
    orderId: z.string().nullable(),
    uses: z.int().nullable().meta({ description: 'How often it can be used; null is without end.' }),
    used: z.int(),
    issuedAt: time,
    expiresAt: time.nullable(),
    redeemedAt: time.nullable(),
    reservedUntil: time.nullable(),
  })
  .meta({ id: 'Code' });

const isoOrNull = (at: number | null): string | null => (at === null ? null : iso(at));

export const describeCode = (view: CodeView): z.infer<typeof codeAnswer> => ({
  code: view.code,
  status: view.status,
  offer: { ...view.offer },
  discount: view.discount,
  freeShipping: view.freeShipping,
  orderId: view.orderId,
  uses: view.terms.uses,
  used: view.used,
  issuedAt: iso(view.issuedAt),
  expiresAt: isoOrNull(view.expiresAt),
  redeemedAt: isoOrNull(view.redeemedAt),
  reservedUntil: isoOrNull(view.reservedUntil),
});

const isoTime = instant.transform((ms) => new Date(ms).toISOString());

/** What a shop's server doesn't know it may leave out, or say null, as `GET /v1/orders/:id` does. */
const told = <T>(schema: z.ZodType<T>) => z.exactOptional(schema.nullable().transform((value) => value ?? undefined));

export const orderInput = z
  .strictObject({
    id: text(200),
    number: told(text(100)),
    status: z.enum(ORDER_STATUSES),
    email: told(email),
    name: told(z.string().max(200)),
    phone: told(z.string().max(40)),
    visitor: told(uuid),
    total: amount,
    due: told(amount),
    currency,
    items: z
      .array(
        z.strictObject({
          id: text(200),
          title: z.string().max(500).default(''),
          price: amount.nullable().default(null),
          currency: told(currency),
          quantity: z.number().positive().max(1e6).default(1),
          url: told(webUrl()),
          image: told(webUrl()),
          category: told(z.string().max(300)),
          was: told(amount),
        }),
      )
      .max(500)
      .default([]),
    codes: z.array(text(100)).max(20).default([]),
    placedAt: instant,
    payUrl: told(webUrl()),
    payBefore: told(isoTime),
    deliveryFrom: told(isoTime),
    deliveryTo: told(isoTime),
    tracking: told(z.string().max(100)),
    trackingUrl: told(webUrl()),
    delayedUntil: told(isoTime),
    locale: told(locale),
    changedAt: told(isoTime).meta({
      description:
        'When the order changed last. A word that names an earlier moment than the one before it changes nothing.',
    }),
  })
  .superRefine(({ items, currency: of }, context) => {
    for (const [index, line] of items.entries()) {
      if (line.currency !== undefined && line.currency !== of)
        context.addIssue({ code: 'custom', path: ['items', index, 'currency'], message: `must be the order’s, ${of}` });
    }
  })
  .meta({ id: 'OrderInput' });
