/** Events as pages send them, pinned to core's type: a field that drifts does not compile. Unknown fields are dropped, unknown types refused. */

import { z } from 'zod';
import { EXIT_SIGNALS, FORM_KINDS, PAGE_KINDS, SHARE_ACTS, type VisitEvent } from '../../core/visits/event.ts';
import { amount, currency, text, uuid } from './common.ts';
import { cartLine, item, quantity } from './item.ts';

/** ms by the browser's clock; a clock may be wrong by years, so only what a date can't be is refused. */
export const pageTime = z.number().min(-8.64e15).max(8.64e15);

const at = { at: pageTime };
const codes = z.array(text(100)).max(20).default([]);
const loose = (longest: number) => z.string().max(longest);

export const visitEvent = z
  .discriminatedUnion('type', [
    z.object({
      ...at,
      type: z.literal('page_view'),
      url: loose(2_000),
      path: loose(2_000),
      title: loose(500).default(''),
      referrer: loose(2_000).default(''),
      kind: z.enum(PAGE_KINDS).default('unknown'),
    }),
    z.object({ ...at, type: z.literal('view_item'), item }),
    z.object({ ...at, type: z.literal('view_reviews'), item }),
    z.object({ ...at, type: z.literal('search'), term: loose(200) }),
    z.object({ ...at, type: z.literal('add_to_wishlist'), item }),
    z.object({ ...at, type: z.enum(['add_to_cart', 'remove_from_cart']), item, quantity: quantity.default(1) }),
    z.object({
      ...at,
      type: z.literal('cart'),
      items: z.array(cartLine).max(200),
      value: amount.nullable().default(null),
      currency: currency.nullable().default(null),
      codes,
    }),
    z.object({ ...at, type: z.literal('begin_checkout'), value: z.exactOptional(amount.nullable()) }),
    z.object({
      ...at,
      type: z.literal('purchase'),
      orderId: text(200),
      value: amount.nullable().default(null),
      currency: currency.nullable().default(null),
      codes,
      items: z.array(cartLine).max(200).default([]),
    }),
    z.object({
      ...at,
      type: z.literal('share'),
      act: z.enum(SHARE_ACTS),
      network: z.exactOptional(loose(60)),
      item: z.exactOptional(item),
    }),
    z.object({ ...at, type: z.literal('form'), kind: z.enum(FORM_KINDS), item: z.exactOptional(item) }),
    z.object({ ...at, type: z.literal('engagement'), ms: z.number().min(0).max(86_400_000) }),
    z.object({ ...at, type: z.literal('exit_intent'), signal: z.enum(EXIT_SIGNALS) }),
    z.object({
      ...at,
      type: z.enum(['offer_shown', 'offer_withheld', 'offer_accepted', 'offer_declined']),
      rule: uuid,
      variant: loose(60).nullable().default(null),
    }),
    z.object({ ...at, type: z.literal('identify'), email: loose(254), proof: loose(200).default('') }),
    z.object({
      ...at,
      type: z.literal('custom'),
      name: text(60),
      data: z
        .record(
          z.string().max(60),
          z.union(
            [z.string().max(500), z.number(), z.boolean(), z.null()],
            'must be text of at most 500 characters, a number, true, false or null',
          ),
        )
        .refine((data) => Object.keys(data).length <= 30, 'must have at most 30 fields')
        .default({}),
    }),
  ])
  .meta({ id: 'PageEvent' }) satisfies z.ZodType<VisitEvent>;
