/** Writes down which letters were accepted, all that came while one commit ran with the next: a commit each would cost more than the letters do. */

import { type AcceptedLetter, settleSent } from '../../../db/outbox.ts';
import type { Deps } from '../../deps.ts';
import { describeError } from '../../log.ts';

export interface AcceptedLetters {
  add(letter: AcceptedLetter): void;
  /** Resolves when all that were added are written down, or it is known that they can't be. */
  written(): Promise<void>;
}

export function acceptedLetters(deps: Deps, claim: string): AcceptedLetters {
  let waiting: AcceptedLetter[] = [];
  let writing: Promise<void> | null = null;

  const write = async (): Promise<void> => {
    while (waiting.length > 0) {
      const letters = waiting;
      waiting = [];
      try {
        await deps.db.once((once) => settleSent(once, claim, deps.mailer.name, letters));
      } catch (error) {
        // Their leases run out, and the provider is asked about them.
        deps.log('error', 'letters left in doubt', { count: letters.length, error: describeError(error) });
      }
    }
    writing = null;
  };

  return {
    add(letter) {
      waiting.push(letter);
      // Begun a moment later, so that those that are added at once go at once.
      writing ??= Promise.resolve().then(write);
    },
    async written() {
      await writing;
    },
  };
}
