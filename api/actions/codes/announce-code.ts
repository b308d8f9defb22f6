/** Tells flows that a code was given, whoever gave it: each code is told of once. */

import type { Item } from '../../../core/catalogue/item.ts';
import type { CodeRow } from '../../../db/codes.ts';
import type { Tx } from '../../../db/connect.ts';
import type { Deps } from '../../deps.ts';
import { enterFlows } from '../flows/enter-flows.ts';
import { planEndOfCode } from '../flows/plan-endings.ts';

export interface GivenCode {
  code: CodeRow;
  visitorId: string | null;
  items: readonly Item[];
  locale: string;
  /** A page asked for it, behind which anybody may stand. */
  claimed: boolean;
}

export async function announceCode(tx: Tx, deps: Deps, { code, ...carried }: GivenCode): Promise<void> {
  await planEndOfCode(tx, code, { items: [...carried.items], locale: carried.locale });
  const { id, shopId, contactId, offer } = code;
  const given = { ...carried, code: { id, offer } };
  await enterFlows(tx, deps, { shopId, contactId, happened: { on: 'code_issued' }, about: `code:${id}`, ...given });
}
