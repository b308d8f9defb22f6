/** Mails a friend the code that a link has brought them. Asked for again, the letter comes once more, and no second chain. */

import { REFERRAL_FRIEND } from '../../../core/recipes/referral.ts';
import type { CodeRow } from '../../../db/codes.ts';
import type { Tx } from '../../../db/connect.ts';
import type { ContactRow } from '../../../db/contacts.ts';
import { lockChainOfCode } from '../../../db/enrollments.ts';
import type { Deps } from '../../deps.ts';
import { enterFlow } from '../flows/enter-flow.ts';
import { ownFlow } from '../flows/own-flow.ts';
import { repeated } from '../flows/start-reminders.ts';

export interface Friend {
  contact: ContactRow;
  code: CodeRow;
  visitorId: string | null;
  locale: string;
}

/** `claimed`: a page asked for it, behind which anybody may stand. */
export async function welcomeFriend(
  tx: Tx,
  deps: Deps,
  { contact, code, visitorId, locale }: Friend,
  { claimed }: { claimed: boolean },
): Promise<void> {
  const { shopId } = contact;
  const flow = await ownFlow(tx, shopId, REFERRAL_FRIEND);
  const chain = await lockChainOfCode(tx, { shopId, flowKey: flow.key, codeId: code.id });
  if (chain && (await repeated(tx, deps, { chain, contact, letter: 'referral-friend' }))) return;
  const entry = {
    shopId,
    id: deps.newId(),
    contactId: contact.id,
    visitorId,
    ruleId: null,
    codeId: code.id,
    dedupeKey: `${flow.key}:code:${code.id}${chain ? `:after:${chain.id}` : ''}`,
    items: [],
    offer: code.offer,
    locale,
    claimed,
  };
  await enterFlow(tx, deps, flow, entry);
}
