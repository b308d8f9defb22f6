/** Listens to `window.dataLayer`, or whatever the page calls it: what was pushed before us, what is pushed after, and the arrays that replace it. */

import { guarded } from '../guard.ts';
import { ownGlobal } from '../own-global.ts';

declare global {
  interface Window {
    dataLayer?: unknown;
  }
}

const REPLAYED = 200;
/** Looked at again after this, and then each time after twice as long. */
const LOOK_AFTER_MS = 250;
const LOOKS = 6;

/** Reports each entry once, in order, as long as the page lives. Returns what looks at once whether the page has put another array in its place. */
export function onDataLayer(report: (entry: unknown) => void, name = 'dataLayer'): () => void {
  const seen = new WeakSet<object>();
  let current: unknown;
  let looks = 0;

  const take = guarded((entry: unknown) => {
    if (typeof entry !== 'object' || !entry || seen.has(entry)) return;
    seen.add(entry);
    report(entry);
  });

  /** Tag managers assign another array, or wrap `push` and call ours from theirs: the array's identity tells. */
  const look = guarded(() => {
    if (looks < LOOKS) setTimeout(look, LOOK_AFTER_MS << looks++);
    const layer = ownGlobal(name);
    if (layer === current || !Array.isArray(layer)) return;
    current = layer;
    layer.slice(-REPLAYED).forEach(take);
    const push = layer.push;
    layer.push = function (this: unknown[], ...entries: unknown[]) {
      const result = Reflect.apply(push, this, entries);
      entries.forEach(take);
      return result;
    };
  });
  look();
  return look;
}
