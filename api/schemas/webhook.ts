/** Webhooks as a shop registers and reads them. */

import { z } from 'zod';
import type { WebhookCallRow } from '../../db/webhook-calls.ts';
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

const outcome = {
  delivered: z.boolean().meta({ description: 'The endpoint answered 2xx.' }),
  status: z.int().nullable().meta({ description: 'What it answered; null where it didn’t.' }),
  reason: z.string().nullable().meta({
    description:
      'Why not: `http_<status>`, `timeout`, `no_connection`, `blocked_address` (not a public address), `disabled`.',
  }),
  ms: z.int().meta({ description: 'How long the answer took.' }),
  at: time,
};

export const webhookTestAnswer = z
  .object({ id: z.guid().meta({ description: 'The call’s `webhook-id`.' }), ...outcome })
  .meta({ id: 'WebhookTest' });

export const deliveryAnswer = z
  .object({
    id: z.guid().meta({ description: 'The call’s `webhook-id`, the same at every attempt.' }),
    type: z.enum(['flow.step', 'test']),
    flow: z.string().nullable(),
    contact: z.guid().nullable(),
    attempt: z.int(),
    ...outcome,
  })
  .meta({ id: 'WebhookDelivery' });

export const deliveriesQuery = z.object({
  cursor: z.exactOptional(
    z
      .string()
      .regex(/^\d{1,15}$/, 'must be `next` of the page before')
      .transform(Number)
      .meta({ description: '`next` of the page before' }),
  ),
  limit: z.coerce.number().pipe(z.int().min(1).max(100)).default(50),
});

type Outcome = Pick<WebhookCallRow, 'status' | 'reason' | 'ms' | 'at'>;

const describeOutcome = ({ status, reason, ms, at }: Outcome) => ({
  delivered: reason === null,
  status,
  reason,
  ms,
  at: iso(at),
});

export const describeTest = (test: Outcome & { id: string }): z.infer<typeof webhookTestAnswer> => ({
  id: test.id,
  ...describeOutcome(test),
});

export const describeDelivery = (row: WebhookCallRow): z.infer<typeof deliveryAnswer> => ({
  id: row.call,
  type: row.type,
  flow: row.flowKey,
  contact: row.contactId,
  attempt: row.attempt,
  ...describeOutcome(row),
});

export const describeWebhook = (hook: WebhookRow, secret?: string): z.infer<typeof webhookAnswer> => ({
  name: hook.name,
  url: hook.url,
  ...(secret ? { secret } : {}),
  disabledAt: hook.disabledAt === null ? null : iso(hook.disabledAt),
  disabledReason: hook.disabledReason,
  createdAt: iso(hook.createdAt),
});
