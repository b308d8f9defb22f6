/** What a shop keeps for somebody: asked of its endpoint with the things that the next letter would show, and believed only of those that it names. */

import { z } from 'zod';
import type { Item } from '../../../core/catalogue/item.ts';
import { ONLY_RECOMMENDING } from '../../../core/catalogue/recommend.ts';
import { programOf } from '../../../core/flows/program.ts';
import type { KeptItems } from '../../../db/documents.ts';
import type { DueErrand } from '../../../db/errands.ts';
import type { Deps } from '../../deps.ts';
import { recommendItems } from './recommend-items.ts';

const answer = z.object({
  keptUntil: z.iso.datetime({ offset: true }),
  items: z.array(z.string().max(200)).min(1).max(20),
});

/** `{"keptUntil", "items"}` of an endpoint's answer; null where it confirmed nothing. */
export function keptBy(said: unknown): KeptItems | null {
  const { success, data } = answer.safeParse(said);
  return success ? { ids: data.items, until: Date.parse(data.keptUntil) } : null;
}

/** What the next letter after this call would show beside the chain's own things, where it is a letter about nothing else. */
export async function suggestedIn(deps: Deps, errand: DueErrand): Promise<Item[]> {
  const program = programOf(errand.steps);
  const call = program.findIndex((one) => one.do === 'webhook' && one.name === errand.subject);
  const next = program.slice(call + 1).find((one) => one.do === 'send');
  const letter = ONLY_RECOMMENDING.find((key) => next?.do === 'send' && key === next.letter);
  if (!letter) return [];
  const { shopId, contactId, items, order, origins } = errand;
  const found = await deps.db.shop(shopId, (tx) =>
    recommendItems(tx, letter, { shopId, contactId, items, order, origins }),
  );
  return found ? found.items.map(({ item }) => item) : [];
}
