/** Leaving, with a pointer: out through the top of the window, and not back at once. */

import { guarded } from '../guard.ts';

/** Shorter trips are overshoots on the way to the page's own header. */
const CONFIRM_MS = 350;

/** Reports each confirmed leaving, and `begun` each that is yet to be; `gone`: how the pointer had left before, if it has. Native selects, drags, and other edges are no leaving. */
export function onPointerExit(report: () => void, begun: () => void, gone: MouseEvent | undefined): void {
  const html = document.documentElement;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const left = guarded((event: MouseEvent) => {
    if (event.clientY > 0 || event.relatedTarget || event.buttons) return;
    clearTimeout(timer);
    // Who left before anyone followed has been out for a while.
    timer = setTimeout(guarded(report), event.timeStamp + CONFIRM_MS - performance.now());
    begun();
  });
  html.addEventListener('mouseleave', left);
  html.addEventListener('mouseenter', () => clearTimeout(timer));
  if (gone) left(gone);
}
