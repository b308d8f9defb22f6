/** Which of the items that a page told may stand in a letter. A page can be forged, so nothing here may carry another's message. */

import type { Item } from '../../../core/catalogue/item.ts';
import { isOnShop } from '../../shop-hosts.ts';

const LONGEST_TITLE = 120;

/** What mail clients make a link of: schemes, `www.`, a host with a path, and bare domains of the kinds that spam uses. */
const LINK =
  /\/\/|www\.|mailto:|[\p{L}\d]\.\p{L}{2,}\/|[\p{L}\d]\.(?:com|net|org|info|biz|ru|su|рф|xyz|top|site|online|shop|store|club|click|link|live|icu|app|dev|io|me|cc|tk)(?![\p{L}\d])/iu;
const LINE_BREAK = /[\n\r\v\f\u0085\u2028\u2029]/;

/** Items whose link lies on the shop's own hosts; pictures from elsewhere are left out, titles that hold a url or a line break drop the item. */
export function mailableItems(items: readonly Item[], origins: readonly string[]): Item[] {
  return items.flatMap((item) => {
    const title = item.title.trim();
    if (!title || LINE_BREAK.test(title) || LINK.test(title) || !isOnShop(item.url, origins)) return [];
    const image = item.image && isOnShop(item.image, origins) ? item.image : null;
    return [
      {
        ...item,
        image,
        title: title.length > LONGEST_TITLE ? `${title.slice(0, LONGEST_TITLE - 1).trimEnd()}…` : title,
      },
    ];
  });
}

/** Of the shop's own catalogue: nobody else can have written it, and shops keep their pictures in many places. */
export const mailableGoods = (items: readonly Item[], origins: readonly string[]): Item[] =>
  items.flatMap((item) => mailableItems([item], origins).map((one) => ({ ...one, image: item.image ?? null })));
