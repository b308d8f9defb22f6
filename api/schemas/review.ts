/** Reviews as the shop reads and decides on them, and as everybody reads those that are published. */

import { z } from 'zod';
import type { PublishedReviews, ReviewRow } from '../../db/reviews.ts';
import { iso } from './answers.ts';
import { text, uuid } from './common.ts';

const STATUSES = ['waiting', 'published', 'rejected'] as const;

export const reviewsQuery = z.object({
  status: z.exactOptional(z.enum(STATUSES)),
  item: z.exactOptional(text(200).meta({ description: 'The item’s id' })),
  cursor: z.exactOptional(uuid.meta({ description: '`next` of the page before' })),
  limit: z.coerce.number().pipe(z.int().min(1).max(200)).default(50),
});

const yesNo = z.enum(['true', 'false']).transform((value) => value === 'true');

/** More than a popup shows. */
const MOST_ITEMS = 10;

const itemList = z
  .string()
  .max(4_000)
  .transform((list, { issues }) => {
    const ids = z.array(text(200)).min(1).max(MOST_ITEMS).safeParse(parsedJson(list));
    if (ids.success) return ids.data;
    issues.push({ code: 'custom', input: list, message: `must be a JSON array of 1 to ${MOST_ITEMS} ids` });
    return z.NEVER;
  });

export const publishedQuery = z.object({
  shop: text(100).meta({ description: 'The site key, pk_…' }),
  item: z.exactOptional(text(200).meta({ description: 'The item’s id; all of the shop’s reviews unless told' })),
  items: z.exactOptional(
    itemList.meta({ description: 'Several items’ ids in place of `item`, as a JSON array: `["a","b"]`' }),
  ),
  others: yesNo
    .default(false)
    .meta({ description: 'After those of the item or the items, the shop’s other reviews as well' }),
  words: yesNo.default(false).meta({ description: 'Only reviews that have words' }),
  limit: z.coerce.number().pipe(z.int().min(1).max(50)).default(10),
});

export const reviewPatch = z.strictObject({ status: z.enum(['published', 'rejected']) }).meta({ id: 'ReviewPatch' });

const time = z.iso.datetime();
const item = z
  .object({ id: z.string(), title: z.string().nullable() })
  .nullable()
  .meta({ description: 'Null where it is about the whole order.' });

export const reviewAnswer = z
  .object({
    id: z.guid(),
    status: z.enum(STATUSES),
    stars: z.int(),
    text: z.string(),
    author: z.string().meta({ description: 'The name that its writer wants to be shown; may be empty.' }),
    mayPublish: z.boolean().meta({ description: 'Whether its writer agreed to its being shown to everybody.' }),
    item,
    order: z.string().nullable(),
    contact: z.object({ id: z.guid(), email: z.string().nullable() }),
    locale: z.string(),
    createdAt: time,
    updatedAt: time,
    decidedAt: time.nullable(),
  })
  .meta({ id: 'Review' });

export const publishedAnswer = z
  .object({
    count: z.int(),
    average: z.number().nullable().meta({ description: 'Of the stars of all of them; null where there are none.' }),
    data: z.array(
      z.object({ stars: z.int(), text: z.string(), author: z.string(), item, locale: z.string(), at: time }),
    ),
  })
  .meta({ id: 'PublishedReviews' });

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const itemOf = ({ itemId, itemTitle }: ReviewRow) => (itemId === null ? null : { id: itemId, title: itemTitle });

export const describeReview = (row: ReviewRow & { email: string | null }): z.infer<typeof reviewAnswer> => ({
  id: row.id,
  status: row.status,
  stars: row.stars,
  text: row.text,
  author: row.author,
  mayPublish: row.mayPublish,
  item: itemOf(row),
  order: row.orderId,
  contact: { id: row.contactId, email: row.email },
  locale: row.locale,
  createdAt: iso(row.createdAt),
  updatedAt: iso(row.updatedAt),
  decidedAt: row.decidedAt === null ? null : iso(row.decidedAt),
});

export const describePublished = ({ count, average, latest }: PublishedReviews): z.infer<typeof publishedAnswer> => ({
  count,
  average,
  data: latest.map((row) => ({
    stars: row.stars,
    text: row.text,
    author: row.author,
    item: itemOf(row),
    locale: row.locale,
    at: iso(row.createdAt),
  })),
});
