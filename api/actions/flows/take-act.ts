/** What a step does that takes no time: a code, a tag, a note to the staff, a call of the shop's endpoint. */

import type { Next } from '../../../core/flows/advance.ts';
import type { Offer } from '../../../core/rules/offer.ts';
import type { Tx } from '../../../db/connect.ts';
import { tagContact } from '../../../db/contacts.ts';
import type { DueEnrollment } from '../../../db/enrollments.ts';
import { insertErrand, planUntag } from '../../../db/errands.ts';
import { noteFactChange } from '../../../db/segments.ts';
import type { Deps } from '../../deps.ts';
import { issueFlowCode } from '../codes/issue-flow-code.ts';

export type Act = Extract<Next, { issue: unknown } | { tag: unknown } | { notify: unknown } | { webhook: unknown }>;

/** The code and offer that the chain's letters carry from now on, where the act gives one. */
export async function takeAct(
  tx: Tx,
  deps: Deps,
  enrollment: DueEnrollment,
  act: Act,
): Promise<{ codeId: string; offer: Offer } | null> {
  const { shopId, contactId } = enrollment;
  if ('issue' in act) return issueFlowCode(tx, deps, enrollment, act.issue);
  if ('tag' in act) {
    const { add, remove, until } = act.tag;
    await tagContact(tx, { shopId, contactId, add, remove });
    for (const tag of [...add, ...remove])
      await planUntag(tx, {
        shopId,
        enrollmentId: enrollment.id,
        contactId,
        tag,
        at: add.includes(tag) ? until : null,
      });
    await noteFactChange(tx, { shopId, contactId });
    return null;
  }
  const [kind, subject] = 'notify' in act ? (['notify', act.notify] as const) : (['webhook', act.webhook] as const);
  await insertErrand(tx, { shopId, enrollmentId: enrollment.id, contactId, place: act.step - 1, kind, subject });
  return null;
}
