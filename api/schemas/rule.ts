/** Rules as an admin writes them, with the defaults filled in. */

import { z } from 'zod';
import { type AdaptivePlan, BUDGET_PERIODS, drawnValues } from '../../core/adaptive-offer.ts';
import { changedOffer, OFFER_KINDS, OFFER_TARGETS, type Offer } from '../../core/offer.ts';
import { POPUP_FORMATS } from '../../core/popup.ts';
import { MOMENTS, type Rule } from '../../core/rule.ts';
import { codePlan, offerProblemOf } from './code-plan.ts';
import { amount, duration, text } from './common.ts';
import { condition } from './condition.ts';
import { popup, popupFields, popupProblems } from './popup.ts';
import { caps, pages, schedule } from './rule-bounds.ts';

const tier = z.strictObject({
  from: amount.positive('must be more than 0'),
  kind: z.enum(['percent', 'fixed']),
  value: z.number().positive('must be more than 0').max(1e9),
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

const offerFields = {
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
        'More for larger orders: from `from` on, `value` in place of the offer’s own. Of the offer’s kind, each with a larger `from` and `value` than the one before, so that nobody gets less than was promised. Not for `code.mode: "platform"`, whose checkouts know no tiers.',
    }),
  ),
  expiresIn: z.exactOptional(duration),
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

function offerProblems(offer: Offer): FieldProblem[] {
  const { kind, value, gift } = offer;
  const valued = kind === 'percent' || kind === 'fixed';
  if (valued && value === undefined) return [{ path: ['value'], message: `is required for ${kind}` }];
  if (!valued && value !== undefined) return [{ path: ['value'], message: `means nothing for ${kind}` }];
  if (kind === 'percent' && (value ?? 0) > 100) return [{ path: ['value'], message: 'must be at most 100' }];
  if (kind === 'gift' && !gift) return [{ path: ['gift'], message: 'is required for gift: what is it?' }];
  if (!valued && offer.on !== undefined) return [{ path: ['on'], message: `means nothing for ${kind}` }];
  if (!valued && offer.exclude !== undefined) return [{ path: ['exclude'], message: `means nothing for ${kind}` }];
  return tierProblems(offer);
}

/** An offer that nobody claims with things at hand. */
export const offerOnOrder = offer.refine(({ on = 'order' }) => on === 'order', {
  path: ['on'],
  message: 'must be order: nothing is shown with this offer that it could be on',
});

/** What was promised below a tier holds in it too. */
function tierProblems({ kind, value = 0, minOrder = 0, tiers = [] }: Offer): FieldProblem[] {
  if (tiers.length > 0 && kind !== 'percent' && kind !== 'fixed')
    return [{ path: ['tiers'], message: `mean nothing for ${kind}` }];
  let below = { from: minOrder, value };
  for (const [index, one] of tiers.entries()) {
    const problem = (field: string, message: string): FieldProblem[] => [{ path: ['tiers', index, field], message }];
    if (one.kind !== kind) return problem('kind', `must be ${kind}, as the offer is`);
    if (kind === 'percent' && one.value > 100) return problem('value', 'must be at most 100');
    if (one.from <= below.from) return problem('from', `must be more than ${below.from}, where the one below begins`);
    if (one.value <= below.value) return problem('value', `must be more than ${below.value}, what the one below gives`);
    below = one;
  }
  return [];
}

const variant = z.strictObject({
  key: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'must be 1 to 40 of a–z, 0–9 and -')
    .refine((key) => key !== 'holdout', 'is taken'),
  weight: z.number().positive().max(1_000).default(1),
  moment: z.exactOptional(
    z.enum(MOMENTS).meta({
      description:
        'Another moment than the rule’s. Visitors then count as eligible from the first of all the moments on, whichever they drew.',
    }),
  ),
  offer: z.exactOptional(z.strictObject({ kind: z.exactOptional(z.enum(OFFER_KINDS)), ...offerFields })),
  popup: z.exactOptional(z.strictObject({ ...popupFields, format: z.exactOptional(z.enum(POPUP_FORMATS)) })),
});

