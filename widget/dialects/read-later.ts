/** Asks the shop itself for its cart after a change, once for a burst of changes. */

import { isRaw, type Raw } from '../collect/reading.ts';
import { guarded, ignore } from '../guard.ts';

/** Themes change the cart in several requests one after another. */
const SETTLES_MS = 400;

export function readLater(address: string, done: (answer: Raw) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const ask = async (): Promise<void> => {
    const response = await fetch(address, { headers: { accept: 'application/json' } });
    const answer: unknown = response.ok ? await response.json() : null;
    if (isRaw(answer)) guarded(done)(answer);
  };
  return () => {
    clearTimeout(timer);
    timer = setTimeout(() => void ask().catch(ignore), SETTLES_MS);
  };
}
