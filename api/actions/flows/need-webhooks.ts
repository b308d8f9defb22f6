/** Refuses steps that call a webhook that there is not: the calls would be lost without a word. */

import type { Step } from '../../../core/flows/flow.ts';
import { webhooksIn } from '../../../core/flows/webhook-steps.ts';
import type { Tx } from '../../../db/connect.ts';
import { holdWebhooks } from '../../../db/webhooks.ts';
import { Problem } from '../../problem.ts';

/** Those that there are stay until the transaction ends. */
export async function needWebhooks(tx: Tx, shopId: string, steps: readonly Step[]): Promise<void> {
  const named = webhooksIn(steps);
  if (named.length === 0) return;
  const known = await holdWebhooks(tx, shopId, [...new Set(named.map(({ webhook }) => webhook))].sort());
  const errors = named
    .filter(({ webhook }) => !known.has(webhook))
    .map(({ path, webhook }) => ({ path, message: `there is no webhook "${webhook}": POST /v1/webhooks adds it` }));
  if (errors.length > 0) throw new Problem('invalid', { errors });
}
