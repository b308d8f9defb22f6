/** Finds out what became of letters whose fate is unknown, by asking the provider once it has had time to know. */

import { claimDoubtful, type DoubtfulMessage } from '../../../db/outbox.ts';
import type { FindOutcome } from '../../../emails/mailer.ts';
import type { Deps } from '../../deps.ts';
import { describeError } from '../../log.ts';
import { workOff } from '../work-off.ts';
import { settle } from './settle-letter.ts';

/** Handles up to `limit` letters in doubt, asking about none after `deadline`; returns how many. */
export async function reconcile(deps: Deps, limit: number, deadline: number): Promise<number> {
  const { leaseMs, sendTimeoutMs, reconcileGraceMs } = deps.settings;
  const began = deps.now();
  const claim = deps.newId();
  const doubtful = await deps.db.engine((tx) => claimDoubtful(tx, limit, claim, reconcileGraceMs, tx.now + leaseMs));
  const last = Math.min(deadline, began + leaseMs - sendTimeoutMs);
  // What is left over keeps its short lease, and is asked about when that has run out.
  const left = await workOff(
    doubtful,
    () => deps.now() < last,
    async (message) => {
      try {
        await resolve(deps, message, claim);
      } catch (error) {
        deps.log('error', 'letter stays in doubt', {
          shop: message.shopId,
          message: message.id,
          error: describeError(error),
        });
      }
    },
  );
  return doubtful.length - left.length;
}

async function resolve(deps: Deps, message: DoubtfulMessage, claim: string): Promise<void> {
  const found = await deps.mailer
    .find(message.id, deps.settings.sendTimeoutMs)
    .catch((error: unknown): FindOutcome => ({ kind: 'unanswered', reason: describeError(error) }));
  // Not answered: the lease runs out, and the question is asked again.
  if (found.kind === 'unanswered') return;
  await settle(deps, { message, claim }, async (tx) => {
    if (found.kind === 'found')
      return { status: 'sent', provider: deps.mailer.name, providerId: found.providerId, subject: null };
    // It may have arrived: sent again it might arrive twice.
    if (found.kind === 'unknowable') return { status: 'failed', reason: 'unconfirmed' };
    // Without its code the whole chain is worthless, so that letter goes once more; a lost reminder stays lost.
    const wanted = message.status !== 'stopped' && message.status !== 'error';
    const again = message.letter === 'offer' && message.resends === 0 && wanted;
    if (again) return { status: 'queued', reason: 'not_found', notBefore: tx.now, burn: true, resend: true };
    return { status: 'failed', reason: 'not_found' };
  });
}
