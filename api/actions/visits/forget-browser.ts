/** Whose cookie a page asks to take back. Keeps nothing of the call: who wants to be forgotten leaves no visit behind. */

import type { Deps } from '../../deps.ts';
import type { FindShop } from './record-events.ts';

/** The shop's id, or null for a page that speaks for none. */
export const forgetBrowser = (deps: Deps, findShop: FindShop): Promise<string | null> =>
  deps.db.engine(async (tx) => (await findShop(tx))?.id ?? null);
