/** Sends the letters that are due: claim, render, fence with a last look at everything, call, settle. */

import { type Permit, permit } from '../../../core/letters/permit.ts';
import type { Tx } from '../../../db/connect.ts';
import { type DueMessage, readLetters } from '../../../db/due-letters.ts';
import { shareEnrollment } from '../../../db/enrollments.ts';
import {
  type HeldMessage,
  holdMessages,
  leaseQueued,
  lockDayOf,
  lockUncalled,
  markCalled,
  prioritiesOf,
  type QueuedLetter,
  releaseMessages,
} from '../../../db/outbox.ts';
import { countVolume, lockVolume } from '../../../db/pace.ts';
import type { OutgoingLetter, SendOutcome } from '../../../emails/mailer.ts';
import type { Deps } from '../../deps.ts';
import { describeError } from '../../log.ts';
import { UnwritableLetter, writeLetter } from '../letters/write-letter.ts';
import { workOff } from '../work-off.ts';
import { holdInput, isCapped, permitInput, warmUpFor } from './permit-input.ts';
import { type AcceptedLetters, acceptedLetters } from './settle-accepted.ts';
import { settleBroken, settleOutcome, settlePermit, settleUncalled } from './settle-letter.ts';
import { takeTokens } from './take-tokens.ts';

export interface SendReport {
  /** Letters taken off the queue. */
  claimed: number;
  /** ms until the next of those may go that are due and wait for their pace; null where none does. */
  waitMs: number | null;
}

export interface SendTurn extends SendReport {
  /** Resolves when all that was accepted is written down, or it is known that it can't be: whoever has more to send need not wait for it. */
  written: Promise<void>;
}

/** The same as `sendTurn`, to its very end. */
export async function sendDue(deps: Deps, limit: number, deadline: number): Promise<SendReport> {
  const { written, ...report } = await sendTurn(deps, limit, deadline);
  await written;
  return report;
}

/** Handles up to `limit` due letters, beginning none after `deadline` (by `deps.now`). */
export async function sendTurn(deps: Deps, limit: number, deadline: number): Promise<SendTurn> {
  const { leaseMs, sendTimeoutMs } = deps.settings;
  const began = deps.now();
  const claim = deps.newId();
  const { held, leased, waitMs } = await claimDue(deps, limit, claim);
  // A call that begins later than this could outlast the lease.
  const last = Math.min(deadline, began + leaseMs - sendTimeoutMs);
  const accepted = acceptedLetters(deps, claim);
  const letters = await gather(deps, leased);
  const left = await workOff(
    letters,
    () => deps.now() < last,
    async (letter) => {
      try {
        await sendOne(deps, letter, claim, accepted);
      } catch (error) {
        // One letter must not take the others down. Its lease runs out, and what became of it is found out then.
        deps.log('error', 'letter left in doubt', {
          shop: letter.shopId,
          message: letter.id,
          error: describeError(error),
        });
      }
    },
  );
  if (left.length > 0)
    await deps.db.engine((tx) =>
      releaseMessages(
        tx,
        left.map(({ id }) => id),
        claim,
      ),
    );
  return { claimed: held + leased.length - left.length, waitMs, written: accepted.written() };
}

interface Claimed {
  held: number;
  leased: QueuedLetter[];
  waitMs: number | null;
}

/** What goes into letters, as it is now. */
export const gather = async (deps: Deps, leased: readonly QueuedLetter[]): Promise<DueMessage[]> =>
  leased.length === 0 ? [] : deps.db.engine((tx) => readLetters(tx, leased));

/** Leases what is due, and gives back what may not leave now, or not at this pace; on everything else the fence decides. */
export const claimDue = (deps: Deps, limit: number, claim: string): Promise<Claimed> =>
  deps.db.engine(async (tx) => {
    const due = await leaseQueued(tx, limit, { claim, leaseUntil: tx.now + deps.settings.leaseMs });
    const held = await heldOf(tx, doubtful(due, tx.now));
    const kept = new Set(held.map(({ id }) => id));
    await holdMessages(tx, held);
    const { go, wait, waitMs } = await takeTokens(
      tx,
      deps.settings,
      due.filter(({ id }) => !kept.has(id)),
    );
    await releaseMessages(
      tx,
      wait.map(({ id }) => id),
      claim,
    );
    return { held: held.length, leased: go, waitMs };
  });

/** Letters that have to be looked at closely: something puts them off, unless something else forbids them, or they are not their contact's only ones. */
function doubtful(due: readonly QueuedLetter[], now: number): QueuedLetter[] {
  const contacts = new Map<string, number>();
  for (const { contactId } of due) contacts.set(contactId, (contacts.get(contactId) ?? 0) + 1);
  return due.filter(
    (letter) => (contacts.get(letter.contactId) ?? 0) > 1 || !('send' in permit(holdInput(letter, now))),
  );
}

