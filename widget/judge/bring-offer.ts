/** Brings into the browser's cache what an offer of the shop's rules would need, unread: most pages are left without one. */

import { localeOf } from '../../core/values/locale.ts';
import type { PublicRule } from '../../core/visits/wire.ts';
import type { AheadName } from '../bridge.ts';
import { isFull, partsOf } from '../popup/parts-of.ts';

/** The chunks' file names, put in by the build. */
declare const AHEAD: Record<string, string>;

/** Imports one of them. */
export const loadAhead = (name: AheadName, base: string): Promise<unknown> => import(base + AHEAD[name]);

/** All at once: the visitor may be on the way out. But behind whatever the page itself wants. */
export async function bringOffer(rules: readonly PublicRule[], tag: string, base: string): Promise<void> {
  const locale = localeOf(tag);
  const popup = rules.some(isFull) ? ['formats', ...partsOf(rules, locale)] : ['popup'];
  const names = ['judge', 'offer', ...popup, `words-${locale}`];
  await Promise.all(names.map((name) => fetch(base + AHEAD[name], { priority: 'low' })));
}
