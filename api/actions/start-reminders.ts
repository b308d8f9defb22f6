/** Starts the chain of an accepted offer. Where it runs already, its owner gets the letter once more, and no second chain. */

import type { Item } from '../../core/item.ts';
import type { Rule } from '../../core/rule.ts';
import type { CodeRow } from '../../db/codes.ts';
import type { Tx } from '../../db/connect.ts';
import type { ContactRow } from '../../db/contacts.ts';
import { type EnrollmentRow, lockLatestChain } from '../../db/enrollments.ts';
import type { StoredFlow } from '../../db/flows.ts';
import { type EarlierLetter, earlierLetter, insertMessages } from '../../db/messages.ts';
import type { Deps } from '../deps.ts';
import { addressHash } from '../signing.ts';
import { isBombing } from './advance-due.ts';
import { enterFlow } from './enter-flow.ts';

export interface Accepted {
  contact: ContactRow;
  visitorId: string;
  rule: Rule;
  flow: StoredFlow;
  /** Null for an offer without one. */
  code: CodeRow | null;
  items: Item[];
  locale: string;
}

export async function startReminders(tx: Tx, deps: Deps, accepted: Accepted): Promise<void> {
  const { contact, rule, flow, code } = accepted;
  const { shopId } = contact;
  const of = { shopId, contactId: contact.id, ruleId: rule.id, codeId: code?.id ?? null };
  const chain = await lockLatestChain(tx, of);
  if (chain && (await repeated(tx, deps, chain, contact))) return;
  const wish = code ? `code:${code.id}` : `rule:${rule.id}:${contact.id}`;
  await enterFlow(
    tx,
    deps.settings.signingKey,
    flow,
    {
      ...of,
      id: deps.newId(),
      visitorId: accepted.visitorId,
      dedupeKey: `${flow.key}:${wish}${chain ? `:after:${chain.id}` : ''}`,
      items: accepted.items,
      offer: rule.offer,
      locale: accepted.locale,
    },
    { claimed: true, capped: !deps.settings.demo },
  );
}

/** Sends the owner of a code that is asked for again the letter with it, if a chain of theirs still can. */
export async function repeatLetter(
  tx: Tx,
  deps: Deps,
  { contact, rule, code }: Pick<Accepted, 'contact' | 'rule' | 'code'>,
): Promise<void> {
  const chain = await lockLatestChain(tx, {
    shopId: contact.shopId,
    contactId: contact.id,
    ruleId: rule.id,
    codeId: code?.id ?? null,
  });
  if (chain) await repeated(tx, deps, chain, contact);
}

/** False when the chain is over and the cap has room: then a new one may begin. */
async function repeated(tx: Tx, deps: Deps, chain: EnrollmentRow, contact: ContactRow): Promise<boolean> {
  // The code of a chain that ran to its end is still good; without a code there is nothing to repeat.
  const over =
    chain.status === 'stopped' || chain.status === 'error' || (chain.status === 'completed' && !chain.codeId);
  const hash = await addressHash(deps.settings.signingKey, contact.canonical);
  const bombed = !deps.settings.demo && (await isBombing(tx, hash));
  if (over && !bombed) return false;
  const earlier = await earlierLetter(tx, chain.id, 'offer');
  // Its step has not come yet, or the letter is on its way: it will bring the code.
  if (!earlier || (earlier.pending && !bombed)) return true;
  await insertMessages(tx, [again(chain, earlier, hash, bombed)]);
  return true;
}

const again = (chain: EnrollmentRow, earlier: EarlierLetter, hash: string, bombed: boolean) => ({
  shopId: chain.shopId,
  enrollmentId: chain.id,
  contactId: chain.contactId,
  step: earlier.step,
  occurrence: earlier.count,
  letter: 'offer',
  purpose: earlier.purpose,
  claimed: true,
  prompt: true,
  addressHash: hash,
  status: bombed ? ('suppressed' as const) : ('queued' as const),
  reason: bombed ? 'bombing' : null,
  expiresAt: null,
});
