/** A process of its own that floods one shop from one address while it is told to: `go` and `stop` come as messages, how many were answered goes back. */

import { setTimeout as pause } from 'node:timers/promises';
import { type Target, visitSender } from './visits.ts';

const CONNECTIONS = 64;
/** Calls are let go in portions of this long. */
const PORTION_MS = 10;

const { perSecond, ...target } = JSON.parse(process.argv[2] ?? '{}') as Target & { perSecond: number };
const sender = visitSender(target, CONNECTIONS);
let [flooding, underWay, answered] = [false, 0, 0];

process.on('message', (what) => {
  flooding = what === 'go';
  if (flooding) void flood();
  else process.send?.(answered);
});
process.on('disconnect', () => process.exit());

/** At the rate asked for, or as fast as the server answers: what it has not answered is not piled up. */
async function flood(): Promise<void> {
  answered = 0;
  while (flooding) {
    const room = Math.min((perSecond * PORTION_MS) / 1_000, CONNECTIONS * 4 - underWay);
    for (let call = 0; call < room; call += 1) {
      underWay += 1;
      void sender
        .visit('198.51.100.7')
        .then(() => {
          answered += 1;
        })
        .catch(() => {})
        .finally(() => {
          underWay -= 1;
        });
    }
    await pause(PORTION_MS);
  }
}
