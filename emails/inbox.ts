/** The local inbox: letters go to a store given as a function instead of out into the world. */

import { recipient } from './mail-fields.ts';
import type { Mailer, OutgoingLetter } from './mailer.ts';
import { within } from './within.ts';

/** `keep` stores one letter under its id (storing it again must change nothing); `has` tells whether an id was stored. */
export function inboxMailer(
  keep: (letter: OutgoingLetter) => Promise<void>,
  has: (id: string) => Promise<boolean>,
): Mailer {
  return {
    name: 'inbox',

    async send(letter, timeoutMs) {
      if (!recipient(letter.to)) return { kind: 'refused', reason: 'invalid_address', detail: 'not one plain address' };
      try {
        await within(timeoutMs, () => keep(letter));
        return { kind: 'accepted', providerId: providerIdOf(letter.id) };
      } catch (error) {
        // A store that failed while committing may have kept the letter all the same.
        return { kind: 'unknown', reason: String(error) };
      }
    },

    async find(id, timeoutMs) {
      try {
        const known = await within(timeoutMs, () => has(id));
        return known ? { kind: 'found', providerId: providerIdOf(id) } : { kind: 'missing' };
      } catch (error) {
        return { kind: 'unanswered', reason: String(error) };
      }
    },
  };
}

const providerIdOf = (id: string): string => `inbox-${id}`;
