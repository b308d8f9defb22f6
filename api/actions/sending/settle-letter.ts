/** Writes down what became of a letter, and lets its chain go on, wait or end. */

import type { Permit } from '../../../core/letters/permit.ts';
import type { Tx } from '../../../db/connect.ts';
import { suppress } from '../../../db/contacts.ts';
import type { DueMessage } from '../../../db/due-letters.ts';
import {
  breakEnrollment,
  lockChainsOfContact,
  lockEnrollment,
  resumeEnrollment,
  stopEnrollment,
} from '../../../db/enrollments.ts';
import type { MessageRow } from '../../../db/messages.ts';
import { lockClaimed, type Settlement, settleMessage } from '../../../db/outbox.ts';
import { haltShop, liftHalt } from '../../../db/shops.ts';
import type { SendOutcome } from '../../../emails/mailer.ts';
import type { Deps } from '../../deps.ts';
import { noteRefusal } from './note-refusal.ts';
import { weighReputation } from './weigh-reputation.ts';

export type SettledMessage = Pick<MessageRow, 'id' | 'shopId' | 'enrollmentId' | 'contactId'>;

/** After this many definite refusals "try later" means never: with the pauses below that is about a day and a half. */
const MOST_ATTEMPTS = 40;
const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 3_600_000;
/** A shop whose account can't send is tried again after this long. */
const HALT_MS = 600_000;

/** What the provider's answer means for the letter, its chain, its address and its shop. */
export async function settleOutcome(
  deps: Deps,
  message: SettledMessage & Pick<DueMessage, 'addressHash' | 'attempt' | 'haltedUntil'>,
  claim: string,
  outcome: SendOutcome,
  subject: string,
): Promise<void> {
  if (outcome.kind !== 'accepted') {
    deps.log('warn', 'letter not accepted', { shop: message.shopId, message: message.id, reason: outcome.reason });
  }
  await settle(deps, { message, claim, wide: outcome.kind === 'refused' }, async (tx) => {
    switch (outcome.kind) {
      case 'accepted':
        if (message.haltedUntil !== null) await liftHalt(tx, message.shopId);
        return { status: 'sent', provider: deps.mailer.name, providerId: outcome.providerId, subject };
      case 'unknown':
        return { status: 'unknown', reason: outcome.reason };
      case 'refused':
        await suppress(tx, message.shopId, message.addressHash, outcome.reason);
        return {
          status: 'suppressed',
          reason: outcome.reason,
          end: 'all',
          // Where nobody else will tell of it.
          ...(deps.mailer.name === 'smtp' ? { bounced: outcome.detail } : {}),
        };
      case 'rejected':
        return { status: 'failed', reason: outcome.reason };
      case 'halt':
        await haltShop(tx, message.shopId, tx.now + HALT_MS, outcome.reason);
        return {
          status: 'queued',
          reason: `halted: ${outcome.reason}`,
          notBefore: tx.now + HALT_MS,
          burn: false,
          resend: false,
        };
      case 'retry': {
        const attempts = message.attempt + 1;
        if (attempts >= MOST_ATTEMPTS) return { status: 'failed', reason: outcome.reason };
        return {
          status: 'queued',
          reason: outcome.reason,
          notBefore: tx.now + pause(attempts, deps.random),
          burn: true,
          resend: false,
        };
      }
    }
  });
}

/** A letter that may not leave now, or never. */
export async function settlePermit(
  deps: Deps,
  message: SettledMessage,
  claim: string,
  verdict: Exclude<Permit, { send: true }>,
): Promise<void> {
  await settle(deps, { message, claim }, async () =>
    'hold' in verdict
      ? { status: 'queued', reason: verdict.reason, notBefore: verdict.hold, burn: false, resend: false }
      : { status: verdict.drop, reason: verdict.reason, ...(verdict.stop ? { end: 'chain' as const } : {}) },
  );
}

/** A letter that was fenced, and whose call was never made. */
export const settleUncalled = (deps: Deps, message: SettledMessage, claim: string): Promise<void> =>
  settle(deps, { message, claim }, async (tx) => ({
    status: 'queued',
    reason: 'worker_lost',
    notBefore: tx.now,
    burn: false,
    resend: false,
  }));

/** A letter that can't be made, now or later. */
export const settleBroken = (deps: Deps, message: SettledMessage, claim: string, reason: string): Promise<void> =>
  settle(deps, { message, claim }, async () => ({ status: 'failed', reason, end: 'broken' }));

/** Doubling pauses, each between half and all of its length, so that letters that failed together don't come back together. */
function pause(attempts: number, random: () => number): number {
  const longest = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(attempts - 1, 20));
  return longest * (0.5 + random() / 2);
}

export interface Settling {
  message: SettledMessage;
  claim: string;
  /** What is settled may end every chain of the contact, so they are all locked. */
  wide?: boolean;
}

/** What ends with the letter: its chain, as stopped or as broken, or all chains of the contact. */
export type End = 'chain' | 'broken' | 'all';

interface Ending {
  end?: End;
  /** By these words there is nobody at the address. */
  bounced?: string;
}

/** Its reader was erased while it was on its way: nothing is written down that could name them, and nothing is tried again. */
function nameless(settlement: Settlement): Settlement & Ending {
  switch (settlement.status) {
    case 'sent':
      return { ...settlement, subject: null };
    case 'queued':
      return { status: 'cancelled', reason: 'erased' };
    case 'failed':
    case 'skipped':
    case 'suppressed':
    case 'cancelled':
    case 'unknown':
      return { status: settlement.status, reason: 'erased' };
  }
}

/** One transaction: the message and its chain. Nothing is decided when the claim is no longer ours. */
export async function settle(
  deps: Deps,
  { message, claim, wide = false }: Settling,
  decide: (tx: Tx) => Promise<Settlement & Ending>,
): Promise<void> {
  const { id, shopId, enrollmentId, contactId } = message;
  await deps.db.engine(async (tx) => {
    // Chains first, as everywhere: enrollments, then messages.
    const chains = wide ? await lockChainsOfContact(tx, { shopId, contactId, enrollmentId }) : [];
    if (!wide) await lockEnrollment(tx, enrollmentId);
    const held = await lockClaimed(tx, id, claim);
    if (!held) return;
    const settlement = held.erased ? nameless(await decide(tx)) : await decide(tx);
    await settleMessage(tx, id, settlement);
    if (settlement.status === 'queued' || settlement.status === 'unknown') return;
    const reason = settlement.status === 'sent' ? 'sent' : settlement.reason;
    if (settlement.end === 'all') {
      for (const chain of chains) await stopEnrollment(tx, chain, reason);
      if (settlement.bounced !== undefined) await noteRefusal(tx, message, settlement.bounced);
      await weighReputation(tx, deps, shopId);
    } else if (settlement.end === 'chain') await stopEnrollment(tx, enrollmentId, reason);
    else if (settlement.end === 'broken') await breakEnrollment(tx, enrollmentId, reason);
    // A repeat of an earlier letter carries nothing on.
    else if (held.occurrence === 0) await resumeEnrollment(tx, enrollmentId, held.step);
  });
}
