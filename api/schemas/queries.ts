/** Query strings of the API. */

import { z } from 'zod';
import { MOMENTS } from '../../core/rules/rule.ts';
import { dayOrInstant, text, uuid } from './common.ts';

export const configQuery = z.object({
  shop: text(100).meta({ description: 'The site key, pk_…' }),
  rule: z
    .exactOptional(z.string().max(100))
    .meta({ description: 'The id of a rule to be told of as well, though it is off: `?linger=preview:` shows it.' }),
});
export const messagesQuery = z.object({
  contact: text(254).meta({ description: 'The contact’s id or e-mail address' }),
});
export const opinionQuery = z.object({
  score: z
    .exactOptional(z.string().max(10))
    .meta({ description: 'The number that was tapped in the letter, 0–10: chosen on the page, not stored' }),
  reason: z.exactOptional(z.string().max(40)).meta({ description: 'The reason that was tapped, likewise' }),
  stars: z.exactOptional(z.string().max(10)).meta({ description: 'The star that was tapped, likewise' }),
});
export const explainQuery = z.object({ visit: uuid, moment: z.exactOptional(z.enum(MOMENTS)) });
const period = {
  from: z
    .exactOptional(dayOrInstant)
    .meta({ description: 'A time, or a day of the shop’s. At most 400 days before `to`.' }),
  to: z.exactOptional(dayOrInstant).meta({ description: 'The first moment beyond, or the last day. Now unless told.' }),
};

export const adviceQuery = z.object({
  ...period,
  percent: z.coerce.number().pipe(z.number().min(1).max(100)).default(10).meta({
    description: 'The discount that the steps are reckoned with',
  }),
});
export const versionsQuery = z.object({
  before: z.coerce
    .number()
    .pipe(
      z
        .int()
        .min(1)
        .max(2 ** 31 - 1),
    )
    .default(2 ** 31 - 1)
    .meta({
      description: 'Only versions below this one',
    }),
  limit: z.coerce.number().pipe(z.int().min(1).max(100)).default(50),
});
export const periodQuery = z.object(period);
export const leavingQuery = z.object({ ...period, rule: z.exactOptional(uuid) });
