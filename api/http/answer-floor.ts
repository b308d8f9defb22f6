/** When an answer leaves whose time must not tell what the work was: at the floor, or where that was not enough at the next multiple of it. */

import type { Deps } from '../deps.ts';

/** `received`: ms since the epoch. A busy machine tells no more than a calm one. */
export async function pauseToFloor({ now, pause, settings }: Deps, received: number): Promise<void> {
  const floor = settings.claimFloorMs;
  if (floor === 0) return;
  const spent = Math.max(0, now() - received);
  await pause(floor * Math.max(1, Math.ceil(spent / floor)) - spent);
}
