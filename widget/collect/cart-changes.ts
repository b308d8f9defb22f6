/** What was put into a cart or taken out of it between two snapshots. A platform that tells its whole cart tells no more than that. */

import type { CartLine } from '../../core/catalogue/item.ts';
import type { EventBody } from '../../core/visits/event.ts';

/** More at once are another cart: somebody has signed in, or the shop has brought an old one back. */
const MOST_CHANGES = 10;

/** Lines of one product are counted together: its variants share its id. */
export function cartChanges(before: readonly CartLine[], now: readonly CartLine[]): EventBody[] {
  const ids = new Set([...now, ...before].map(({ id }) => id));
  const changes = [...ids].flatMap((id): EventBody[] => {
    const more = count(now, id) - count(before, id);
    const line = [...now, ...before].find((one) => one.id === id);
    if (!more || !line) return [];
    const { quantity: _, ...item } = line;
    return [{ type: more > 0 ? 'add_to_cart' : 'remove_from_cart', item, quantity: Math.abs(more) }];
  });
  return changes.length > MOST_CHANGES ? [] : changes;
}

function count(lines: readonly CartLine[], id: string): number {
  let sum = 0;
  for (const line of lines) if (line.id === id) sum += line.quantity;
  return sum;
}
