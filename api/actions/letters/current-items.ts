/** What letters show of things, as the shop's catalogue has them now. */

import { type CurrentItem, currentItem } from '../../../core/catalogue/current-item.ts';
import type { Item } from '../../../core/catalogue/item.ts';
import type { EntryEvent } from '../../../core/flows/flow.ts';
import type { Tx } from '../../../db/connect.ts';
import { productsCalled } from '../../../db/products.ts';
import { productKey } from '../../feeds/feed-address.ts';

/** Those that can't be bought now are left out. */
export async function currentItems(tx: Tx, shopId: string, items: readonly Item[]): Promise<CurrentItem[]> {
  if (items.length === 0) return [];
  const pages = items.map(({ url }) => productKey(url));
  const known = await productsCalled(tx, shopId, { ids: items.map(({ id }) => id), pages });
  return items.flatMap((item, place) => {
    // By the name that says most: a variant's own, then that of all of them, then the page's.
    const variants = [
      known.filter(({ id }) => id === item.id),
      known.filter(({ groupId }) => groupId === item.id),
      known.filter(({ urlKey }) => urlKey === pages[place]),
    ].find((found) => found.length > 0);
    return currentItem(item, variants ?? [], tx.now) ?? [];
  });
}

/** Of what a change of the catalogue is told with, what still holds; other occasions are about what they are about. */
export async function stillNews(
  tx: Tx,
  shopId: string,
  on: EntryEvent,
  items: readonly Item[],
): Promise<readonly Item[]> {
  if (on !== 'item_back' && on !== 'items_arrived' && on !== 'item_price_dropped') return items;
  const current = await currentItems(tx, shopId, items);
  const cheaper = ({ price, was }: Item): boolean => price !== null && price < (was ?? 0);
  return on === 'item_price_dropped' ? current.filter(cheaper) : current;
}
