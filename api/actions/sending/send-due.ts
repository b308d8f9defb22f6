/** Sends the letters that are due: claim, gather, render, fence with a last look at everything, call, settle. */

import { permit } from '../../../core/letters/permit.ts';
import type { Tx } from '../../../db/connect.ts';
import { type DueMessage, type LeasedLetter, readLetters } from '../../../db/due-letters.ts';
import { type HeldMessage, holdMessages, leaseQueued, prioritiesOf, releaseMessages } from '../../../db/outbox.ts';
import type { OutgoingLetter, SendOutcome } from '../../../emails/mailer.ts';
import type { Deps } from '../../deps.ts';
import { describeError } from '../../log.ts';
import { UnwritableLetter, type WrittenLetter, writeLetter } from '../letters/write-letter.ts';
import { workOff } from '../work-off.ts';
import { type Fence, openFence } from './fence.ts';
import { isCapped, permitInput } from './permit-input.ts';
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
  const { held, letters, waitMs } = await gather(deps, await claimDue(deps, limit, claim), claim);
  // A call that begins later than this could outlast the lease.
  const last = Math.min(deadline, began + leaseMs - sendTimeoutMs);
  const written = writtenAhead(deps, letters);
  const parts = { claim, written, fence: openFence(deps, claim), accepted: acceptedLetters(deps, claim) };
  const left = await workOff(
    letters,
    () => deps.now() < last,
    async (letter) => {
      try {
        await sendOne(deps, letter, parts);
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
  if (left.length > 0) await deps.db.engine((tx) => releaseMessages(tx, idsOf(left), claim));
  return { claimed: held + letters.length - left.length, waitMs, written: parts.accepted.written() };
}

/** Leases what is due, whatever becomes of it: that is decided by what it is made from, and at last by the fence. */
export const claimDue = (deps: Deps, limit: number, claim: string): Promise<LeasedLetter[]> =>
  deps.db.once((once) => leaseQueued(once, limit, { claim, leaseMs: deps.settings.leaseMs }));

interface Gathered {
  /** How many were put off. */
  held: number;
  letters: DueMessage[];
  waitMs: number | null;
}

const NOTHING: Gathered = { held: 0, letters: [], waitMs: null };

/** What goes into leased letters, as it is now; those are given back that may not leave yet, or not at this pace. */
export const gather = async (deps: Deps, leased: readonly LeasedLetter[], claim: string): Promise<Gathered> => {
  if (leased.length === 0) return NOTHING;
  return deps.db.engine(async (tx) => {
    const due = await readLetters(tx, leased);
    const held = await heldOf(tx, due);
    await holdMessages(tx, held, claim);
    const kept = new Set(held.map(({ id }) => id));
    const leaving = due.filter(({ id }) => !kept.has(id));
    const { go, wait, waitMs } = await takeTokens(tx, deps.settings, leaving);
    await releaseMessages(tx, idsOf(wait), claim);
    return { held: held.length, letters: go, waitMs };
  });
};

const idsOf = (letters: readonly { id: string }[]): string[] => letters.map(({ id }) => id);

/** Which of these letters may not leave now. */
async function heldOf(tx: Tx, due: readonly DueMessage[]): Promise<HeldMessage[]> {
  const held: HeldMessage[] = [];
  /** How many of a contact's letters that sell leave in this turn. */
  const leaving = new Map<string, number>();
  for (const letter of await inTurn(tx, due)) {
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

/** As many as hands send at the same time. */
const WRITTEN_AHEAD = 10;

/** Letters are written a few before their turn: while the database is asked about some, or the provider takes them, the next are made. */
function writtenAhead(deps: Deps, letters: readonly DueMessage[]): (letter: DueMessage) => Promise<WrittenLetter> {
  const begun = new Map<string, Promise<WrittenLetter>>();
  let next = 0;
  const begin = (): void => {
    const letter = letters[next];
    if (!letter) return;
    next += 1;
    const writing = writeLetter(deps, letter);
    // Told to whoever sends it; nobody does when time is up before.
    writing.catch(() => {});
    begun.set(letter.id, writing);
  };
  for (let n = 0; n < WRITTEN_AHEAD; n += 1) begin();
  return (letter) => {
    begin();
    const writing = begun.get(letter.id) ?? writeLetter(deps, letter);
    begun.delete(letter.id);
    return writing;
  };
}

interface Parts {
  claim: string;
  written: (letter: DueMessage) => Promise<WrittenLetter>;
  fence: Fence;
  accepted: AcceptedLetters;
}

async function sendOne(
  deps: Deps,
  message: DueMessage,
  { claim, written: writing, fence, accepted }: Parts,
): Promise<void> {
  const written = await writing(message).catch(async (error: unknown) => {
    await settleUnwritten(deps, message, claim, error);
    return null;
  });
  if (!written) return;
  const { letter, bare } = written;
  if (bare) return settlePermit(deps, message, claim, { drop: 'skipped', reason: 'nothing_to_show', stop: false });

  const fencedAt = deps.now();
  const verdict = await fence(message);
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
