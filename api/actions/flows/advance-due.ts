/** Moves running flows on: plans the letters that are due and the moments to look again. */

import { trialKey } from '../../../core/experiments/trial.ts';
import { advance, type Circumstances, type Next } from '../../../core/flows/advance.ts';
import { type Program, programOf } from '../../../core/flows/program.ts';
import { after } from '../../../core/values/calendar.ts';
import type { Tx } from '../../../db/connect.ts';
import {
  type DueEnrollment,
  type EnrollmentMove,
  lockDueEnrollments,
  moveEnrollments,
} from '../../../db/enrollments.ts';
import { claimedLetters, insertMessages, type PlannedMessage } from '../../../db/messages.ts';
import type { Deps } from '../../deps.ts';
import { addressHash } from '../../signing.ts';
import { beginTrials } from './begin-trials.ts';
import { knowCircumstances } from './know-circumstances.ts';
import { takeAct } from './take-act.ts';

/** Advances up to `limit` due enrollments in one transaction; returns how many. */
export const advanceDue = (deps: Deps, limit: number): Promise<number> =>
  deps.db.engine((tx) => advanceEnrollments(tx, deps, { limit, id: null }));

export interface AdvanceOptions {
  limit: number;
  /** One enrollment only, or null for whichever are due. */
  id: string | null;
  /** Why nothing may be sent, whatever the steps say. */
  withheld?: string;
}

export async function advanceEnrollments(tx: Tx, deps: Deps, { limit, id, withheld }: AdvanceOptions): Promise<number> {
  const due = (await lockDueEnrollments(tx, limit, id)).map((enrollment) => ({
    ...enrollment,
    program: programOf(enrollment.flow.steps),
  }));
  const circumstances = await knowCircumstances(tx, due);
  const moves: EnrollmentMove[] = [];
  const letters: PlannedMessage[] = [];
  for (const [index, enrollment] of due.entries()) {
    const { move, letter } = await follow(tx, deps, enrollment, circumstances[index] as Circumstances);
    if (!letter) {
      moves.push(withheld ? { ...move, status: 'stopped', reason: withheld } : move);
      continue;
    }
    const { canonical, claimed } = enrollment;
    const hash = await addressHash(deps.settings.signingKey, canonical);
    const capped = claimed && !deps.settings.demo;
    const another = letters.some((one) => one.claimed && one.addressHash === hash);
    const held = withheld ?? (capped && (another || (await isBombing(tx, hash))) ? 'bombing' : null);
    letters.push({
      ...letter,
      addressHash: hash,
      claimed,
      status: held ? 'suppressed' : 'queued',
      reason: held,
    });
    // Where the letter with the code is held back, reminding of it makes no sense either.
    moves.push(held ? { ...move, status: 'stopped', reason: held } : move);
  }
  tx.meanwhile(insertMessages(tx, letters));
  await beginTrials(tx, due, letters);
  tx.meanwhile(moveEnrollments(tx, moves));
  return due.length;
}

/** One address gets letters that strangers asked for at most once in ten minutes, and three a day, over the whole instance. */
export async function isBombing(tx: Tx, hash: string): Promise<boolean> {
  const sent = await claimedLetters(tx, hash);
  return sent.tenMinutes >= 1 || sent.day >= 3;
}

type Letter = Omit<PlannedMessage, 'addressHash' | 'claimed' | 'status' | 'reason'>;

export interface Traveller extends DueEnrollment {
  program: Program;
}

/** Walks the steps until one takes time: a wait that is not over, or a letter that has to leave first. */
async function follow(
  tx: Tx,
  deps: Deps,
  traveller: Traveller,
  known: Circumstances,
): Promise<{ move: EnrollmentMove; letter: Letter | null }> {
  const { id, flow, zone, program } = traveller;
  let { step, codeId, offer } = traveller;
  const { claimed } = traveller;
  let circumstances = known;
  const at = (change: Partial<EnrollmentMove>): { move: EnrollmentMove; letter: null } => ({
    move: {
      id,
      status: 'active',
      reason: null,
      step,
      dueAt: null,
      heardEvent: null,
      heardStep: null,
      codeId,
      offer,
      claimed,
      ...change,
    },
    letter: null,
  });
  if (hasExpired(traveller, tx.now) && flow.stopOn.includes('code_expired')) {
    return at({ status: 'stopped', reason: 'code_expired' });
  }
  for (;;) {
    const next: Next = advance(program, step, circumstances);
    if ('done' in next) return at({ status: 'completed', reason: 'finished' });
    if ('stop' in next) return at({ status: 'stopped', reason: next.stop });
    if ('send' in next) {
      // Counted from when it was due, not from when an outage or a switched-off flow let it be planned.
      const from = next.notBefore ?? traveller.dueAt ?? tx.now;
      const expiresAt = next.expiresAfter ? after(from, next.expiresAfter, zone) : null;
      const { shopId, contactId } = traveller;
      const letter = {
        shopId,
        contactId,
        enrollmentId: id,
        step: next.step - 1,
        occurrence: 0,
        letter: next.send,
        purpose: flow.purpose,
        prompt: next.prompt,
        variant: next.variant,
        trial: next.trial ? trialKey(flow.key, next.trial) : null,
        notBefore: next.notBefore ?? null,
        expiresAt,
      };
      return { ...at({ step: next.step, claimed: false }), letter };
    }
    if ('wait' in next) {
      if ('listen' in next) {
        return at({ step: next.otherwise, dueAt: next.wait, heardEvent: next.listen, heardStep: next.step });
      }
      if (next.wait > tx.now) return at({ step: next.step, dueAt: next.wait });
    } else {
      const given = await takeAct(tx, deps, traveller, next);
      if (given) ({ codeId, offer } = given);
      // The steps after a tag may ask for it.
      if ('tag' in next) circumstances = (await knowCircumstances(tx, [traveller]))[0] ?? known;
    }
    step = next.step;
  }
}

const hasExpired = (enrollment: DueEnrollment, now: number): boolean =>
  enrollment.codeStatus === 'expired' || (enrollment.codeExpiresAt !== null && enrollment.codeExpiresAt <= now);
