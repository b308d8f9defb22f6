/** Webhooks as a shop registers and reads them. */

import { z } from 'zod';
import type { WebhookRow } from '../../db/webhooks.ts';
import { iso } from './answers.ts';
import { text, webUrl } from './common.ts';

const url = webUrl();

export const webhookInput = z.strictObject({ name: text(60), url }).meta({ id: 'WebhookInput' });
export const webhookPatch = z.strictObject({ url }).meta({ id: 'WebhookPatch' });

const time = z.iso.datetime();

export const webhookAnswer = z
  .object({
    name: z.string(),
    url: z.string(),
    secret: z.string().optional().meta({ description: '`whsec_…`: shown once, when it is made.' }),
    disabledAt: time.nullable(),
    disabledReason: z.string().nullable().meta({
      description: '`http_410`: the endpoint said that it is gone. `PATCH` with a url switches it on again.',
    }),
    createdAt: time,
  })
  .meta({ id: 'Webhook' });

export const describeWebhook = (hook: WebhookRow, secret?: string): z.infer<typeof webhookAnswer> => ({
  name: hook.name,
  url: hook.url,
  ...(secret ? { secret } : {}),
  disabledAt: hook.disabledAt === null ? null : iso(hook.disabledAt),
  disabledReason: hook.disabledReason,
  createdAt: iso(hook.createdAt),
});
