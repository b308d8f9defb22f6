/** Takes what a provider tells of a letter: marks the letter, settles doubt, and where somebody may not be written to again, ends every chain of theirs. */

import { parseEmail } from '../../../core/values/email-address.ts';
import { clickJudgedAt } from '../../../core/visits/click.ts';
import type { Tx } from '../../../db/connect.ts';
import {
  type ContactRow,
  contactByCanonical,
  contactById,
  liftSuppression,
  lockContact,
  resubscribeContact,
  type SuppressionReason,
  suppress,
  unsubscribeContact,
} from '../../../db/contacts.ts';
import { insertDeliveryEvent, type Mark, markMessage, settleHeard } from '../../../db/delivery.ts';
import {
  lockChainsOfContact,
  lockEnrollment,
  resumeEnrollment,
  stopEnrollment,
  stopEnrollments,
} from '../../../db/enrollments.ts';
import { KEPT_DETAIL } from '../../../db/erasure.ts';
import { type MessageRow, messageOfProvider } from '../../../db/messages.ts';
import type { Deps } from '../../deps.ts';
import { isMachineAgent } from '../../mail-agents.ts';
import type { Told } from '../../schemas/postmark-event.ts';
import { addressHash } from '../../signing.ts';
import { noteWord } from '../readers/note-word.ts';
import { weighReputation } from './weigh-reputation.ts';

const MARKS: Partial<Record<Told['kind'], Mark>> = {
  delivered: 'deliveredAt',
  bounced: 'bouncedAt',
  complained: 'complainedAt',
  opened: 'openedAt',
  unsubscribed: 'unsubscribedAt',
};

/** The same thing told again changes nothing. */
export async function recordDelivery(deps: Deps, shopId: string, told: Told): Promise<void> {
  await deps.db.engine(async (tx) => {
    const message = await messageOfProvider(tx, shopId, { id: told.messageId, providerId: told.providerId });
    // Anybody can mail a report: of what was no letter of ours nothing is kept.
    if (told.provider === 'smtp' && !message) return;
    const address = told.address ? parseEmail(told.address) : null;
    const contact = message
      ? await contactById(tx, shopId, message.contactId)
      : address && (await contactByCanonical(tx, shopId, address.canonical));
    // Contact, chains, messages: the order of everything that locks them.
    if (contact) await lockContact(tx, shopId, contact.id);
    const ends = told.stop === 'bounced' || told.stop === 'complained';
    const chains =
      contact && told.stop
        ? await lockChainsOfContact(tx, { shopId, contactId: contact.id, enrollmentId: message?.enrollmentId ?? null })
        : [];
    if (message && !told.stop) await lockEnrollment(tx, message.enrollmentId);

    const at = Math.min(told.at ?? tx.now, tx.now);
    const machine = (told.kind === 'opened' || told.kind === 'clicked') && isMachineAgent(told.userAgent);
    const fresh = await insertDeliveryEvent(tx, {
      shopId,
      key: told.key,
      messageId: message?.id ?? null,
      contactId: contact?.id ?? null,
      kind: told.kind,
      machine,
      // Of nobody we know, or know any more, nothing is kept that could name them.
      link: contact ? told.link : null,
      detail: contact ? told.detail : keptDetail(told.detail),
      at,
      judgeAt: told.kind === 'clicked' && message && !machine ? clickJudgedAt(tx.now) : null,
    });
    if (!fresh) return;
    const mark = MARKS[told.kind];
    if (message) {
      await settleDoubt(tx, message, told);
      if (mark && !machine) await markMessage(tx, message.id, mark, at);
    }
    const hashes = new Set<string>();
    if (address) hashes.add(await addressHash(deps.settings.signingKey, address.canonical));
    // The letters of who was erased have none any more.
    if (message?.addressHash) hashes.add(message.addressHash);
    const person = { contact, hashes: [...hashes], at };
    if (ends && told.stop) {
      for (const hash of person.hashes) await suppress(tx, shopId, hash, told.stop as SuppressionReason, at);
      for (const chain of chains) await stopEnrollment(tx, chain, told.stop);
    }
    if (told.stop === 'complained' || told.stop === 'unsubscribed') await takeOff(tx, deps, shopId, told, person);
    if (told.kind === 'resubscribed') await takeBack(tx, deps, shopId, told, person);
    if (told.kind === 'complained' || (told.kind === 'bounced' && ends)) await weighReputation(tx, deps, shopId);
  });
}

const keptDetail = (detail: Told['detail']): Told['detail'] =>
  Object.fromEntries(Object.entries(detail).filter(([key]) => (KEPT_DETAIL as readonly string[]).includes(key)));

/** What is heard of a letter in doubt proves that it left; its chain goes on. */
async function settleDoubt(tx: Tx, message: MessageRow, { provider, providerId }: Told): Promise<void> {
  const settled = await settleHeard(tx, message.id, provider, providerId);
  if (settled && message.occurrence === 0) await resumeEnrollment(tx, message.enrollmentId, message.step);
}

interface Person {
  contact: ContactRow | null;
  hashes: readonly string[];
  at: number;
}

/** Who wants no more offers: whatever they said to the provider holds here. */
async function takeOff(tx: Tx, deps: Deps, shopId: string, told: Told, { contact, hashes, at }: Person): Promise<void> {
  for (const hash of hashes) await suppress(tx, shopId, hash, 'unsubscribed', at);
  if (!contact) return;
  const fresh = await unsubscribeContact(tx, shopId, contact.id);
  await stopEnrollments(tx, shopId, { contactId: contact.id, visitorId: null }, 'unsubscribed');
  if (fresh) await noteWord(tx, deps, contact, { granted: false, method: methodOf(told), text: wordOf(told) });
}

const PROVIDERS_WORD: SuppressionReason[] = ['bounced', 'inactive_recipient', 'invalid_address'];

/** The address may be written to again. Only its reader undoes what the reader said; an older word undoes no later one. */
async function takeBack(
  tx: Tx,
  deps: Deps,
  shopId: string,
  told: Told,
  { contact, hashes, at }: Person,
): Promise<void> {
  const reasons: SuppressionReason[] = told.byReader
    ? [...PROVIDERS_WORD, 'complained', 'unsubscribed']
    : PROVIDERS_WORD;
  let lifted = false;
  for (const hash of hashes) lifted = (await liftSuppression(tx, shopId, hash, reasons, at)) || lifted;
  if (!lifted || !told.byReader || contact?.marketing !== 'unsubscribed') return;
  await resubscribeContact(tx, shopId, contact.id);
  await noteWord(tx, deps, contact, { granted: true, method: methodOf(told), text: wordOf(told) });
}

const methodOf = ({ kind }: Told): 'complaint' | 'provider' => (kind === 'complained' ? 'complaint' : 'provider');
const PROVIDERS: Record<Told['provider'], string> = { postmark: 'Postmark', smtp: 'Mail' };
const wordOf = ({ provider, detail, kind }: Told): string =>
  `${PROVIDERS[provider]} ${detail.record}: ${detail.type ?? detail.reason ?? kind}`;
