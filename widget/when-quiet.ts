/** The moment when the page has loaded and has nothing better to do, or has kept us waiting long enough. */

import { guarded } from './guard.ts';

/** A picture that never arrives must not keep the visit from beginning. */
const LONGEST_LOAD_MS = 8_000;
const LONGEST_WAIT_MS = 2_000;

export function whenQuiet(act: () => void): void {
  let begun = false;
  const once = guarded(() => {
    if (begun) return;
    begun = true;
    // Safari has it only behind a switch.
    if ('requestIdleCallback' in window) requestIdleCallback(guarded(act), { timeout: LONGEST_WAIT_MS });
    else setTimeout(guarded(act), 200);
  });
  if (document.readyState === 'complete') once();
  else addEventListener('load', once);
  setTimeout(once, LONGEST_LOAD_MS);
}

/** At once, or when a page that was fetched ahead is really looked at: until then there is no visitor. */
export function whenActive(act: () => void): void {
  if ('prerendering' in document && document.prerendering) {
    document.addEventListener('prerenderingchange', guarded(act));
  } else act();
}
