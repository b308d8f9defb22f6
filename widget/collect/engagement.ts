/** Active time: the tab in sight, and touched within the last half minute. */

import { guarded } from '../guard.ts';

const TOUCH_LASTS_MS = 30_000;
const TOUCHES = ['pointerdown', 'pointermove', 'keydown', 'scroll', 'touchstart', 'wheel'] as const;

export interface Engagement {
  /** Reports what has come together since the last time, if it is a second or more. */
  tell(): void;
  stop(): void;
}

/** Reports active ms when asked to, and by itself once `every` ms have come together. */
export function onEngagement(report: (ms: number) => void, { now = Date.now, every = 60_000 } = {}): Engagement {
  let active = 0;
  let countedTo = now();
  let touchedAt = countedTo;

  function count(): void {
    const at = now();
    active += Math.max(0, Math.min(at, touchedAt + TOUCH_LASTS_MS) - countedTo);
    countedTo = at;
  }

  function tell(): void {
    if (document.visibilityState === 'visible') count();
    if (active < 1_000) return;
    const ms = Math.round(active);
    active = 0;
    report(ms);
  }

  const touched = guarded(() => {
    if (document.visibilityState !== 'visible') return;
    count();
    touchedAt = countedTo;
    if (active >= every) tell();
  });

  /** Hidden time never counts; being looked at again does, as a touch. */
  const turned = guarded(() => {
    if (document.visibilityState !== 'visible') return count();
    countedTo = touchedAt = now();
  });

  const options = { passive: true, capture: true };
  for (const type of TOUCHES) addEventListener(type, touched, options);
  document.addEventListener('visibilitychange', turned, options);
  return {
    tell,
    stop() {
      for (const type of TOUCHES) removeEventListener(type, touched, options);
      document.removeEventListener('visibilitychange', turned, options);
    },
  };
}
