/** Whether the visitor has read on: more than half of what there is to scroll. */

import { guarded } from '../guard.ts';

const DEEP = 0.5;
/** Of that way: who has come so far may come the rest of it. */
const NEAR = 0.5;
const RESTS_MS = 200;

/** Reports once, after a scroll that reaches the depth on a page longer than its window; `near` before that. */
export function onDeepScroll(report: () => void, near: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const measure = guarded(() => {
    const way = document.documentElement.scrollHeight - innerHeight;
    if (way < innerHeight / 2 || scrollY < way * DEEP * NEAR) return;
    near();
    if (scrollY < way * DEEP) return;
    stop();
    report();
  });
  // A scroll is many events, and asked for heights in the middle of it a browser lays out the page.
  const scrolled = (): void => {
    timer ??= setTimeout(() => {
      timer = undefined;
      measure();
    }, RESTS_MS);
  };
  const stop = (): void => {
    clearTimeout(timer);
    removeEventListener('scroll', scrolled);
  };
  addEventListener('scroll', scrolled, { passive: true });
  return stop;
}
