/** What a flow gives to who does what a letter asks for, so that the letter can say it. */

import type { Offer } from '../rules/offer.ts';
import type { HeardEvent, Step } from './flow.ts';
import { programOf } from './program.ts';

/** The offer issued as soon as `event` is heard after this place; null where nothing is given for it. */
export function promisedFor(steps: readonly Step[], place: number, event: HeardEvent): Offer | null {
  const program = programOf(steps);
  const heard = program.findIndex((one, index) => index > place && one.do === 'listen' && one.event === event);
  for (let next = heard + 1; heard >= 0; ) {
    const one = program[next];
    switch (one?.do) {
      case 'issue':
        return one.offer;
      case 'jump':
        next = one.to;
        break;
      case 'tag':
      case 'notify':
      case 'webhook':
      case 'send':
        next += 1;
        break;
      default:
        return null;
    }
  }
  return null;
}
