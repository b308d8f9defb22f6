/** Active time: the tab in sight, and touched within the last half minute. */

import { guarded } from '../guard.ts';

const EVERY_MS = 60_000;
const TOUCH_LASTS_MS = 30_000;

export interface Engagement {
  /** The visitor has done something. */
  touch(): void;
  /** Reports what has come together, if it is a second or more. */
  tell(): void;
}

/** Reports active ms by itself once a minute has come together. */
export function onEngagement(report: (ms: number) => void): Engagement {
  const now = Date.now;
  let active = 0;
  let countedTo = now();
  let touchedAt = countedTo;

  const isSeen = (): boolean => document.visibilityState === 'visible';

  function count(): void {
    const at = now();
    active += Math.max(0, Math.min(at, touchedAt + TOUCH_LASTS_MS) - countedTo);
    countedTo = at;
  }

  function tell(): void {
    if (isSeen()) count();
    if (active < 1_000) return;
    const ms = Math.round(active);
    active = 0;
    report(ms);
  }

  function touch(): void {
    if (!isSeen()) return;
    count();
    touchedAt = countedTo;
    if (active >= EVERY_MS) tell();
  }

  /** Hidden time never counts; being looked at again does, as a touch. */
  const turned = guarded(() => {
    if (isSeen()) countedTo = touchedAt = now();
    else count();
  });

  document.addEventListener('visibilitychange', turned, true);
  return { touch, tell };
}
