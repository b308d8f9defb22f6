/** Rules as an admin writes them, with the defaults filled in. */

import { z } from 'zod';
import { OFFER_KINDS, type Offer } from '../../core/offer.ts';
import { POPUP_FONTS, POPUP_FORMATS, POPUP_STEPS, POPUP_TEXTS, type Popup } from '../../core/popup.ts';
import { CODE_MODES, MOMENTS, type Rule } from '../../core/rule.ts';
import { amount, colour, duration, locale, text, webUrl } from './common.ts';
import { condition } from './condition.ts';

const offerFields = {
  value: z.exactOptional(z.number().positive('must be more than 0').max(1e9)),
  minOrder: z.exactOptional(amount),
  expiresIn: z.exactOptional(duration),
  gift: z.exactOptional(text(120)),
};

const offer = z
  .strictObject({ kind: z.enum(OFFER_KINDS), ...offerFields })
  .superRefine((value, context) => {
    for (const { path, message } of offerProblems(value)) context.addIssue({ code: 'custom', path, message });
  })
  .meta({ id: 'Offer' }) satisfies z.ZodType<Offer>;

function offerProblems({
  kind,
  value,
  gift,
}: {
  kind: string;
  value?: number;
  gift?: string;
}): { path: string[]; message: string }[] {
  const valued = kind === 'percent' || kind === 'fixed';
  if (valued && value === undefined) return [{ path: ['value'], message: `is required for ${kind}` }];
  if (!valued && value !== undefined) return [{ path: ['value'], message: `means nothing for ${kind}` }];
  if (kind === 'percent' && (value ?? 0) > 100) return [{ path: ['value'], message: 'must be at most 100' }];
  if (kind === 'gift' && !gift) return [{ path: ['gift'], message: 'is required for gift: what is it?' }];
  return [];
}

const popupFields = {
  steps: z.exactOptional(z.array(z.enum(POPUP_STEPS)).max(POPUP_STEPS.length)),
  format: z.enum(POPUP_FORMATS),
  texts: z.exactOptional(z.record(locale, z.partialRecord(z.enum(POPUP_TEXTS), z.string().max(500)))),
  theme: z.exactOptional(
    z.strictObject({
      accent: z.exactOptional(colour),
      background: z.exactOptional(colour),
      text: z.exactOptional(colour),
      radius: z.exactOptional(z.number().min(0).max(32)),
      font: z.exactOptional(z.enum(POPUP_FONTS)),
      side: z.exactOptional(z.enum(['left', 'right'])),
      edge: z.exactOptional(z.enum(['top', 'bottom'])),
      logo: z.exactOptional(webUrl()),
      picture: z.exactOptional(webUrl()),
    }),
  ),
};
const popup = z.strictObject({
  ...popupFields,
  format: z.enum(POPUP_FORMATS).default('modal'),
}) satisfies z.ZodType<Popup>;

const code = z.strictObject({
  mode: z.enum(CODE_MODES).default('unique'),
  prefix: z.exactOptional(z.string().regex(/^[A-Z0-9]{0,12}$/, 'must be at most 12 of A–Z and 0–9')),
  reveal: z.enum(['email', 'screen']).default('email'),
});

const variant = z.strictObject({
  key: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'must be 1 to 40 of a–z, 0–9 and -')
    .refine((key) => key !== 'holdout', 'is taken'),
  weight: z.number().positive().max(1_000).default(1),
  offer: z.exactOptional(z.strictObject({ kind: z.exactOptional(z.enum(OFFER_KINDS)), ...offerFields })),
  popup: z.exactOptional(z.strictObject({ ...popupFields, format: z.exactOptional(z.enum(POPUP_FORMATS)) })),
});

export const ruleInput = z
  .strictObject({
    name: text(120),
    enabled: z.boolean().default(false),
    priority: z.int().min(-1_000).max(1_000).default(0),
    moment: z.enum(MOMENTS),
    when: condition,
    offer,
    code: code.prefault({}),
    popup: popup.prefault({}),
    quietFor: z.strictObject({ refused: duration.default('30d'), shown: duration.default('1d') }).prefault({}),
    holdout: z.number().min(0).max(1).default(0.1),
    variants: z.array(variant).max(10).default([]),
    flow: text(63).default('discount-reminder'),
  })
  .superRefine((rule, context) => {
    const keys = rule.variants.map((one) => one.key);
    for (const [index, one] of rule.variants.entries()) {
      if (keys.indexOf(one.key) !== index)
        context.addIssue({ code: 'custom', path: ['variants', index, 'key'], message: 'must differ from the others' });
      for (const { path, message } of offerProblems({ ...rule.offer, ...one.offer })) {
        context.addIssue({ code: 'custom', path: ['variants', index, 'offer', ...path], message });
      }
    }
  })
  .meta({ id: 'RuleInput' }) satisfies z.ZodType<Omit<Rule, 'id'>>;

export type RuleInput = z.infer<typeof ruleInput>;
