/** Query strings of the API. */

import { z } from 'zod';
import { MOMENTS } from '../../core/rule.ts';
import { instant, text, uuid } from './common.ts';

export const configQuery = z.object({ shop: text(100).meta({ description: 'The site key, pk_…' }) });
export const messagesQuery = z.object({
  contact: text(254).meta({ description: 'The contact’s id or e-mail address' }),
});
export const explainQuery = z.object({ visit: uuid, moment: z.exactOptional(z.enum(MOMENTS)) });
export const periodQuery = z
  .object({ from: z.exactOptional(instant), to: z.exactOptional(instant) })
  .refine(({ from, to }) => from === undefined || to === undefined || from < to, {
    path: ['to'],
    message: 'must be later than from',
  });
