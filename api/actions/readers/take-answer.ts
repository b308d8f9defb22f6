/** What a reader answers on our pages: how likely they recommend the shop, why they stay away, why they want no more letters. The latest answer counts. */

import { type AwayReason, type MailReason, npsGroup } from '../../../core/letters/letter-wishes.ts';
import { lockContact, saveAnswer } from '../../../db/contacts.ts';
import { saveAnswerEvent } from '../../../db/delivery.ts';
import { enrollmentById } from '../../../db/enrollments.ts';
import { noteFactChange } from '../../../db/segments.ts';
import type { Deps } from '../../deps.ts';
import { enterFlows, hear } from '../flows/enter-flows.ts';
import { answerOf, type Reader, readerOf } from './know-reader.ts';

/** Null for a token that is not ours. `score`: 0–10. */
export async function answerNps(
  deps: Deps,
  token: string,
  { score, comment }: { score: number; comment: string | null },
): Promise<Reader | null> {
  const answered = await deps.db.engine(async (tx) => {
    const reader = await readerOf(tx, deps, 'nps', token);
    if (!reader) return null;
    const { shopId, id: contactId } = reader.contact;
    await lockContact(tx, shopId, contactId);
    await saveAnswer(tx, shopId, contactId, { nps: score });
    await saveAnswerEvent(tx, { ...answerOf(reader, tx.now, 'nps'), detail: { nps: score, comment } });
    await hear(tx, { shopId, contactId }, 'nps_answered');
    await noteFactChange(tx, { shopId, contactId });
    const happened = { on: 'nps_answered' as const, group: npsGroup(score) };
    const asked = await enrollmentById(tx, reader.message.enrollmentId);
    await enterFlows(tx, deps, {
      shopId,
      contactId,
      visitorId: null,
      happened,
      about: `nps:${reader.message.id}`,
      orderId: asked?.orderId ?? null,
      items: asked?.items ?? [],
    });
    return reader;
  });
  deps.wake();
  return answered;
}

export async function answerAway(
  deps: Deps,
  token: string,
  { reason, comment }: { reason: AwayReason; comment: string | null },
): Promise<Reader | null> {
  const answered = await deps.db.engine(async (tx) => {
    const reader = await readerOf(tx, deps, 'away', token);
    if (!reader) return null;
    const who = { shopId: reader.shop.id, contactId: reader.contact.id };
    await lockContact(tx, who.shopId, who.contactId);
    await saveAnswer(tx, who.shopId, who.contactId, { reason });
    await saveAnswerEvent(tx, { ...answerOf(reader, tx.now, 'away'), detail: { away: reason, comment } });
    await hear(tx, who, 'reason_given');
    await noteFactChange(tx, who);
    return reader;
  });
  deps.wake();
  return answered;
}

export const giveReason = (deps: Deps, token: string, reason: MailReason): Promise<Reader | null> =>
  deps.db.engine(async (tx) => {
    const reader = await readerOf(tx, deps, 'reason', token);
    if (!reader) return null;
    await saveAnswer(tx, reader.shop.id, reader.contact.id, { reason });
    await noteFactChange(tx, { shopId: reader.shop.id, contactId: reader.contact.id });
    await saveAnswerEvent(tx, { ...answerOf(reader, tx.now, 'reason'), detail: { reason } });
    return reader;
  });
