/** When an answer leaves whose time must not tell what the work was: at the floor, or where that was not enough at the next multiple of it. */

import type { Deps } from '../deps.ts';

/**
 * Where one answer missed the floor, others soon will, and those sooner whose work is a little more. So from the first that did all
 * wait as long as it, for this time.
 */
const HELD_MS = 10_000;
/** The longest that answers wait for the sake of others, in floors: no flood makes a popup wait for ever. */
const MOST_HELD = 4;

export interface AnswerFloor {
  /** How many floors after its receipt an answer leaves whose work took so many, begun ones included, at `now` (ms). */
  heldTo(floors: number, now: number): number;
}

export function answerFloor(): AnswerFloor {
  /** When an answer last needed so many floors. */
  const needed = new Map<number, number>();
  return {
    heldTo(floors, now) {
      needed.set(Math.min(floors, MOST_HELD), now);
      const held = [...needed].filter(([, at]) => now - at < HELD_MS).map(([count]) => count);
      return Math.max(floors, ...held);
    },
  };
}

/** `received`: ms since the epoch. A busy machine tells no more than a calm one. */
export async function pauseToFloor({ now, pause, settings, floor }: Deps, received: number): Promise<void> {
  const least = settings.claimFloorMs;
  if (least === 0) return;
  const spent = Math.max(0, now() - received);
  const floors = floor.heldTo(Math.max(1, Math.ceil(spent / least)), now());
  await pause(floors * least - spent);
}
