/** Rules as an admin writes them, with the defaults filled in. */

import { z } from 'zod';
import { type AdaptivePlan, BUDGET_PERIODS, drawnValues } from '../../core/experiments/adaptive-offer.ts';
import { changedOffer, OFFER_KINDS, type Offer } from '../../core/rules/offer.ts';
import { POPUP_FORMATS } from '../../core/rules/popup.ts';
import { MOMENTS, type Rule } from '../../core/rules/rule.ts';
import { codePlan, offerProblemOf } from './code-plan.ts';
import { amount, duration, text } from './common.ts';
import { condition } from './condition.ts';
import { offer, offerFields, offerProblems } from './offer.ts';
import { popup, popupFields, popupProblems } from './popup.ts';
import { caps, pages, schedule } from './rule-bounds.ts';

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
    holdout: z.number().min(0).max(1, 'must be at most 1: a tenth is 0.1').default(0.1),
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
