/** The engine in small: `advance` and `permit` as the server's turn asks them, with a list in the place of the database. */

import { advance } from '../../../core/flows/advance.ts';
import { type Program, programOf } from '../../../core/flows/program.ts';
import { permit } from '../../../core/letters/permit.ts';
import { after, localDay } from '../../../core/values/calendar.ts';
import type { Journey, Sending, SentLetter } from './journeys.ts';

interface Chain {
  journey: Journey;
  program: Program;
  step: number;
  /** Null while a letter carries it on, and at its end. */
  dueAt: number | null;
  letter: { place: number; prompt: boolean; notBefore: number; expiresAt: number | null } | null;
}

export interface Clockwork {
  /** Everything that is due by now. */
  turn(now: number): void;
  /** In the order in which they left or were given up. */
  letters: SentLetter[];
  /** Chains that have not come to their end. */
  running(): number;
}

export function clockwork(journeys: readonly Journey[], sending: Sending): Clockwork {
  const coming = [...journeys].sort((one, other) => one.enterAt - other.enterAt);
  const letters: SentLetter[] = [];
  const sentOf = new Map<string, number[]>();
  let chains: Chain[] = [];

  const follow = (chain: Chain, now: number): void => {
    const { journey, program } = chain;
    const dueAt = chain.dueAt ?? now;
    chain.dueAt = null;
    for (;;) {
      const next = advance(program, chain.step, {
        at: now,
        zone: journey.zone,
        holds: () => false,
        chance: () => 0,
        winner: () => null,
        usual: '10:00',
      });
      if ('done' in next) return;
      if ('send' in next) {
        const expiresAt = next.expiresAfter ? after(dueAt, next.expiresAfter, journey.zone) : null;
        chain.letter = { place: next.step - 1, prompt: next.prompt, notBefore: now, expiresAt };
        chain.step = next.step;
        return;
      }
      if (!('wait' in next)) throw new Error('the journeys have no such step');
      chain.step = next.step;
      if (next.wait > now) {
        chain.dueAt = next.wait;
        return;
      }
    }
  };

  const send = (chain: Chain, now: number): void => {
    const { journey, letter } = chain;
    if (!letter) return;
    const { person, zone } = journey;
    const sent = sentOf.get(person) ?? [];
    const today = localDay(now, zone);
    const verdict = permit({
      now,
      expiresAt: letter.expiresAt,
      purpose: 'marketing',
      enrollment: 'active',
      flowEnabled: true,
      haltedUntil: null,
      marketing: 'subscribed',
      suppressed: null,
      code: null,
      hasContent: true,
      prompt: letter.prompt,
      dailyCap: sending.dailyCap,
      sentToday: sent.filter((at) => localDay(at, zone) === today).length,
      quietHours: sending.quietHours,
      zone,
    });
    if ('hold' in verdict) {
      letter.notBefore = verdict.hold;
      return;
    }
    const left = 'send' in verdict;
    letters.push({
      journey,
      place: letter.place,
      prompt: letter.prompt,
      sentAt: left ? now : null,
      reason: left ? null : verdict.reason,
    });
    if (left) sentOf.set(person, [...sent, now]);
    chain.letter = null;
    chain.dueAt = now;
  };

  return {
    letters,
    running: () => chains.length + coming.length,
    turn(now) {
      for (let journey = coming[0]; journey && journey.enterAt <= now; journey = coming[0]) {
        coming.shift();
        chains.push({ journey, program: programOf(journey.steps), step: 0, dueAt: now, letter: null });
      }
      for (let moved = true; moved; ) {
        moved = false;
        for (const chain of chains) {
          if (chain.dueAt !== null && chain.dueAt <= now) {
            follow(chain, now);
            moved = true;
          }
          if (chain.letter && chain.letter.notBefore <= now) {
            send(chain, now);
            moved = true;
          }
        }
      }
      chains = chains.filter(({ dueAt, letter }) => dueAt !== null || letter !== null);
    },
  };
}
