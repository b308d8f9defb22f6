/** Who is kept out of a flow, so that what it brings can be told from what would have come anyway. */

import type { Flow } from '../flows/flow.ts';
import { chanceOf } from '../values/chance.ts';

/** The same answer for the same contact and flow, for ever; a larger share keeps those whom a smaller one held. */
export const isHeldOut = ({ key, holdout = 0 }: Pick<Flow, 'key' | 'holdout'>, contactId: string): boolean =>
  chanceOf(`holdout:${key}:${contactId}`) < holdout;
