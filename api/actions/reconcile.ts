/** Finds out what became of letters whose fate is unknown, by asking the provider once it has had time to know. */

import { claimDoubtful, type DoubtfulMessage, requeueAbandoned } from '../../db/messages.ts';
import type { Deps } from '../deps.ts';
import { settle } from './settle-letter.ts';

/** Handles up to `limit` letters in doubt, and those whose worker vanished before the call; returns how many. */
export async function reconcile(deps: Deps, limit: number): Promise<number> {
  const { leaseMs, reconcileGraceMs } = deps.settings;
  const claim = deps.newId();
  const { abandoned, doubtful } = await deps.db.engine(async (tx) => ({
    abandoned: await requeueAbandoned(tx),
    doubtful: await claimDoubtful(tx, limit, claim, reconcileGraceMs, tx.now + leaseMs),
  }));
  for (const message of doubtful) await resolve(deps, message, claim);
  return abandoned + doubtful.length;
}

async function resolve(deps: Deps, message: DoubtfulMessage, claim: string): Promise<void> {
  const found = await deps.mailer.find(message.id, deps.settings.sendTimeoutMs);
  // Not answered: the lease runs out, and the question is asked again.
  if (found.kind === 'unanswered') return;
  await settle(deps, message, claim, async (tx) => {
    if (found.kind === 'found') return { status: 'sent', provider: deps.mailer.name, providerId: found.providerId, subject: null };
    // Without its code the whole chain is worthless, so that letter goes once more; a lost reminder stays lost.
    const again = message.letter === 'offer' && message.resends === 0 && message.status === 'active';
    if (again) return { status: 'queued', reason: 'not_found', notBefore: tx.now, burn: true, resend: true };
    return { status: 'failed', reason: 'not_found' };
  });
}
