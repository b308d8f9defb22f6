/** What buyers wrote: kept for the shop, shown to others once it is published. */

import type { Tx } from './connect.ts';
import type { review } from './schema/letters.ts';

export type ReviewRow = typeof review.$inferSelect;

export type NewReview = Omit<ReviewRow, 'status' | 'createdAt' | 'updatedAt' | 'decidedAt'>;

/** Written again it waits again; the same again changes nothing. Returns whether it did. */
export async function saveReview({ sql, now }: Tx, row: NewReview): Promise<boolean> {
  const rows = await sql`
    insert into review (shop_id, id, contact_id, message_id, order_id, item_id, item_title, stars, text, author, may_publish, locale,
      status, created_at, updated_at)
    values (${row.shopId}, ${row.id}, ${row.contactId}, ${row.messageId}, ${row.orderId}, ${row.itemId}, ${row.itemTitle},
      ${row.stars}, ${row.text}, ${row.author}, ${row.mayPublish}, ${row.locale}, 'waiting', ${now}, ${now})
    on conflict (shop_id, message_id, item_id) do update set stars = excluded.stars, text = excluded.text, author = excluded.author,
      may_publish = excluded.may_publish, status = 'waiting', updated_at = excluded.updated_at, decided_at = null
    where (review.stars, review.text, review.author, review.may_publish)
      is distinct from (excluded.stars, excluded.text, excluded.author, excluded.may_publish)
    returning id`;
  return rows.length > 0;
}

export interface ReviewPage {
  status: ReviewRow['status'] | null;
  itemId: string | null;
  /** The id of the last one before. */
  after: string | null;
  limit: number;
}

/** The latest first. */
export async function reviewsOf(
  { sql }: Tx,
  shopId: string,
  { status, itemId, after, limit }: ReviewPage,
): Promise<(ReviewRow & { email: string | null })[]> {
  return sql<(ReviewRow & { email: string | null })[]>`
    select r.*, c.email from review r left join contact c on c.shop_id = r.shop_id and c.id = r.contact_id
    where r.shop_id = ${shopId} ${status ? sql`and r.status = ${status}` : sql``} ${itemId ? sql`and r.item_id = ${itemId}` : sql``}
      ${after ? sql`and (r.created_at, r.id) < (select created_at, id from review where shop_id = ${shopId} and id = ${after})` : sql``}
    order by r.created_at desc, r.id desc limit ${limit}`;
}

export async function lockReview(
  { sql }: Tx,
  shopId: string,
  id: string,
): Promise<(ReviewRow & { email: string | null }) | null> {
  const [row] = await sql<(ReviewRow & { email: string | null })[]>`
    select r.*, c.email from review r left join contact c on c.shop_id = r.shop_id and c.id = r.contact_id
    where r.shop_id = ${shopId} and r.id = ${id} for update of r`;
  return row ?? null;
}

export async function decideReview(
  { sql, now }: Tx,
  { shopId, id }: Pick<ReviewRow, 'shopId' | 'id'>,
  status: 'published' | 'rejected',
): Promise<void> {
  await sql`update review set status = ${status}, decided_at = ${now} where shop_id = ${shopId} and id = ${id}`;
}

export interface PublishedReviews {
  count: number;
  /** Null where there are none. */
  average: number | null;
  latest: ReviewRow[];
}

export interface WhichReviews {
  /** Null: whatever they are about. */
  itemIds: readonly string[] | null;
  /** After those of the items all others. */
  others: boolean;
  /** Only those that have words. */
  words: boolean;
  limit: number;
}

/** How many there are and what they say on average, and the latest of them: those of the items first. */
export async function publishedReviews(
  { sql }: Tx,
  shopId: string,
  { itemIds, others, words, limit }: WhichReviews,
): Promise<PublishedReviews> {
  const ofItems = itemIds && sql`item_id in ${sql(itemIds)}`;
  const those = sql`shop_id = ${shopId} and status = 'published' ${words ? sql`and text <> ''` : sql``}
    ${ofItems && !others ? sql`and ${ofItems}` : sql``}`;
  const [sums] = await sql<{ count: number; average: number | null }[]>`
    select count(*) as count, avg(stars)::float8 as average from review where ${those}`;
  const latest = await sql<ReviewRow[]>`
    select * from review where ${those}
    order by ${ofItems ? sql`coalesce(${ofItems}, false) desc,` : sql``} created_at desc, id limit ${limit}`;
  return { count: sums?.count ?? 0, average: sums?.average ?? null, latest };
}

/** What published reviews give each of these things on average, by its id. */
export async function ratingsOf(
  { sql }: Tx,
  shopId: string,
  itemIds: readonly string[],
): Promise<Map<string, { average: number; count: number }>> {
  if (itemIds.length === 0) return new Map();
  const rows = await sql<{ itemId: string; average: number; count: number }[]>`
    select item_id, avg(stars)::float8 as average, count(*) as count from review
    where shop_id = ${shopId} and status = 'published' and item_id in ${sql(itemIds)} group by item_id`;
  return new Map(rows.map(({ itemId, average, count }) => [itemId, { average, count }]));
}

export type ShownReview = Pick<ReviewRow, 'id' | 'author' | 'stars' | 'text'>;

/** Published ones with words to read: those of these items first, each the latest first. */
export async function reviewsToShow(
  { sql }: Tx,
  shopId: string,
  itemIds: readonly string[],
  limit: number,
): Promise<ShownReview[]> {
  const own =
    itemIds.length === 0
      ? []
      : await sql<ShownReview[]>`
          select id, author, stars, text from review
          where shop_id = ${shopId} and status = 'published' and text <> '' and item_id in ${sql(itemIds)}
          order by created_at desc limit ${limit}`;
  if (own.length === limit) return own;
  const others = await sql<ShownReview[]>`
    select id, author, stars, text from review where shop_id = ${shopId} and status = 'published' and text <> ''
    order by created_at desc limit ${limit}`;
  const more = others.filter(({ id }) => !own.some((one) => one.id === id));
  return [...own, ...more].slice(0, limit);
}
