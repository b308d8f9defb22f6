/** Offers as an admin writes them: what is off, of what, and for whom more. */

import { z } from 'zod';
import {
  discountOn,
  OFFER_KINDS,
  OFFER_STACKINGS,
  OFFER_TARGETS,
  type Offer,
  type OfferTier,
  takesMoney,
} from '../../core/rules/offer.ts';
import { durationMs } from '../../core/values/duration.ts';
import { amount, duration, text } from './common.ts';

const tier = z.strictObject({
  from: amount.positive('must be more than 0'),
  kind: z.enum(['percent', 'fixed', 'shipping']),
  value: z.exactOptional(z.number().positive('must be more than 0').max(1e9)),
});

const exclude = z
  .strictObject({
    categories: z.exactOptional(z.array(text(200)).min(1).max(50)),
    reduced: z.exactOptional(z.boolean()),
  })
  .meta({
    description:
      'What nothing is taken off. `categories`: compared whole, without regard to case; of a thing whose category nobody tells the popup promises no lower price, and the checkout gives it. `reduced`: what tells an old price (`was`) above its price; where nobody tells one, nothing is reduced. For a `percent` or `fixed` offer.',
  });

export const offerFields = {
  value: z.exactOptional(z.number().positive('must be more than 0').max(1e9)),
  on: z.exactOptional(
    z.enum(OFFER_TARGETS).meta({
      description:
        'What a `percent` or `fixed` offer is taken off. `order` (default): whatever is ordered; `items`: the up to four things that it was shown with, carted ones first; `cart`: what the cart held when it was claimed. `items` and `cart` want something to be there: who has viewed or carted nothing is not shown the rule.',
    }),
  ),
  exclude: z.exactOptional(exclude),
  minOrder: z.exactOptional(amount),
  tiers: z.exactOptional(
    z.array(tier).min(1).max(10).meta({
      description:
        'More for larger orders, by their total: `percent` and `fixed` with a `value`, or `shipping`. An order gets the most that the offer and the tiers it reaches take off, and free shipping where one of them gives it, so that nobody gets less than was promised. Each begins higher than the one before, and gives something more. For percent, fixed and shipping; not for `code.mode: "platform"`, whose checkouts know no tiers.',
    }),
  ),
  stacking: z.exactOptional(
    z.enum(OFFER_STACKINGS).meta({
      description:
        'Whether the code may be used beside other codes and discounts of the order, as `check`, `reserve` and `redeem` are told them in `codes`. `none` (default): 409 `not_combinable`; `any`: beside all that are not Linger’s: an order takes one of those. In Shopify `none` combines with nothing and `any` with every class of discounts, in WooCommerce `none` is a coupon for individual use.',
    }),
  ),
  expiresIn: z.exactOptional(
    duration.refine((value) => durationMs(value) > 0, 'must be more than nothing, such as 7d'),
  ),
  gift: z.exactOptional(text(120)),
};

export const offer = z
  .strictObject({ kind: z.enum(OFFER_KINDS), ...offerFields })
  .superRefine((value, context) => {
    for (const { path, message } of offerProblems(value)) context.addIssue({ code: 'custom', path, message });
  })
  .meta({ id: 'Offer' }) satisfies z.ZodType<Offer>;

interface FieldProblem {
  path: (string | number)[];
  message: string;
}

export function offerProblems(offer: Offer): FieldProblem[] {
  const { kind, value, gift } = offer;
  const valued = kind === 'percent' || kind === 'fixed';
  if (valued && value === undefined) return [{ path: ['value'], message: `is required for ${kind}` }];
  if (!valued && value !== undefined) return [{ path: ['value'], message: `means nothing for ${kind}` }];
  const slip = kind === 'percent' ? percentSlip(value ?? 0) : null;
  if (slip) return [{ path: ['value'], message: slip }];
  if (kind === 'gift' && !gift) return [{ path: ['gift'], message: 'is required for gift: what is it?' }];
  const bound = takesMoney(offer)
    ? undefined
    : (['on', 'exclude'] as const).find((field) => offer[field] !== undefined);
  if (bound) return [{ path: [bound], message: `means nothing for ${kind}` }];
  return tierProblems(offer);
}

/** An offer that nobody claims with things at hand. */
export const offerOnOrder = offer.refine(({ on = 'order' }) => on === 'order', {
  path: ['on'],
  message: 'must be order: nothing is shown with this offer that it could be on',
});

/** A tier that gives nothing more than those below it is a slip. */
function tierProblems({ kind, value = 0, minOrder = 0, tiers = [] }: Offer): FieldProblem[] {
  if (tiers.length > 0 && (kind === 'gift' || kind === 'none'))
    return [{ path: ['tiers'], message: `mean nothing for ${kind}` }];
  const below: Worth[] = [{ from: minOrder, kind, value }];
  for (const [index, one] of tiers.entries()) {
    const [field, message] = problemOfTier(one, below) ?? [];
    if (field) return [{ path: ['tiers', index, field], message: message ?? '' }];
    below.push(one);
  }
  return [];
}

type Worth = { from: number } & Pick<Offer, 'kind' | 'value'>;

function problemOfTier(one: OfferTier, below: readonly Worth[]): [keyof OfferTier, string] | null {
  const { from, kind, value } = one;
  const last = below.at(-1)?.from ?? 0;
  if (from <= last) return ['from', `must be more than ${last}, where the one below begins`];
  const same = below.filter((other) => other.kind === kind);
  if (kind === 'shipping') {
    if (value !== undefined) return ['value', 'means nothing for shipping'];
    return same.length > 0 ? ['kind', 'is given below already'] : null;
  }
  if (value === undefined) return ['value', `is required for ${kind}`];
  const slip = kind === 'percent' ? percentSlip(value) : null;
  if (slip) return ['value', slip];
  const most = Math.max(0, ...same.map((other) => other.value ?? 0));
  if (value <= most) return ['value', `must be more than ${most}, what the one below gives`];
  const others = Math.max(0, ...below.filter((other) => other.kind !== kind).map((other) => offAt(from, other)));
  return offAt(from, one) > others ? null : ['value', `must take more than ${others} off ${from}, as those below do`];
}

/** Percents are kept exact to the basis point. */
function percentSlip(value: number): string | null {
  if (value > 100) return 'must be at most 100';
  return Number(value.toFixed(2)) === value ? null : 'must have at most 2 decimals';
}

/** In the finest of currencies: which the shop's is, a rule doesn't say. */
const offAt = (total: number, { kind, value }: Worth): number =>
  discountOn({ total }, { kind, ...(value === undefined ? {} : { value }) }, 'KWD') ?? 0;
