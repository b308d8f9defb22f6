/** The shop's catalogue, as its feeds last said. */

import type { Offered, Product } from '../core/catalogue/product.ts';
import type { Tx } from './connect.ts';
import type { product } from './schema/catalogue.ts';

export type ProductRow = typeof product.$inferSelect;

/** Of a handful of things. */
const MOST_VARIANTS = 1_000;

/** Of the products with these ids what is known, locked. */
export async function lockProducts({ sql }: Tx, shopId: string, ids: readonly string[]): Promise<ProductRow[]> {
  if (ids.length === 0) return [];
  return sql<ProductRow[]>`
    select * from product where shop_id = ${shopId}
      and id = any(array(select jsonb_array_elements_text(${sql.json(ids as never)}))) order by id for update`;
}

export interface SavedProduct extends Product {
  urlKey: string;
}

/** Whose they are and which import they come with. */
export interface Import {
  shopId: string;
  feedId: string | null;
  importId: string;
}

/** Puts down what the feed says now, new or not. Expects those that there are to be locked. */
export async function saveProducts(
  { sql }: Tx,
  { shopId, feedId, importId }: Import,
  products: readonly SavedProduct[],
): Promise<void> {
  if (products.length === 0) return;
  await sql`
    insert into product (shop_id, feed_id, import_id, id, group_id, title, price, old_price, currency, url, url_key, image, categories,
      brand, description, available, stock, prices, first_seen_at, last_seen_at, arrived_at, back_at, dropped_at, lowest, gone_at)
    select ${shopId}, ${feedId}::uuid, ${importId}::uuid, r."id", r."groupId", r."title", r."price", r."oldPrice", r."currency", r."url",
      r."urlKey", r."image", r."categories", r."brand", r."description", r."available", r."stock", r."prices",
      to_timestamp(r."firstSeenAt" / 1000.0), to_timestamp(r."lastSeenAt" / 1000.0), to_timestamp(r."arrivedAt" / 1000.0),
      to_timestamp(r."backAt" / 1000.0), to_timestamp(r."droppedAt" / 1000.0), r."lowest", null
    from jsonb_to_recordset(${sql.json(products as never)}) as r("id" text, "groupId" text, "title" text, "price" numeric,
      "oldPrice" numeric, "currency" text, "url" text, "urlKey" text, "image" text, "categories" jsonb, "brand" text, "description" text,
      "available" boolean, "stock" integer, "prices" jsonb, "firstSeenAt" bigint, "lastSeenAt" bigint, "arrivedAt" bigint,
      "backAt" bigint, "droppedAt" bigint, "lowest" numeric)
    on conflict (shop_id, id) do update set feed_id = excluded.feed_id, import_id = excluded.import_id, group_id = excluded.group_id,
      title = excluded.title, price = excluded.price, old_price = excluded.old_price, currency = excluded.currency, url = excluded.url,
      url_key = excluded.url_key, image = excluded.image, categories = excluded.categories, brand = excluded.brand, description = excluded.description,
      available = excluded.available, stock = excluded.stock, prices = excluded.prices, last_seen_at = excluded.last_seen_at,
      arrived_at = excluded.arrived_at, back_at = excluded.back_at, dropped_at = excluded.dropped_at, lowest = excluded.lowest,
      gone_at = null`;
}

/** Of those that say what they said before it is only noted that they still do. */
export async function touchProducts(
  { sql, now }: Tx,
  { shopId, feedId, importId }: Import,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return;
  await sql`
    update product set last_seen_at = ${now}, import_id = ${importId}, feed_id = ${feedId}
    where shop_id = ${shopId} and id = any(array(select jsonb_array_elements_text(${sql.json(ids as never)})))`;
}

const ofFeed = ({ sql }: Tx, { shopId, feedId }: Pick<Import, 'shopId' | 'feedId'>) =>
  sql`shop_id = ${shopId} and feed_id is not distinct from ${feedId}::uuid`;