const adaptive = z
  .strictObject({
    values: z.array(z.number().min(0).max(1e9)).min(1).max(10),
    floor: z.exactOptional(z.number().min(0).max(1e9)),
    ceiling: z.exactOptional(z.number().positive().max(1e9)),
    budget: z.exactOptional(
      z.strictObject({ amount: amount.positive('must be more than 0'), per: z.enum(BUDGET_PERIODS) }),
    ),
    margin: z.exactOptional(z.number().positive('must be more than 0').max(1, 'must be at most 1')),
  })
  .meta({
    description:
      'Finds the size of the discount by itself: newcomers draw one of `values` (percents, or amounts for a `fixed` offer) or 0, no discount, the more often the more net revenue per eligible visitor it has left so far. `floor` and `ceiling` bound the discounts drawn from now on; once codes of the rule have cost `budget.amount` this day or month in the shop’s zone, newcomers draw 0, while codes given before stay good. `margin` is the share of the undiscounted price left after the goods are paid for (without it the shop’s `margin`). Chances are set anew every hour, from the last 90 days.',
  }) satisfies z.ZodType<AdaptivePlan>;

function adaptiveProblems(plan: AdaptivePlan, offer: Offer): { path: string[]; message: string }[] {
  if (offer.kind !== 'percent' && offer.kind !== 'fixed')
    return [{ path: [], message: 'can be had for offers of the kind percent or fixed' }];
  if (offer.kind === 'percent' && Math.max(...plan.values) > 100)
    return [{ path: ['values'], message: 'must be at most 100 each' }];
  return drawnValues(plan).length > 1 ? [] : [{ path: ['values'], message: 'must leave a discount to be drawn' }];
}

export const ruleInput = z
  .strictObject({
    name: text(120),
    enabled: z.boolean().default(false),
    priority: z.int().min(-1_000).max(1_000).default(0),
    moment: z.enum(MOMENTS),
    when: condition,
    schedule: z.exactOptional(schedule),
    pages: z.exactOptional(pages),
    caps: z.exactOptional(caps),
    afterPurchase: z.exactOptional(
      z.boolean().meta({ description: 'Speak also in a visit that has bought. Without it the rule keeps quiet then.' }),
    ),
    offer,
    code: codePlan.prefault({}),
    popup: popup.prefault({}),
    quietFor: z.strictObject({ refused: duration.default('30d'), shown: duration.default('1d') }).prefault({}),
    holdout: z.number().min(0).max(1).default(0.1),
    variants: z.array(variant).max(10).default([]),
    adaptive: z.exactOptional(adaptive),
    flow: text(63).default('discount-reminder'),
  })
  .superRefine((rule, context) => {
    const unmade = offerProblemOf(rule.code, rule.offer);
    if (unmade) context.addIssue({ code: 'custom', path: ['offer', unmade.path], message: unmade.message });
    for (const { path, message } of popupProblems(rule.popup, rule.offer))
      context.addIssue({ code: 'custom', path: ['popup', ...path], message });
    if (rule.adaptive) {
      if (rule.offer.tiers)
        context.addIssue({ code: 'custom', path: ['offer', 'tiers'], message: 'must be absent beside adaptive' });
      for (const { path, message } of adaptiveProblems(rule.adaptive, rule.offer))
        context.addIssue({ code: 'custom', path: ['adaptive', ...path], message });
      if (rule.variants.length > 0)
        context.addIssue({ code: 'custom', path: ['variants'], message: 'must be empty beside adaptive' });
    }
    const keys = rule.variants.map((one) => one.key);
    for (const [index, one] of rule.variants.entries()) {
      if (keys.indexOf(one.key) !== index)
        context.addIssue({ code: 'custom', path: ['variants', index, 'key'], message: 'must differ from the others' });
      const changed = changedOffer(rule.offer, one.offer ?? {});
      for (const { path, message } of offerProblems(changed)) {
        context.addIssue({ code: 'custom', path: ['variants', index, 'offer', ...path], message });
      }
      const lost = unmade ? null : offerProblemOf(rule.code, changed);
      if (lost)
        context.addIssue({ code: 'custom', path: ['variants', index, 'offer', lost.path], message: lost.message });
      if (!one.popup) continue;
      for (const { path, message } of popupProblems({ ...rule.popup, ...one.popup }, changed)) {
        context.addIssue({ code: 'custom', path: ['variants', index, 'popup', ...path], message });
      }
    }
  })
  .meta({ id: 'RuleInput' }) satisfies z.ZodType<Omit<Rule, 'id'>>;

export type RuleInput = z.infer<typeof ruleInput>;
