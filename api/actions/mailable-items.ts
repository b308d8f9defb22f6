/** Which of the items that a page told may stand in a letter. A page can be forged, so nothing here may carry another's message. */

import type { Item } from '../../core/item.ts';
import { isOnShop } from '../shop-hosts.ts';

const LONGEST_TITLE = 120;

/** Items whose link lies on the shop's own hosts; pictures from elsewhere are left out, titles that hold a url or a line break drop the item. */
export function mailableItems(items: readonly Item[], origins: readonly string[]): Item[] {
  return items.flatMap((item) => {
    const title = item.title.trim();
    if (!title || /[\n\r]|https?:|www\.|\/\//i.test(title) || !isOnShop(item.url, origins)) return [];
    const image = item.image && isOnShop(item.image, origins) ? item.image : null;
    return [{ ...item, image, title: title.length > LONGEST_TITLE ? `${title.slice(0, LONGEST_TITLE - 1).trimEnd()}…` : title }];
  });
}
