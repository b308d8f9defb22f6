/** Sends the letters that are due: claim with a last look at everything, render, fence, call, settle. */

import { nextAt } from '../../core/calendar.ts';
import { type PermitInput, permit } from '../../core/permit.ts';
import { type DueMessage, fenceMessage, leaseMessages, lockDueMessages } from '../../db/messages.ts';
import type { Deps } from '../deps.ts';
import { composeLetter } from './compose-letter.ts';
import { settleOutcome, settlePermit } from './settle-letter.ts';

/** Calls to the provider that run at the same time. */
const AT_ONCE = 10;

/** Handles up to `limit` due letters; returns how many. */
export async function sendDue(deps: Deps, limit: number): Promise<number> {
  const claim = deps.newId();
  const { now, letters } = await deps.db.engine(async (tx) => {
    const due = await lockDueMessages(tx, limit);
    await leaseMessages(tx, due.map((letter) => letter.id), claim, tx.now + deps.settings.leaseMs);
    return { now: tx.now, letters: due };
  });
  const waiting = [...letters];
  const leaving = new Map<string, number>();
  const worker = async (): Promise<void> => {
    for (let letter = waiting.shift(); letter; letter = waiting.shift()) {
      // Letters of one contact in the same batch don't see each other in the ledger yet.
      const others = leaving.get(letter.contactId) ?? 0;
      const verdict = permit(permitInput(letter, now, others));
      if ('send' in verdict) {
        leaving.set(letter.contactId, others + 1);
        await sendOne(deps, letter, claim);
      } else {
        await settlePermit(deps, letter, claim, verdict);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, letters.length) }, worker));
  return letters.length;
}

function permitInput(message: DueMessage, now: number, others: number): PermitInput {
  const { zone, settings } = message;
  return {
    now,
    expiresAt: message.expiresAt,
    purpose: message.purpose,
    enrollment: message.enrollmentStatus,
    flowEnabled: message.flowEnabled,
    haltedUntil: message.haltedUntil,
    marketing: message.marketing,
    suppressed: message.suppressed,
    code: message.codeStatus === null ? null : { status: message.codeStatus, expiresAt: message.codeExpiresAt },
    hasContent: message.code !== null || message.items.length > 0,
    prompt: message.prompt,
    dailyCap: settings.sending.dailyCap,
    sentToday: message.sentToday + others,
    quietHours: settings.sending.quietHours,
    zone,
    tomorrow: nextAt(now + 1, '00:00', zone),
  };
}

async function sendOne(deps: Deps, message: DueMessage, claim: string): Promise<void> {
  const letter = await composeLetter(deps.settings, message);
  const allowed = await deps.db.engine((tx) => fenceMessage(tx, message.id, claim, deps.settings.sendTimeoutMs));
  if (!allowed) return;
  const outcome = await deps.mailer.send(letter, deps.settings.sendTimeoutMs);
  await settleOutcome(deps, message, claim, outcome, letter.subject);
}
