/** Moves running flows on: plans the letters that are due and the moments to look again. */

import { advance, type Next } from '../../core/advance.ts';
import { after } from '../../core/calendar.ts';
import type { Tx } from '../../db/connect.ts';
import { type DueEnrollment, type EnrollmentMove, lockDueEnrollments, moveEnrollments } from '../../db/enrollments.ts';
import { claimedLetters, insertMessages, type PlannedMessage } from '../../db/messages.ts';
import type { Deps } from '../deps.ts';
import { addressHash } from '../signing.ts';

/** Advances up to `limit` due enrollments in one transaction; returns how many. */
export const advanceDue = (deps: Deps, limit: number): Promise<number> =>
  deps.db.engine((tx) =>
    advanceEnrollments(tx, deps.settings.signingKey, { limit, id: null, claimed: false, capped: true }),
  );

export interface AdvanceOptions {
  limit: number;
  /** One enrollment only, or null for whichever are due. */
  id: string | null;
  /** The first letter was asked for by a public claim. */
  claimed: boolean;
  /** What public claims ask for is held to the caps on letters that strangers caused. */
  capped: boolean;
}

export async function advanceEnrollments(
  tx: Tx,
  signingKey: string,
  { limit, id, claimed, capped }: AdvanceOptions,
): Promise<number> {
  const due = await lockDueEnrollments(tx, limit, id);
  const moves: EnrollmentMove[] = [];
  const letters: PlannedMessage[] = [];
  for (const enrollment of due) {
    const { move, letter } = follow(enrollment, tx.now);
    if (!letter) {
      moves.push(move);
      continue;
    }
    const hash = await addressHash(signingKey, enrollment.canonical);
    const bombed = claimed && capped && (await isBombing(tx, hash));
    letters.push({
      ...letter,
      addressHash: hash,
      claimed,
      status: bombed ? 'suppressed' : 'queued',
      reason: bombed ? 'bombing' : null,
    });
    // Where the letter with the code is held back, reminding of it makes no sense either.
    moves.push(bombed ? { ...move, status: 'stopped', reason: 'bombing' } : move);
  }
  await insertMessages(tx, letters);
  await moveEnrollments(tx, moves);
  return due.length;
}

/** One address gets at most one letter in ten minutes and three a day that strangers asked for, over the whole instance. */
export async function isBombing(tx: Tx, hash: string): Promise<boolean> {
  const sent = await claimedLetters(tx, hash);
  return sent.tenMinutes >= 1 || sent.day >= 3;
}

type Letter = Omit<PlannedMessage, 'addressHash' | 'claimed' | 'status' | 'reason'>;

/** Walks the steps until one takes time: a wait that is not over, or a letter that has to leave first. */
function follow(enrollment: DueEnrollment, now: number): { move: EnrollmentMove; letter: Letter | null } {
  const { id, flow, zone } = enrollment;
  const at = (step: number, change: Partial<EnrollmentMove>): EnrollmentMove => ({
    id,
    status: 'active',
    reason: null,
    step,
    dueAt: null,
    ...change,
  });
  if (hasExpired(enrollment, now) && flow.stopOn.includes('code_expired')) {
    return { move: at(enrollment.step, { status: 'stopped', reason: 'code_expired' }), letter: null };
  }
  let { step } = enrollment;
  for (;;) {
    const next: Next = advance(flow, step, now, zone);
    if ('done' in next) return { move: at(step, { status: 'completed', reason: 'finished' }), letter: null };
    if ('stop' in next) return { move: at(step, { status: 'stopped', reason: next.stop }), letter: null };
    if ('send' in next) {
      // Counted from when it was due, not from when an outage or a switched-off flow let it be planned.
      const expiresAt = next.expiresAfter ? after(enrollment.dueAt ?? now, next.expiresAfter, zone) : null;
      const { shopId, contactId } = enrollment;
      const letter = {
        shopId,
        contactId,
        enrollmentId: id,
        step,
        occurrence: 0,
        letter: next.send,
        purpose: flow.purpose,
        prompt: next.prompt,
        expiresAt,
      };
      return { move: at(next.step, {}), letter };
    }
    if (next.wait > now) return { move: at(next.step, { dueAt: next.wait }), letter: null };
    step = next.step;
  }
}

const hasExpired = (enrollment: DueEnrollment, now: number): boolean =>
  enrollment.codeStatus === 'expired' || (enrollment.codeExpiresAt !== null && enrollment.codeExpiresAt <= now);
