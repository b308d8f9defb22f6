/** Calls a webhook once to see whether its endpoint takes it. Changes nothing but the list of calls. */

import { insertCall } from '../../../db/webhook-calls.ts';
import { webhookByName } from '../../../db/webhooks.ts';
import type { Deps } from '../../deps.ts';
import { type Called, callEndpoint } from './call-endpoint.ts';

/** Null where there is no such webhook. One that is switched off is called, too: it may be there again. */
export async function testWebhook(
  deps: Deps,
  shopId: string,
  name: string,
): Promise<(Called & { id: string; at: number }) | null> {
  const { hook, now } = await deps.db.shop(shopId, async (tx) => ({
    hook: await webhookByName(tx, shopId, name),
    now: tx.now,
  }));
  if (!hook) return null;
  const call = { id: deps.newId(), type: 'test' as const, timestamp: now, data: { webhook: name } };
  const called = await callEndpoint(deps, hook, call, now);
  const about = { shopId, webhook: name, call: call.id, type: call.type, flowKey: null, contactId: null, attempt: 1 };
  await deps.db.shop(shopId, (tx) => insertCall(tx, { ...about, ...called }));
  return { ...called, id: call.id, at: now };
}
