/** A process of its own that floods from one address while it is told to: a url and `stop` come as messages, how many were answered goes back. */

import { setTimeout as pause } from 'node:timers/promises';
import { type Target, type VisitSender, visitSender } from './visits.ts';

export interface Flood extends Target {
  perSecond: number;
  connections: number;
}

/** Calls are let go in portions of this long. */
const PORTION_MS = 10;

const { perSecond, connections, ...target } = JSON.parse(process.argv[2] ?? '{}') as Flood;
let [flooding, underWay, answered] = [false, 0, 0];

process.on('message', (what: string) => {
  flooding = what !== 'stop';
  if (flooding) void flood(visitSender({ ...target, url: what }, connections));
  else process.send?.(answered);
});
process.on('disconnect', () => process.exit());

/** At the rate asked for, or as fast as the server answers: what it has not answered is not piled up. */
async function flood(sender: VisitSender): Promise<void> {
  [answered, underWay] = [0, 0];
  const call = async (): Promise<void> => {
    underWay += 1;
    try {
      await sender.visit('198.51.100.7');
      if (flooding) answered += 1;
    } catch {
      // What was under way at the end is cut off.
    } finally {
      underWay -= 1;
    }
  };
  while (flooding) {
    const room = Math.min((perSecond * PORTION_MS) / 1_000, connections - underWay);
    for (let count = 0; count < room; count += 1) void call();
    await pause(PORTION_MS);
  }
  sender.close();
}
