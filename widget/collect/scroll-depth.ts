/** Whether the visitor has read on: more than half of what there is to scroll. */

import { guarded } from '../guard.ts';

const DEEP = 0.5;
const RESTS_MS = 200;

/** Reports once, after a scroll that reaches the depth on a page longer than its window. */
export function onDeepScroll(report: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const measure = guarded(() => {
    const way = document.documentElement.scrollHeight - innerHeight;
    if (way < innerHeight / 2 || scrollY < way * DEEP) return;
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
