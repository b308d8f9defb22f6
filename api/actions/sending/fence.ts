/** The last question before the provider is called: letters that ask while others are being asked about are asked about together, in one transaction. */

import { type Permit, permit } from '../../../core/letters/permit.ts';
import type { Tx } from '../../../db/connect.ts';
import { type DueMessage, lockUncalled, type PermitFacts } from '../../../db/due-letters.ts';
import { shareEnrollments } from '../../../db/enrollments.ts';
import { lockDays, markCalled } from '../../../db/outbox.ts';
import { countVolumes, lockVolumes } from '../../../db/pace.ts';
import { readByIndex } from '../../../db/read-by-index.ts';
import type { Deps } from '../../deps.ts';
import { isCapped, permitInput, warmUpFor } from './permit-input.ts';

/** Whether the letter may leave, as of a commit that says so; null when it is no longer this claim's. */
export type Fence = (letter: DueMessage) => Promise<Permit | null>;

interface Asking {
  letter: DueMessage;
  answer: (verdict: Permit | null | Promise<Permit | null>) => void;
}

/**
 * Whoever is answered calls the provider at once: no letter waits behind its fence for another. So there are never more together than
 * there are hands that send.
 */
export function openFence(deps: Deps, claim: string): Fence {
  let waiting: Asking[] = [];
  let asking = false;

  const ask = async (): Promise<void> => {
    while (waiting.length > 0) {
      const together = waiting;
      waiting = [];
      try {
        const letters = together.map(({ letter }) => letter);
        const verdicts = await fenceTogether(deps, letters, claim);
        for (const { letter, answer } of together) {
          answer(verdicts.get(letter.id) ?? null);
          await nextTurn();
        }
      } catch (error) {
        // One letter must not take the others down. What was fenced all the same, its commit's answer lost, is nobody's to call.
        for (const { letter, answer } of together) {
          answer(together.length === 1 ? Promise.reject(error) : alone(deps, letter, claim));
          await nextTurn();
        }
      }
    }
    asking = false;
  };

  return (letter) =>
    new Promise((answer) => {
      waiting.push({ letter, answer });
      if (asking) return;
      asking = true;
      // Begun a moment later, so that those that ask at once are asked about at once.
      void Promise.resolve().then(ask);
    });
}

/**
 * Whoever was answered has called the provider by then. Were all answered at once, their calls would be begun in step, each of them some
 * way between its last look at the clock and the call itself: a process frozen there calls when it wakes.
 */
const nextTurn = (): Promise<void> => new Promise((resolve) => (immediately ?? setTimeout)(resolve));

const { setImmediate: immediately } = globalThis as { setImmediate?: (done: () => void) => void };

const alone = async (deps: Deps, letter: DueMessage, claim: string): Promise<Permit | null> =>
  (await fenceTogether(deps, [letter], claim)).get(letter.id) ?? null;

/**
 * All of it asked again. The chains are locked first, as every stop does: either the stop committed before, and is seen here, or it waits
 * and finds the call begun.
 */
const fenceTogether = (deps: Deps, letters: readonly DueMessage[], claim: string): Promise<Map<string, Permit>> =>
  deps.db.engine(async (tx) => {
    const warming = letters.flatMap((letter) => {
      const known = warmUpFor(letter, tx.now);
      return known ? [{ id: letter.id, shopId: letter.shopId, provider: known.provider, day: known.day }] : [];
    });
    const days = letters.filter(isCapped).map(({ contactId }) => contactId);
    // All are told at once: the database takes them in turn, and looks at the letters when it holds the locks.
    const asked = [
      readByIndex(tx),
      lockDays(tx, days),
      lockVolumes(tx, warming),
      shareEnrollments(
        tx,
        letters.map(({ enrollmentId }) => enrollmentId),
      ),
    ];
    const [found] = await Promise.all([lockUncalled(tx, letters, claim, deps.settings.sendTimeoutMs), ...asked]);
    const verdicts = judge(
      tx,
      found,
      new Map(warming.map(({ id, shopId, provider }) => [id, `${shopId} ${provider}`])),
    );
    const leaving = found.filter(({ id }) => isLeaving(verdicts.get(id)));
    const counted = new Map<
      string,
      { shopId: string; provider: (typeof warming)[number]['provider']; day: string; letters: number }
    >();
    for (const { id, shopId, provider, day } of warming) {
      const key = `${shopId} ${provider} ${day}`;
      if (isLeaving(verdicts.get(id)))
        counted.set(key, { shopId, provider, day, letters: (counted.get(key)?.letters ?? 0) + 1 });
    }
    await Promise.all([markCalled(tx, leaving), countVolumes(tx, [...counted.values()])]);
    return verdicts;
  });

const isLeaving = (verdict: Permit | undefined): boolean => verdict !== undefined && 'send' in verdict;

/** One after another: what leaves for a contact, or to those who keep its mailbox, counts against those that come after it. */
function judge(
  { now }: Tx,
  letters: readonly PermitFacts[],
  volumes: ReadonlyMap<string, string>,
): Map<string, Permit> {
  const left = new Map<string, number>();
  const before = (key: string): number => left.get(key) ?? 0;
  const verdicts = new Map<string, Permit>();
  for (const letter of letters) {
    const input = permitInput(letter, now);
    const volume = volumes.get(letter.id) ?? '';
    const verdict = permit({
      ...input,
      sentToday: input.sentToday + before(letter.contactId),
      warmUp: input.warmUp ? { ...input.warmUp, given: input.warmUp.given + before(volume) } : null,
    });
    verdicts.set(letter.id, verdict);
    if (!isLeaving(verdict) || letter.purpose !== 'marketing') continue;
    left.set(letter.contactId, before(letter.contactId) + 1);
    if (volume) left.set(volume, before(volume) + 1);
  }
  return verdicts;
}
