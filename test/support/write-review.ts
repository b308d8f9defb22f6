/** A review that waits, as though its buyer had written it; its id. */

import { randomUUID } from 'node:crypto';
import { type NewReview, saveReview } from '../../db/reviews.ts';
import type { Instance } from './shop.ts';

export async function writeReview({ db }: Instance, shopId: string, change: Partial<NewReview> = {}): Promise<string> {
  const id = randomUUID();
  await db.engine((tx) =>
    saveReview(tx, {
      shopId,
      id,
      contactId: randomUUID(),
      messageId: randomUUID(),
      orderId: null,
      itemId: 'teapot',
      itemTitle: 'Teapot',
      stars: 5,
      text: 'Fine',
      author: 'Ann',
      mayPublish: true,
      locale: 'en',
      ...change,
    }),
  );
  return id;
}
