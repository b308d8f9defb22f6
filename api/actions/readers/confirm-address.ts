/** Asks an address whether it is its owner's wish to get letters, and starts what waited for the answer. */

import { CONFIRM_ADDRESS } from '../../../core/recipes/confirm-address.ts';
import { localeOf } from '../../../core/values/locale.ts';
import type { FormKind } from '../../../core/visits/event.ts';
import { FORM_KINDS } from '../../../core/visits/event.ts';
import { type CodeRow, codeById } from '../../../db/codes.ts';
import type { Tx } from '../../../db/connect.ts';
import { type ContactRow, liftSuppression, lockContact, resubscribeContact } from '../../../db/contacts.ts';
import { insertDeliveryEvent } from '../../../db/delivery.ts';
import { type EnrollmentRow, enrollmentsOf, type NewEnrollment } from '../../../db/enrollments.ts';
import { flowByKey } from '../../../db/flows.ts';
import { keptRule } from '../../../db/rules.ts';
import type { Deps } from '../../deps.ts';
import { addressHash } from '../../signing.ts';
import { announceCode } from '../codes/announce-code.ts';
import { enterFlow } from '../flows/enter-flow.ts';
import { enterFlows, hear } from '../flows/enter-flows.ts';
import { ownFlow } from '../flows/own-flow.ts';
import { repeatIn, startReminders } from '../flows/start-reminders.ts';
import { welcomeFriend } from '../referrals/welcome-friend.ts';
import { type Reader, readerOf } from './know-reader.ts';
import { noteWord } from './note-word.ts';
import { again } from './unsubscribe.ts';

/** What waits for the answer: an offer that was accepted, or a form. */
export interface Waiting extends Pick<NewEnrollment, 'visitorId' | 'ruleId' | 'codeId' | 'items' | 'offer' | 'locale'> {
  contact: ContactRow;
  form?: { kind: FormKind; id: string };
}

/** Plans the question. Where it was asked already about the same, it is asked once more, as often as caps let it. */
export async function askToConfirm(tx: Tx, deps: Deps, { contact, form, ...waiting }: Waiting): Promise<void> {
  const { shopId, id: contactId } = contact;
  const flow = await ownFlow(tx, shopId, CONFIRM_ADDRESS);
  const about = form ? `form:${form.kind}:${form.id}` : (waiting.codeId ?? waiting.ruleId ?? '');
  const dedupeKey = `${CONFIRM_ADDRESS.key}:${contactId}:${about}`;
  const earlier = (await enrollmentsOf(tx, shopId, contactId)).find((chain) => chain.dedupeKey === dedupeKey);
  if (earlier) return void (await repeatIn(tx, deps, { chain: earlier, contact, letter: 'confirm' }));
  await enterFlow(tx, deps, flow, { ...waiting, shopId, id: deps.newId(), contactId, dedupeKey, claimed: true });
}

/** The answer is yes: they are subscribed, and everything that waited begins. Twice is once. Null for a token that is not ours. */
export async function confirmAddress(deps: Deps, token: string, network: string | null): Promise<Reader | null> {
  const confirmed = await deps.db.engine(async (tx) => {
    const reader = await readerOf(tx, deps, 'confirm', token);
    if (!reader) return null;
    const { shopId, id, canonical } = reader.contact;
    await lockContact(tx, shopId, id);
    if (await isFresh(tx, reader, `confirmed:${reader.message.id}`)) {
      await liftSuppression(tx, shopId, await addressHash(deps.settings.signingKey, canonical), ['unsubscribed']);
      const subscribed = await resubscribeContact(tx, shopId, id);
      const text = `Confirmed by the link in letter ${reader.message.id}`;
      await noteWord(tx, deps, reader.contact, { granted: true, method: 'confirmation', text, network });
      const now = await again(tx, reader);
      await begin(tx, deps, now, subscribed);
      return now;
    }
    return reader;
  });
  deps.wake();
  return confirmed;
}

