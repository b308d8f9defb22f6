/** Writes down what became of a letter, and lets its chain go on, wait or end. */

import type { Permit } from '../../core/permit.ts';
import type { Tx } from '../../db/connect.ts';
import { suppress } from '../../db/contacts.ts';
import { lockEnrollment, resumeEnrollment, stopEnrollment } from '../../db/enrollments.ts';
import { lockClaimed, type MessageRow, type Settlement, settleMessage } from '../../db/messages.ts';
import { haltShop } from '../../db/shops.ts';
import type { SendOutcome } from '../../emails/mailer.ts';
import type { Deps } from '../deps.ts';

export type SettledMessage = Pick<MessageRow, 'id' | 'shopId' | 'enrollmentId' | 'step'>;

/** After this many definite refusals "try later" means never: with the pauses below that is about a day and a half. */
const MOST_ATTEMPTS = 40;
const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 3_600_000;
/** A shop whose account can't send is tried again after this long. */
const HALT_MS = 600_000;

/** What the provider's answer means for the letter, its chain, its address and its shop. */
export async function settleOutcome(
  deps: Deps,
  message: SettledMessage & Pick<MessageRow, 'addressHash' | 'attempt'>,
  claim: string,
  outcome: SendOutcome,
  subject: string,
): Promise<void> {
  if (outcome.kind !== 'accepted') {
    deps.log('warn', 'letter not accepted', { shop: message.shopId, message: message.id, reason: outcome.reason });
  }
  await settle(deps, message, claim, async (tx) => {
    switch (outcome.kind) {
      case 'accepted':
        return { status: 'sent', provider: deps.mailer.name, providerId: outcome.providerId, subject };
      case 'unknown':
        return { status: 'unknown', reason: outcome.reason };
      case 'refused':
        await suppress(tx, message.shopId, message.addressHash, outcome.reason);
        return { status: 'suppressed', reason: outcome.reason, stop: true };
      case 'halt':
        await haltShop(tx, message.shopId, tx.now + HALT_MS, outcome.reason);
        return { status: 'queued', reason: `halted: ${outcome.reason}`, notBefore: tx.now + HALT_MS, burn: false, resend: false };
      case 'retry': {
        const attempts = message.attempt + 1;
        if (attempts >= MOST_ATTEMPTS) return { status: 'failed', reason: outcome.reason };
        return { status: 'queued', reason: outcome.reason, notBefore: tx.now + pause(attempts, deps.random), burn: true, resend: false };
      }
    }
  });
}

/** A letter that may not leave now, or never. */
export async function settlePermit(deps: Deps, message: SettledMessage, claim: string, verdict: Exclude<Permit, { send: true }>): Promise<void> {
  await settle(deps, message, claim, async () =>
    'hold' in verdict
      ? { status: 'queued', reason: verdict.reason, notBefore: verdict.hold, burn: false, resend: false }
      : { status: verdict.drop, reason: verdict.reason, stop: verdict.stop },
  );
}

/** Doubling pauses, each between half and all of its length, so that letters that failed together don't come back together. */
function pause(attempts: number, random: () => number): number {
  const longest = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(attempts - 1, 20));
  return longest * (0.5 + random() / 2);
}

/** One transaction: the message and its chain. Undone, with whatever `decide` did, when the claim is no longer ours. */
export async function settle(
  deps: Deps,
  message: SettledMessage,
  claim: string,
  decide: (tx: Tx) => Promise<Settlement & { stop?: boolean }>,
): Promise<void> {
  await deps.db.engine(async (tx) => {
    // The chain's row first, as everywhere: enrollments, then messages.
    await lockEnrollment(tx, message.enrollmentId);
    if (!(await lockClaimed(tx, message.id, claim))) return;
    const settlement = await decide(tx);
    await settleMessage(tx, message.id, claim, settlement);
    if (settlement.status === 'queued' || settlement.status === 'unknown') return;
    if (settlement.stop && settlement.status !== 'sent') await stopEnrollment(tx, message.enrollmentId, settlement.reason);
    else await resumeEnrollment(tx, message.enrollmentId, message.step);
  });
}
