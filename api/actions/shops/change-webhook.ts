/** Registers where flows' `webhook` steps call, and gives out the secrets that the calls are signed with. */

import { webhooksIn } from '../../../core/flows/webhook-steps.ts';
import { listFlows } from '../../../db/flows.ts';
import {
  deleteWebhook,
  insertWebhook,
  lockWebhook,
  moveWebhook,
  rotateWebhook,
  type WebhookRow,
} from '../../../db/webhooks.ts';
import type { Deps } from '../../deps.ts';
import { urlComplaint } from '../../outgoing.ts';
import { Problem } from '../../problem.ts';

/** For how long calls are signed with the former secret, too. */
const FORMER_MS = 86_400_000;

export interface Secret {
  hook: WebhookRow;
  secret: string;
}

export async function createWebhook(
  deps: Deps,
  shopId: string,
  { name, url }: { name: string; url: string },
): Promise<Secret> {
  needPublic(deps, url);
  const secret = newSecret();
  const hook = await deps.db.shop(shopId, (tx) => insertWebhook(tx, { shopId, name, url, secret }));
  if (!hook) throw new Problem('exists', { errors: [{ path: 'name', message: `"${name}" is taken` }] });
  return { hook, secret };
}

/** Null where there is none, here and below. */
export async function changeWebhook(deps: Deps, shopId: string, name: string, url: string): Promise<WebhookRow | null> {
  needPublic(deps, url);
  return deps.db.shop(shopId, (tx) => moveWebhook(tx, { shopId, name, url }));
}

export async function rotateSecret(deps: Deps, shopId: string, name: string): Promise<Secret | null> {
  const secret = newSecret();
  const hook = await deps.db.shop(shopId, (tx) =>
    rotateWebhook(tx, { shopId, name, secret, formerUntil: tx.now + FORMER_MS }),
  );
  return hook && { hook, secret };
}

/** One that a flow still calls can't go. False where there is none. */
export async function removeWebhook(deps: Deps, shopId: string, name: string): Promise<boolean> {
  return deps.db.shop(shopId, async (tx) => {
    if (!(await lockWebhook(tx, shopId, name))) return false;
    const user = (await listFlows(tx, shopId)).find(({ steps }) =>
      webhooksIn(steps).some((one) => one.webhook === name),
    );
    if (user) throw new Problem('in_use', { detail: `The flow "${user.key}" calls this webhook.` });
    await deleteWebhook(tx, shopId, name);
    return true;
  });
}

function needPublic({ settings }: Deps, url: string): void {
  const complaint = urlComplaint(url, { loopback: settings.loopbackCalls });
  if (complaint) throw new Problem('invalid', { errors: [{ path: 'url', message: complaint }] });
}

const newSecret = (): string => {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return `whsec_${btoa(String.fromCharCode(...bytes))}`;
};
