/** Listens to `window.dataLayer`, or whatever the page calls it: what was pushed before us, what is pushed after, and the arrays that replace it. */

import { guarded } from '../guard.ts';
import { ownGlobal } from '../own-global.ts';

declare global {
  interface Window {
    dataLayer?: unknown;
  }
}

const REPLAYED = 200;
/** When a page that is being read is looked at again. Before that there are better moments: it has loaded, it is told of, it is left. */
const LOOK_AFTER_MS = [4_000, 12_000];

/** Reports each entry once, in order, as long as the page lives. Returns what looks at once whether the page has put another array in its place. */
export function onDataLayer(report: (entry: unknown) => void, name = 'dataLayer'): () => void {
  const seen = new WeakSet<object>();
  let current: unknown;

  const take = guarded((entry: unknown) => {
    if (seen.has(entry as object)) return;
    // Throws where it is a mere word.
    seen.add(entry as object);
    report(entry);
  });

  /** Tag managers assign another array, or wrap `push` and call ours from theirs: the array's identity tells. */
  const look = guarded(() => {
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

export function lookAgain(look: () => void): void {
  for (const ms of LOOK_AFTER_MS) setTimeout(look, ms);
}
