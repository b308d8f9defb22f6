/** Asks those into flows whom a change of the catalogue concerns: what they wait for or liked is back, is cheaper, or is new. */

import type { Item } from '../../../core/catalogue/item.ts';
import { hasDropped, itemOf, namesOf } from '../../../core/catalogue/product.ts';
import { admits } from '../../../core/flows/admission.ts';
import { INTEREST_MS } from '../../../core/flows/past-news.ts';
import { durationMs } from '../../../core/values/duration.ts';
import type { Tx } from '../../../db/connect.ts';
import { flowsEnteredBy, type StoredFlow } from '../../../db/flows.ts';
import { type Interested, interestedIn, likersOf, planNews, takeNews } from '../../../db/product-news.ts';
import type { ProductRow } from '../../../db/products.ts';
import { type ShopRow, shopById } from '../../../db/shops.ts';
import { endWaiting } from '../../../db/told-events.ts';
import type { Deps } from '../../deps.ts';
import { mailableGoods } from '../letters/mailable-items.ts';

/** Of one shop in one turn. */
const MOST_NEWS = 500;
/** So that what one import changed, which may take several turns, comes in one letter. */
const TOGETHER_MS = 60_000;
const DAY_MS = 86_400_000;
const LIKED_MS = 90 * DAY_MS;
/** Less is no news. */
export const LEAST_DROP = 5;
/** Arrivals come weekly at most, whatever the flow says. */
export const WEEK_MS = 7 * DAY_MS;

/** What happened since then, to things that can be bought. */
interface News {
  back: ProductRow[];
  dropped: ProductRow[];
  arrived: ProductRow[];
}

/** One shop's news in a transaction of its own; returns how many. */
export const tellNews = (deps: Deps): Promise<number> =>
  deps.db.engine(async (tx) => {
    const rows = await takeNews(tx, MOST_NEWS);
    const [first] = rows;
    const shop = first && (await shopById(tx, first.shopId));
    if (!shop) return rows.length;
    const flows = await flowsEnteredBy(tx, shop.id, 'item_back', 'item_price_dropped', 'items_arrived');
    const on = rows.filter(({ available, goneAt }) => available !== false && goneAt === null);
    const since = (at: number | null, { newsAt }: ProductRow): boolean => at !== null && at >= (newsAt ?? at);
    const news: News = {
      back: on.filter((row) => since(row.backAt, row)),
      dropped: on.filter((row) => since(row.droppedAt, row)),
      arrived: on.filter((row) => since(row.arrivedAt, row)),
    };
    const about = deps.newId();
    if (flows.length > 0) await endWaits(tx, shop, flows, news.back, about);
    for (const flow of flows) await tellOne(tx, shop, flow, news, about);
    return rows.length;
  });

/** Who asked to be told is told as soon as can be. */
async function endWaits(
  tx: Tx,
  shop: ShopRow,
  flows: readonly StoredFlow[],
  back: readonly ProductRow[],
  about: string,
): Promise<void> {
  const telling = flows.filter(({ entry }) => admits(entry, { on: 'item_back', whom: 'waiting' }));
  const items = named(back, shop);
  if (telling.length === 0 || items.size === 0) return;
  const called = [...items].map(([id, item]) => ({ ...item, id }));
  await endWaiting(tx, { shopId: shop.id, flowKeys: telling.map(({ key }) => key), items: called, about });
}

async function tellOne(tx: Tx, shop: ShopRow, flow: StoredFlow, news: News, about: string): Promise<void> {
  const { entry, key: flowKey } = flow;
  switch (entry.on) {
    case 'item_back': {
      if (!admits(entry, { on: 'item_back', whom: 'interested' })) return;
      const items = named(news.back, shop);
      if (items.size === 0) return;
      const people = await interestedIn(tx, shop.id, { ...asked(items, tx.now - INTEREST_MS), unasked: true });
      return plan(tx, { shopId: shop.id, flowKey, about, restMs: 0 }, people, items);
    }
    case 'item_price_dropped': {
      const { within = '30d', by = LEAST_DROP } = entry;
      const items = named(
        news.dropped.filter((row) => hasDropped(row, by)),
        shop,
      );
      if (items.size === 0) return;
      const since = tx.now - durationMs(within);
      const people = await interestedIn(tx, shop.id, { ...asked(items, since), unasked: false });
      return plan(tx, { shopId: shop.id, flowKey, about, restMs: 0 }, people, items);
    }
    case 'items_arrived': {
      const items = new Map(mailable(news.arrived, shop).map((item) => [item.id, item]));
      if (items.size === 0) return;
      const people = await likersOf(tx, shop.id, asked(items, tx.now - LIKED_MS));
      const restMs = Math.max(WEEK_MS, durationMs(flow.reentry ?? '0s'));
      return plan(tx, { shopId: shop.id, flowKey, about, restMs }, people, items);
    }
    default:
  }
}

const asked = (items: ReadonlyMap<string, Item>, since: number) => ({ ids: [...items.keys()], since });

/** Their price before is the lowest of the 30 days before it fell. */
const mailable = (rows: readonly ProductRow[], shop: ShopRow): Item[] =>
  mailableGoods(
    rows.map((row) => ({ ...itemOf(row), ...(hasDropped(row, 0) ? { was: row.lowest } : {}) })),
    shop.origins,
  );

/** By everything that pages may call them. */
function named(rows: readonly ProductRow[], shop: ShopRow): Map<string, Item> {
  const items = new Map<string, Item>();
  for (const row of rows)
    for (const item of mailable([row], shop))
      for (const name of namesOf(row)) if (!items.has(name)) items.set(name, item);
  return items;
}

async function plan(
  tx: Tx,
  flow: { shopId: string; flowKey: string; about: string; restMs: number },
  people: readonly Interested[],
  items: ReadonlyMap<string, Item>,
): Promise<void> {
  const entries = people.map(({ contactId, locale, ids }) => {
    const theirs = new Map(ids.flatMap((id) => items.get(id) ?? []).map((item) => [item.id, item]));
    return { contactId, locale, items: [...theirs.values()] };
  });
  await planNews(tx, { ...flow, afterMs: TOGETHER_MS, entries });
}
