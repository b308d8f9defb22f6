/** How many contacts would belong to a segment, and some of them, before it is saved. */

import type { ContactCondition } from '../../../core/flows/flow.ts';
import { contactsByIds, countContacts } from '../../../db/contacts.ts';
import { contactsAfter } from '../../../db/segments.ts';
import type { Deps } from '../../deps.ts';
import { fulfilling } from './count-segments.ts';

/** Beyond this many the size is reckoned: ids are random, so those asked are a fair sample. */
const MOST_ASKED = 5_000;
const AT_A_TIME = 500;
const SAMPLES = 10;

export interface Preview {
  size: number;
  of: number;
  exact: boolean;
  samples: { contact: string; email: string; name: string | null }[];
}

export const previewSegment = (deps: Deps, shopId: string, condition: ContactCondition): Promise<Preview> =>
  deps.db.shop(shopId, async (tx) => {
    const found: string[] = [];
    let asked = 0;
    for (let after: string | null = null; asked < MOST_ASKED; ) {
      const ids: string[] = await contactsAfter(tx, shopId, { after, limit: AT_A_TIME });
      const fulfils = await fulfilling(tx, shopId, [{ condition }], ids);
      found.push(...ids.filter((id) => fulfils({ condition }, id)));
      asked += ids.length;
      after = ids.at(-1) ?? null;
      if (ids.length < AT_A_TIME) break;
    }
    const of = await countContacts(tx, shopId);
    const exact = asked >= of;
    const size = exact ? found.length : Math.round((found.length / asked) * of);
    const people = await contactsByIds(tx, shopId, found.slice(0, SAMPLES));
    return { size, of, exact, samples: people.map(({ id, email, name }) => ({ contact: id, email, name })) };
  });
