/** What a buyer writes on the page behind a letter's stars. It waits until the shop has read it. */

import type { Item } from '../../../core/catalogue/item.ts';
import { lockContact } from '../../../db/contacts.ts';
import { saveAnswerEvent } from '../../../db/delivery.ts';
import { enrollmentById } from '../../../db/enrollments.ts';
import { saveReview } from '../../../db/reviews.ts';
import type { Deps } from '../../deps.ts';
import { hear } from '../flows/enter-flows.ts';
import { answerOf, type Reader, readerOf } from './know-reader.ts';

const MOST_ITEMS = 20;

/** What the letter asked about. */
export const reviewedItems = (deps: Deps, { message }: Pick<Reader, 'message'>): Promise<Item[]> =>
  deps.db.engine(async (tx) => (await enrollmentById(tx, message.enrollmentId))?.items.slice(0, MOST_ITEMS) ?? []);

export interface ReviewInput {
  /** 1–5. */
  stars: number;
  text: string;
  author: string;
  mayPublish: boolean;
  /** The id of one of the items; anything else is the whole order. */
  item: string | null;
}

/** Null for a token that is not ours. */
export async function takeReview(
  deps: Deps,
  token: string,
  { item: itemId, ...told }: ReviewInput,
): Promise<Reader | null> {
  const taken = await deps.db.engine(async (tx) => {
    const reader = await readerOf(tx, deps, 'review', token);
    if (!reader) return null;
    const { shop, contact, message } = reader;
    await lockContact(tx, shop.id, contact.id);
    const chain = await enrollmentById(tx, message.enrollmentId);
    const items = chain?.items.slice(0, MOST_ITEMS) ?? [];
    const item = items.length === 1 ? items[0] : items.find(({ id }) => id === itemId);
    const changed = await saveReview(tx, {
      ...told,
      shopId: shop.id,
      id: deps.newId(),
      contactId: contact.id,
      messageId: message.id,
      orderId: chain?.orderId ?? null,
      itemId: item?.id ?? null,
      itemTitle: item?.title ?? null,
      locale: contact.locale,
    });
    if (!changed) return reader;
    const detail = { stars: told.stars, comment: told.text || null };
    await saveAnswerEvent(tx, { ...answerOf(reader, tx.now, 'review'), detail });
    await hear(tx, { shopId: shop.id, contactId: contact.id }, 'reviewed');
    return reader;
  });
  deps.wake();
  return taken;
}
