/** Starts the chain of an accepted offer. Where it runs already, its owner gets the letter once more, and no second chain. */

import type { Item } from '../../../core/catalogue/item.ts';
import type { LetterKey } from '../../../core/flows/flow.ts';
import type { Rule } from '../../../core/rules/rule.ts';
import type { CodeRow } from '../../../db/codes.ts';
import type { Tx } from '../../../db/connect.ts';
import type { ContactRow } from '../../../db/contacts.ts';
import { type EnrollmentRow, lockLatestChain } from '../../../db/enrollments.ts';
import type { StoredFlow } from '../../../db/flows.ts';
import { type EarlierLetter, earlierLetter, insertMessages } from '../../../db/messages.ts';
import type { Deps } from '../../deps.ts';
import { addressHash } from '../../signing.ts';
import { isBombing } from './advance-due.ts';
import { enterFlow } from './enter-flow.ts';

export interface Accepted {
  contact: ContactRow;
  visitorId: string | null;
  rule: Rule;
  flow: StoredFlow;
  /** Null for an offer without one. */
  code: CodeRow | null;
  /** The code was given just now, so that no chain can have begun with it. */
  fresh?: boolean;
  items: Item[];
  locale: string;
}

/** `claimed`: a page asked for it, behind which anybody may stand. */
export async function startReminders(
  tx: Tx,
  deps: Deps,
  accepted: Accepted,
  { claimed }: { claimed: boolean } = { claimed: true },
): Promise<void> {
  const { contact, rule, flow, code, fresh = false } = accepted;
  const { shopId } = contact;
  const of = { shopId, contactId: contact.id, ruleId: rule.id, codeId: code?.id ?? null };
  const chain = fresh ? null : await lockLatestChain(tx, of);
  if (chain && (await repeated(tx, deps, { chain, contact, letter: 'offer' }))) return;
  const wish = code ? `code:${code.id}` : `rule:${rule.id}:${contact.id}`;
  await enterFlow(tx, deps, flow, {
    ...of,
    id: deps.newId(),
    visitorId: accepted.visitorId,
    dedupeKey: `${flow.key}:${wish}${chain ? `:after:${chain.id}` : ''}`,
    items: accepted.items,
    offer: rule.offer,
    locale: accepted.locale,
    claimed,
  });
}

/** Keeps back what would have been sent: the trail says why, and asking again changes nothing. */
export async function withholdReminders(
  tx: Tx,
  deps: Deps,
  { contact, visitorId, rule, flow, items, locale }: Omit<Accepted, 'code' | 'fresh'>,
  reason: string,
): Promise<void> {
  const entry = {
    shopId: contact.shopId,
    id: deps.newId(),
    contactId: contact.id,
    visitorId,
    ruleId: rule.id,
    codeId: null,
    dedupeKey: `${flow.key}:${reason}:${rule.id}:${contact.id}`,
    items,
    offer: rule.offer,
    locale,
    claimed: true,
  };
  await enterFlow(tx, deps, flow, entry, { withheld: reason });
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
  if (chain) await repeated(tx, deps, { chain, contact, letter: 'offer' });
}

export interface Repeat {
  chain: EnrollmentRow;
  contact: ContactRow;
  letter: LetterKey;
}

/** Sends the chain's letter with the code once more. False when the chain is over and the cap has room: then a new one may begin. */
export async function repeated(tx: Tx, deps: Deps, { chain, contact, letter }: Repeat): Promise<boolean> {
  // The code of a chain that ran to its end is still good; without a code there is nothing to repeat.
  const over =
    chain.status === 'stopped' || chain.status === 'error' || (chain.status === 'completed' && !chain.codeId);
  const bombed = !deps.settings.demo && (await isBombing(tx, await hashOf(deps, contact)));
  if (over && !bombed) return false;
  await repeatIn(tx, deps, { chain, contact, letter });
  return true;
}

const hashOf = (deps: Deps, { canonical }: ContactRow): Promise<string> =>
  addressHash(deps.settings.signingKey, canonical);

/** Plans the chain's letter of this kind once more, unless it is on its way; where strangers asked for too many, one that is held back. */
export async function repeatIn(tx: Tx, deps: Deps, { chain, contact, letter }: Repeat): Promise<void> {
  const hash = await hashOf(deps, contact);
  const [bombed, earlier] = await Promise.all([
    !deps.settings.demo && isBombing(tx, hash),
    earlierLetter(tx, chain.id, letter),
  ]);
  // Its step has not come yet, or the letter is on its way: it will bring the code.
  if (!earlier || (earlier.pending && !bombed)) return;
  tx.meanwhile(insertMessages(tx, [again(chain, earlier, letter, { hash, bombed })]));
}

const again = (
  chain: EnrollmentRow,
  earlier: EarlierLetter,
  letter: LetterKey,
  { hash, bombed }: { hash: string; bombed: boolean },
) => ({
  shopId: chain.shopId,
  enrollmentId: chain.id,
  contactId: chain.contactId,
  step: earlier.step,
  occurrence: earlier.count,
  letter,
  purpose: earlier.purpose,
  claimed: true,
  prompt: true,
  addressHash: hash,
  status: bombed ? ('suppressed' as const) : ('queued' as const),
  reason: bombed ? 'bombing' : null,
  expiresAt: null,
  variant: null,
  trial: null,
  notBefore: null,
});