const isFresh = (tx: Tx, { contact, message }: Reader, key: string): Promise<boolean> =>
  insertDeliveryEvent(tx, {
    shopId: contact.shopId,
    key,
    messageId: message.id,
    contactId: contact.id,
    kind: 'answered',
    machine: false,
    link: null,
    detail: { confirmed: true },
    at: tx.now,
    judgeAt: null,
  });

async function begin(tx: Tx, deps: Deps, reader: Reader, subscribed: boolean): Promise<void> {
  const { contact } = reader;
  const chains = (await enrollmentsOf(tx, contact.shopId, contact.id)).filter(isQuestion);
  for (const chain of chains) {
    if (await isFresh(tx, reader, `began:${chain.id}`)) await beginOne(tx, deps, contact, chain);
  }
  if (!subscribed) return;
  const who = { shopId: contact.shopId, contactId: contact.id };
  const { visitorId = null, items = [] } = chains.at(-1) ?? {};
  const happening = { ...who, visitorId, items };
  // Who greets newcomers could not greet this one yet.
  await enterFlows(tx, deps, { ...happening, happened: { on: 'contact_known' }, about: 'known' });
  await hear(tx, who, 'subscribed');
  await enterFlows(tx, deps, { ...happening, happened: { on: 'subscribed' }, about: `subscribed:${tx.now}` });
}

const isQuestion = ({ flowKey }: EnrollmentRow): boolean => flowKey === CONFIRM_ADDRESS.key;

async function beginOne(tx: Tx, deps: Deps, contact: ContactRow, chain: EnrollmentRow): Promise<void> {
  if (chain.ruleId) return beginReminders(tx, deps, contact, chain, chain.ruleId);
  if (chain.codeId) return beginInvited(tx, deps, contact, chain, chain.codeId);
  const [, kind, id] = /:form:(\w+):(.*)$/s.exec(chain.dedupeKey) ?? [];
  const form = FORM_KINDS.find((one) => one === kind);
  if (!form) return;
  const { visitorId, items, locale } = chain;
  const who = { shopId: contact.shopId, contactId: contact.id, visitorId, items, locale };
  if (form === 'sign_up') await enterFlows(tx, deps, { ...who, happened: { on: 'registered' }, about: 'registered' });
  await enterFlows(tx, deps, { ...who, happened: { on: 'form_submitted', form }, about: `form:${id}` });
}

/** The offer as it was accepted, unless its code has run out or been used meanwhile. */
async function beginReminders(
  tx: Tx,
  deps: Deps,
  contact: ContactRow,
  { codeId, visitorId, items, offer, locale }: EnrollmentRow,
  ruleId: string,
): Promise<void> {
  const rule = await keptRule(tx, contact.shopId, ruleId);
  const flow = rule && (await flowByKey(tx, contact.shopId, rule.flow));
  const code = codeId ? await codeById(tx, contact.shopId, codeId) : null;
  if (!rule || !flow || (code && isOver(code, tx.now))) return;
  const accepted = { contact, visitorId, rule: { ...rule, offer }, flow, code, items, locale: localeOf(locale) };
  // Its reader has asked for it from the mailbox itself: no stranger did.
  await startReminders(tx, deps, accepted, { claimed: false });
  if (code) await announceCode(tx, deps, { code, visitorId, items, locale, claimed: false });
}

const isOver = ({ status, expiresAt }: CodeRow, now: number): boolean =>
  status !== 'issued' || (expiresAt !== null && expiresAt <= now);

/** The code that a friend's link has brought them. */
async function beginInvited(
  tx: Tx,
  deps: Deps,
  contact: ContactRow,
  { visitorId, locale }: EnrollmentRow,
  codeId: string,
): Promise<void> {
  const code = await codeById(tx, contact.shopId, codeId);
  if (!code || isOver(code, tx.now)) return;
  await welcomeFriend(tx, deps, { contact, code, visitorId, locale: localeOf(locale) }, { claimed: false });
  await announceCode(tx, deps, { code, visitorId, items: [], locale, claimed: false });
}
