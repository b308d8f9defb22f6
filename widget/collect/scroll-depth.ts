/** Whether the visitor has read on: more than half of what there is to scroll. */

import { guarded } from '../guard.ts';

const DEEP = 0.5;

/** Reports once, after a scroll that reaches the depth on a page longer than its window. */
export function onDeepScroll(report: () => void): () => void {
  const scrolled = guarded(() => {
    const way = document.documentElement.scrollHeight - innerHeight;
    if (way < innerHeight / 2 || scrollY < way * DEEP) return;
    stop();
    report();
  });
  const stop = (): void => removeEventListener('scroll', scrolled);
  addEventListener('scroll', scrolled, { passive: true });
  return stop;
}
