/** Asks the server what buyers wrote of the things that an offer shows. The same for everyone: nothing is said of who asks. */

import type { Item } from '../../core/catalogue/item.ts';
import type { PublicRule } from '../../core/visits/wire.ts';
import type { Opinion, PopupOptions } from '../bridge.ts';
import type { Tag } from '../tag.ts';

const MOST = '2';
/** What the server takes for an id. */
const LONGEST_ID = 200;

/** Nothing where the rule quotes nobody. */
export function opinionsFor(
  { origin, shop }: Tag,
  { popup }: Pick<PublicRule, 'popup'>,
  { items, toJson }: { items: readonly Item[]; toJson(value: unknown): string },
): Pick<PopupOptions, 'opinions'> {
  const { reviews = 'none' } = popup;
  const ids = items.map(({ id }) => id).filter((id) => id.length <= LONGEST_ID);
  if (reviews === 'none' || (reviews === 'items' && ids.length === 0)) return {};
  const query = new URLSearchParams({ shop, words: 'true', others: `${reviews === 'shop'}`, limit: MOST });
  if (ids.length > 0) query.set('items', toJson(ids));
  return {
    async opinions() {
      const answer = await fetch(`${origin}/v1/reviews/published?${query}`, { credentials: 'omit' });
      const { data } = (await answer.json()) as { data?: unknown };
      return answer.ok && Array.isArray(data) ? (data as Opinion[]) : [];
    },
  };
}
