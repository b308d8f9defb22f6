/** Listens to `window.dataLayer`, or whatever the page calls it: what was pushed before us, what is pushed after, and the arrays that replace it. */

import { guarded } from '../guard.ts';

declare global {
  interface Window {
    dataLayer?: unknown;
  }
}

const REPLAYED = 200;
const LOOK_EVERY_MS = 500;
const LOOK_FOR_MS = 10_000;

/** Reports each entry once, in order. Returns a function that stops it. */
export function onDataLayer(report: (entry: unknown) => void, name = 'dataLayer'): () => void {
  const seen = new WeakSet<object>();
  let current: unknown;
  let stopped = false;

  const take = guarded((entry: unknown) => {
    if (stopped || typeof entry !== 'object' || entry === null || seen.has(entry)) return;
    seen.add(entry);
    report(entry);
  });

  /** Tag managers assign another array, or wrap `push` and call ours from theirs: the array's identity tells. */
  function attach(): void {
    const layer = Reflect.get(window, name);
    if (layer === current || !Array.isArray(layer)) return;
    current = layer;
    layer.slice(-REPLAYED).forEach(take);
    const push = layer.push;
    layer.push = function (this: unknown[], ...entries: unknown[]) {
      const result = Reflect.apply(push, this, entries);
      entries.forEach(take);
      return result;
    };
  }

  const look = guarded(attach);
  look();
  const timer = setInterval(look, LOOK_EVERY_MS);
  const end = setTimeout(() => clearInterval(timer), LOOK_FOR_MS);
  return () => {
    stopped = true;
    clearInterval(timer);
    clearTimeout(end);
  };
}
