/** Webhooks: the shop's own endpoints, which flows call. */

import { listCalls } from '../../db/webhook-calls.ts';
import { listWebhooks, webhookByName } from '../../db/webhooks.ts';
import { changeWebhook, createWebhook, removeWebhook, rotateSecret } from '../actions/shops/change-webhook.ts';
import { testWebhook } from '../actions/shops/test-webhook.ts';
import { endpoint } from '../http/endpoint.ts';
import { Problem } from '../problem.ts';
import { listOf } from '../schemas/common.ts';
import {
  deliveriesQuery,
  deliveryAnswer,
  describeDelivery,
  describeTest,
  describeWebhook,
  webhookAnswer,
  webhookInput,
  webhookPatch,
  webhookTestAnswer,
} from '../schemas/webhook.ts';

const tag = 'Webhooks';
const path = '/v1/webhooks/:name';

export const webhookRoutes = [
  endpoint(
    {
      method: 'get',
      path: '/v1/webhooks',
      access: 'shop',
      tag,
      summary: 'All webhooks',
      answers: { 200: { description: 'The webhooks by name', schema: listOf(webhookAnswer) } },
      problems: ['unauthorized'],
    },
    async ({ deps, shop }) => {
      const hooks = await deps.db.shop(shop.id, (tx) => listWebhooks(tx, shop.id));
      return { status: 200, body: { data: hooks.map((hook) => describeWebhook(hook)), next: null } };
    },
  ),
  endpoint(
    {
      method: 'post',
      path: '/v1/webhooks',
      access: 'shop',
      tag,
      summary: 'Add a webhook',
      description:
        'Steps `{"webhook": name}` of flows POST to it, signed as Standard Webhooks says (`webhook-id`, `webhook-timestamp`, `webhook-signature`). Anything but 2xx is tried again ten times at most, over three days; 410 switches the webhook off. A call may come twice: its `webhook-id` is the same then. The secret is in this answer only.',
      body: webhookInput,
      example: { name: 'crm', url: 'https://crm.example/hooks/linger' },
      answers: { 201: { description: 'The webhook with its secret', schema: webhookAnswer } },
      problems: ['unauthorized', 'invalid_json', 'too_large', 'invalid', 'exists'],
    },
    async ({ deps, shop, body }) => {
      const { hook, secret } = await createWebhook(deps, shop.id, body);
      return { status: 201, body: describeWebhook(hook, secret) };
    },
  ),
  endpoint(
    {
      method: 'get',
      path,
      access: 'shop',
      tag,
      summary: 'One webhook',
      answers: { 200: { description: 'The webhook', schema: webhookAnswer } },
      problems: ['unauthorized', 'not_found'],
    },
    async ({ deps, shop, params }) => {
      const hook = await deps.db.shop(shop.id, (tx) => webhookByName(tx, shop.id, params.name ?? ''));
      if (!hook) throw new Problem('not_found');
      return { status: 200, body: describeWebhook(hook) };
    },
  ),
  endpoint(
    {
      method: 'patch',
      path,
      access: 'shop',
      tag,
      summary: 'Lead a webhook elsewhere',
      description: 'Switches it on again, too.',
      body: webhookPatch,
      example: { url: 'https://crm.example/hooks/linger-2' },
      answers: { 200: { description: 'The webhook as it is now', schema: webhookAnswer } },
      problems: ['unauthorized', 'not_found', 'invalid_json', 'too_large', 'invalid'],
    },
    async ({ deps, shop, params, body }) => {
      const hook = await changeWebhook(deps, shop.id, params.name ?? '', body.url);
      if (!hook) throw new Problem('not_found');
      return { status: 200, body: describeWebhook(hook) };
    },
  ),
  endpoint(
    {
      method: 'post',
      path: `${path}/rotate`,
      access: 'shop',
      tag,
      summary: 'Give a webhook another secret',
      description: 'For 24 hours calls carry a signature by each of the two.',
      answers: { 200: { description: 'The webhook with its new secret', schema: webhookAnswer } },
      problems: ['unauthorized', 'not_found'],
    },
    async ({ deps, shop, params }) => {
      const rotated = await rotateSecret(deps, shop.id, params.name ?? '');
      if (!rotated) throw new Problem('not_found');
      return { status: 200, body: describeWebhook(rotated.hook, rotated.secret) };
    },
  ),
  endpoint(
    {
      method: 'post',
      path: `${path}/test`,
      access: 'shop',
      tag,
      summary: 'Call a webhook now',
      description:
        'Sends `{"type": "test"}`, signed like every call, waits for the answer and tells it. Nothing is tried again, and nothing is switched off.',
      answers: { 200: { description: 'What came of it', schema: webhookTestAnswer } },
      problems: ['unauthorized', 'not_found'],
    },
    async ({ deps, shop, params }) => {
      const tested = await testWebhook(deps, shop.id, params.name ?? '');
      if (!tested) throw new Problem('not_found');
      return { status: 200, body: describeTest(tested) };
    },
  ),
  endpoint(
    {
      method: 'get',
      path: `${path}/deliveries`,
      access: 'shop',
      tag,
      summary: 'Recent calls of a webhook',
      description: 'Every attempt of the last 30 days with what came of it, the latest first.',
      query: deliveriesQuery,
      answers: { 200: { description: 'The attempts', schema: listOf(deliveryAnswer) } },
      problems: ['unauthorized', 'not_found', 'invalid'],
    },
    async ({ deps, shop, params, query }) => {
      const { cursor: before = null, limit } = query;
      const webhook = params.name ?? '';
      const found = await deps.db.shop(shop.id, async (tx) =>
        (await webhookByName(tx, shop.id, webhook))
          ? listCalls(tx, shop.id, { webhook, before, limit: limit + 1 })
          : null,
      );
      if (!found) throw new Problem('not_found');
      const page = found.slice(0, limit);
      const next = found.length > limit ? String(page.at(-1)?.id) : null;
      return { status: 200, body: { data: page.map(describeDelivery), next } };
    },
  ),
  endpoint(
    {
      method: 'delete',
      path,
      access: 'shop',
      tag,
      summary: 'Remove a webhook',
      description: 'While a flow names it, it can’t be removed.',
      answers: { 204: { description: 'Gone' } },
      problems: ['unauthorized', 'not_found', 'in_use'],
    },
    async ({ deps, shop, params }) => {
      if (!(await removeWebhook(deps, shop.id, params.name ?? ''))) throw new Problem('not_found');
      return { status: 204 };
    },
  ),
];