/** Which of these letters may not leave now. */
async function heldOf(tx: Tx, doubted: readonly QueuedLetter[]): Promise<HeldMessage[]> {
  const held: HeldMessage[] = [];
  /** How many of a contact's letters that sell leave in this turn. */
  const leaving = new Map<string, number>();
  for (const letter of await inTurn(tx, await readLetters(tx, doubted))) {
    const { contactId } = letter;
    const input = permitInput(letter, tx.now);
    const before = leaving.get(contactId) ?? 0;
    const verdict = permit({ ...input, sentToday: input.sentToday + before });
    if ('hold' in verdict) held.push({ id: letter.id, reason: verdict.reason, until: verdict.hold });
    else if ('send' in verdict && letter.purpose === 'marketing') leaving.set(contactId, before + 1);
  }
  return held;
}

/** Where several letters want one contact's day, those asked for to the minute go first, then those of the more important flow. */
async function inTurn(tx: Tx, due: readonly DueMessage[]): Promise<readonly DueMessage[]> {
  const contacts = new Set(due.map(({ contactId }) => contactId));
  if (contacts.size === due.length || !due.some(isCapped)) return due;
  const priorities = await prioritiesOf(
    tx,
    due.map(({ enrollmentId }) => enrollmentId),
  );
  const priority = ({ enrollmentId }: DueMessage): number => priorities.get(enrollmentId) ?? 0;
  return due.toSorted(
    (one, other) =>
      Number(other.prompt) - Number(one.prompt) ||
      priority(other) - priority(one) ||
      (one.flowKey === other.flowKey ? one.notBefore - other.notBefore : one.flowKey < other.flowKey ? -1 : 1),
  );
}

async function sendOne(deps: Deps, message: DueMessage, claim: string, accepted: AcceptedLetters): Promise<void> {
  const written = await writeLetter(deps, message).catch(async (error: unknown) => {
    await settleUnwritten(deps, message, claim, error);
    return null;
  });
  if (!written) return;
  const { letter, bare } = written;
  if (bare) return settlePermit(deps, message, claim, { drop: 'skipped', reason: 'nothing_to_show', stop: false });

  const fencedAt = deps.now();
  const verdict = await fence(deps, message, claim);
  if (!verdict) return;
  if (!('send' in verdict)) return settlePermit(deps, message, claim, verdict);
  // A process that was frozen just here may wake when the letter has long been somebody else's.
  const left = deps.settings.sendTimeoutMs - (deps.now() - fencedAt);
  if (left <= 0) return settleUncalled(deps, message, claim);
  const outcome = await call(deps, letter, left);
  if (outcome.kind === 'accepted' && message.haltedUntil === null) {
    accepted.add({ id: message.id, providerId: outcome.providerId, subject: letter.subject });
    return;
  }
  await settleOutcome(deps, message, claim, outcome, letter.subject);
}

/** A database that was gone for a moment says nothing of the letter: it is tried again, as after a provider's “later”. */
async function settleUnwritten(deps: Deps, message: DueMessage, claim: string, error: unknown): Promise<void> {
  const broken = error instanceof UnwritableLetter;
  deps.log('error', broken ? 'letter not rendered' : 'letter not gathered', {
    shop: message.shopId,
    message: message.id,
    error: describeError(broken ? error.cause : error),
  });
  if (broken) return settleBroken(deps, message, claim, 'render_failed');
  return settleOutcome(deps, message, claim, { kind: 'retry', reason: 'not_gathered' }, '');
}

/** A mailer that throws has said nothing about the letter. */
async function call(deps: Deps, letter: OutgoingLetter, timeoutMs: number): Promise<SendOutcome> {
  try {
    return await deps.mailer.send(letter, timeoutMs);
  } catch (error) {
    return { kind: 'unknown', reason: describeError(error) };
  }
}

/**
 * The last question before the provider is called, all of it asked again. The chain is locked first, as every stop does: either
 * the stop committed before, and is seen here, or it waits and finds the call begun. Null when the letter is no longer this claim's.
 */
export const fence = (deps: Deps, message: DueMessage, claim: string): Promise<Permit | null> =>
  deps.db.engine(async (tx) => {
    const warming = warmUpFor(message, tx.now);
    // All are told at once: the database takes them in turn, and looks at the letter when it holds the locks.
    const asked = [
      isCapped(message) ? lockDayOf(tx, message.contactId) : null,
      warming ? lockVolume(tx, message.shopId, warming.provider) : null,
      shareEnrollment(tx, message.enrollmentId),
    ];
    const [letter] = await Promise.all([lockUncalled(tx, message.id, claim, deps.settings.sendTimeoutMs), ...asked]);
    if (!letter) return null;
    const verdict = permit(permitInput(letter, tx.now));
    if (!('send' in verdict)) return verdict;
    await markCalled(tx, letter.id);
    if (warming) await countVolume(tx, letter.shopId, warming.day, warming.provider);
    return verdict;
  });
