/** What a reading means: the events it makes, and the kind of page it speaks of. */

import type { Item } from '../../core/catalogue/item.ts';
import type { EventBody, PageKind } from '../../core/visits/event.ts';
import type { LayerReading } from './ga4.ts';
import { lineOf } from './reading.ts';

/** `url` is where it was met, `own` the page's own product. A view makes no event here: its sources are laid over each other first. */
export function eventsOf(told: LayerReading, url: string, own: Item | null = null): EventBody[] {
  switch (told.kind) {
    case 'view':
    case 'list':
      return [];
    case 'wish':
    case 'add':
    case 'remove': {
      const line = lineOf(told.reading, told.kind === 'wish' ? 1 : told.quantity, url);
      if (!line) return [];
      const { quantity, ...found } = line;
      // Analytics give neither an address nor a picture: the page has them of its own product.
      const item =
        found.id === own?.id
          ? {
              ...own,
              ...found,
              title: told.reading.title ?? own.title,
              url: own.url,
              image: found.image ?? own.image ?? null,
            }
          : found;
      if (told.kind === 'wish') return [{ type: 'add_to_wishlist', item }];
      return [{ type: told.kind === 'add' ? 'add_to_cart' : 'remove_from_cart', item, quantity }];
    }
    case 'cart':
      return [{ type: 'cart', ...told.cart }];
    case 'checkout': {
      const begun: EventBody = { type: 'begin_checkout', value: told.cart?.value ?? null };
      return told.cart ? [{ type: 'cart', ...told.cart }, begun] : [begun];
    }
    case 'purchase':
      return [{ type: 'purchase', orderId: told.orderId, ...told.cart }];
    case 'search':
      return [{ type: 'search', term: told.term }];
  }
}

export function kindTold(told: LayerReading): PageKind {
  switch (told.kind) {
    case 'view':
      return 'product';
    case 'list':
      return 'category';
    case 'cart':
      // Shops tell us their cart on every page; an analytics push says that this page shows it.
      return told.said ? 'unknown' : 'cart';
    case 'checkout':
      return 'checkout';
    case 'purchase':
      return 'thanks';
    case 'wish':
    case 'add':
    case 'remove':
    case 'search':
      return 'unknown';
  }
}
