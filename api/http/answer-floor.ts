/** When an answer leaves whose time must not tell what the work was: at the floor, or where that was not enough at the next multiple of it. */

import type { Deps } from '../deps.ts';

/**
 * Where one answer missed the floor, others soon will, and those sooner whose work is a little more. So from the first that did all
 * wait as long as it, for this time.
 */
const HELD_MS = 10_000;
/** The longest that answers wait for the sake of others, in floors: no flood makes a popup wait for ever. */
const MOST_HELD = 4;
/** Shops remembered; the one that was late longest ago is forgotten first. */
const MOST_SHOPS = 1_000;

export interface AnswerFloor {
  /** How many floors after its receipt an answer of this shop leaves whose work took so many, begun ones included, at `now` (ms). Shops don't wait for each other. */
  heldTo(shop: string, floors: number, now: number): number;
}

export function answerFloor(): AnswerFloor {
  /** Of each shop, when an answer last needed so many floors. */
  const late = new Map<string, Map<number, number>>();
  return {
    heldTo(shop, floors, now) {
      const own = late.get(shop) ?? new Map<number, number>();
      if (floors > 1) {
        own.set(Math.min(floors, MOST_HELD), now);
        late.delete(shop);
        late.set(shop, own);
        const [oldest] = late.keys();
        if (late.size > MOST_SHOPS && oldest !== undefined) late.delete(oldest);
      }
      return Math.max(floors, ...[...own].filter(([, at]) => now - at < HELD_MS).map(([count]) => count));
    },
  };
}

/** `shop`: by whatever it is always called here; `received`: ms since the epoch. A busy machine tells no more than a calm one. */
export async function pauseToFloor(
  { now, pause, settings, floor }: Deps,
  { shop, received }: { shop: string; received: number },
): Promise<void> {
  const least = settings.claimFloorMs;
  if (least === 0) return;
  const spent = Math.max(0, now() - received);
  const floors = floor.heldTo(shop, Math.max(1, Math.ceil(spent / least)), now());
  await pause(floors * least - spent);
}