/** How many products of this feed stand in the catalogue. */
export async function countProducts(tx: Tx, feed: Pick<Import, 'shopId' | 'feedId'>): Promise<number> {
  const [row] = await tx.sql<{ count: number }[]>`
    select count(*) as count from product where ${ofFeed(tx, feed)} and gone_at is null`;
  return row?.count ?? 0;
}

/** Those that the feed has not named since this import began have gone; returns how many. */
export async function removeUnseen(
  tx: Tx,
  feed: Pick<Import, 'shopId' | 'feedId'>,
  { since }: { since: number },
): Promise<number> {
  const rows = await tx.sql`
    update product set gone_at = ${tx.now}, news_at = null
    where ${ofFeed(tx, feed)} and gone_at is null and last_seen_at < ${since} returning id`;
  return rows.length;
}

/** A feed that suddenly calls everything by another id brings nothing new. */
export async function forgetArrivals(tx: Tx, { shopId, importId }: Import, since: number): Promise<void> {
  await tx.sql`
    update product set arrived_at = null where shop_id = ${shopId} and import_id = ${importId} and arrived_at >= ${since}`;
}

export interface ProductPage {
  /** The id of the last one before. */
  after: string | null;
  limit: number;
  id: string | null;
  group: string | null;
  category: string | null;
  available: boolean | null;
  gone: boolean;
}

/** By id. */
export async function productsOf(
  { sql }: Tx,
  shopId: string,
  { after, limit, id, group, category, available, gone }: ProductPage,
): Promise<ProductRow[]> {
  return sql<ProductRow[]>`
    select * from product where shop_id = ${shopId} and gone_at is ${gone ? sql`not null` : sql`null`}
      ${after === null ? sql`` : sql`and id > ${after}`}
      ${id === null ? sql`` : sql`and id = ${id}`}
      ${group === null ? sql`` : sql`and group_id = ${group}`}
      ${category === null ? sql`` : sql`and exists (select from jsonb_array_elements_text(categories) c where lower(c) = lower(${category}))`}
      ${available === null ? sql`` : sql`and available = ${available}`}
    order by id limit ${limit}`;
}

export type ConfirmedProduct = ProductRow & {
  /** When its feed last said what stands here. */
  confirmedAt: number;
};

/** By what the shop's pages call them: the id of the variant, of what its variants have in common, or the page. */
export async function productsCalled(
  { sql }: Tx,
  shopId: string,
  { ids, pages }: { ids: readonly string[]; pages: readonly string[] },
): Promise<ConfirmedProduct[]> {
  // As arrays, so that each of the three finds its index.
  const called = sql`any(array(select jsonb_array_elements_text(${sql.json(ids as never)})))`;
  return sql<ConfirmedProduct[]>`
    select p.*, greatest(p.last_seen_at, f.taken_at) as confirmed_at
    from product p left join feed f on f.shop_id = p.shop_id and f.id = p.feed_id
    where p.shop_id = ${shopId} and (p.id = ${called} or p.group_id = ${called}
      or p.url_key = any(array(select jsonb_array_elements_text(${sql.json(pages as never)}))))
    order by p.id limit ${MOST_VARIANTS}`;
}

/** Whether the shop has ever told of its goods. */
export async function hasProducts({ sql }: Tx, shopId: string): Promise<boolean> {
  const rows = await sql`select from product where shop_id = ${shopId} limit 1`;
  return rows.length > 0;
}

/** What the feed itself says of it, in which an import sees whether anything changed. */
export const offeredOf = (row: ProductRow): Offered => ({
  id: row.id,
  groupId: row.groupId,
  title: row.title,
  price: row.price,
  oldPrice: row.oldPrice,
  currency: row.currency,
  url: row.url,
  image: row.image,
  categories: row.categories,
  brand: row.brand,
  description: row.description,
  available: row.available,
  stock: row.stock,
});
