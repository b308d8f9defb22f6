/** Whether what the visit is looking at can't be bought: what a page shows there is no offer, but the wish to be told of its return. */

import type { EventType } from './event.ts';
import type { VisitState } from './visit.ts';

/** The latest item, if its page is still the latest: who went on is asked about something else. */
export function isOnSoldOut({ viewed, trail }: Pick<VisitState, 'viewed' | 'trail'>): boolean {
  const latest = (wanted: EventType): number => trail.findLastIndex(([type]) => type === wanted);
  return viewed.at(-1)?.available === false && latest('view_item') > latest('page_view');
}
