/** A shop's contacts with what happened to them, as a flow lives through it again: a page at a time. */

import { dropsOf, itemOf, namesOf } from '../../../core/catalogue/product.ts';
import type { Rhythms } from '../../../core/catalogue/rhythm.ts';
import type { Flow } from '../../../core/flows/flow.ts';
import type { PastContact } from '../../../core/flows/flow-replay.ts';
import { INTEREST_MS, type NewsOn, type NewsReader, newsReader, type PastNews } from '../../../core/flows/past-news.ts';
import type { ScenarioEvent, ScenarioPerson } from '../../../core/simulation/scenario.ts';
import { durationMs } from '../../../core/values/duration.ts';
import type { Tx } from '../../../db/connect.ts';
import { happeningsOf, type PastContactRow, pageOfContacts, waitsOf } from '../../../db/past-contacts.ts';
import { productsWithNews, sectionsOf } from '../../../db/product-news.ts';
import type { ProductRow } from '../../../db/products.ts';
import type { ShopRow } from '../../../db/shops.ts';
import { measuredGaps } from '../../../db/tallies.ts';
import type { Deps } from '../../deps.ts';
import { LEAST_DROP, WEEK_MS } from '../catalogue/tell-news.ts';
import { mailableGoods } from '../letters/mailable-items.ts';

const DAY_MS = 86_400_000;
/** As far before the period as a wait for somebody's absence may begin. */
const BEFORE_MS = 90 * DAY_MS;
const PAGE = 200;
const GOODS_PAGE = 2_000;

export interface PastPeople {
  /** The contacts of the period, page by page. */
  pages(): AsyncGenerator<PastContact[]>;
  /** How long things last, as far as the pages so far speak of them. */
  rhythms: Rhythms;
}

/** `flow`: the one that lives it again; `from`, `to`: the period, ms since the epoch. */
export function pastPeople(
  deps: Deps,
  shop: ShopRow,
  { flow: { entry, reentry }, from, to }: { flow: Pick<Flow, 'entry' | 'reentry'>; from: number; to: number },
): PastPeople {
  const measured: Record<string, Rhythms['measured'][string]> = {};

  async function* pages(): AsyncGenerator<PastContact[]> {
    const news = await readNews();
    for (let after: string | null = null; ; ) {
      const page = await deps.db.shop(shop.id, (tx) => readPage(tx, after, news));
      if (page.length > 0) yield page;
      if (page.length < PAGE) return;
      after = page.at(-1)?.id ?? null;
    }
  }

  async function readPage(tx: Tx, after: string | null, news: NewsReader | null): Promise<PastContact[]> {
    const rows = await pageOfContacts(tx, shop.id, { after, limit: PAGE });
    const ids = rows.map(({ id }) => id);
    const events = await happeningsOf(tx, shop.id, ids, { entry, since: from - BEFORE_MS, from });
    if (entry.on === 'runs_out') Object.assign(measured, await measuredGaps(tx, shop.id, orderedIn(events)));
    if (news) await addNews(tx, news, ids, events);
    return rows.map((row) => {
      const own = events.get(row.id) ?? [];
      return { id: row.id, email: row.email, person: personOf(row, own), events: own };
    });
  }

  async function addNews(tx: Tx, news: NewsReader, ids: string[], all: Map<string, ScenarioEvent<number>[]>) {
    const waits = await waitsOf(tx, shop.id, ids);
    const sections = entry.on === 'items_arrived' ? await sectionsOf(tx, shop.id, seenIn(all)) : new Map();
    for (const id of ids) {
      const events = all.get(id) ?? [];
      const heard = news.heardBy({ events, waits: waits.get(id) ?? [], sections });
      if (heard.length > 0)
        all.set(
          id,
          [...events, ...heard].sort((one, other) => one.at - other.at),
        );
    }
  }

  async function readNews(): Promise<NewsReader | null> {
    const { on } = entry;
    if (on !== 'item_back' && on !== 'item_price_dropped' && on !== 'items_arrived') return null;
    const news: PastNews[] = [];
    for (let after: string | null = null; ; ) {
      const asked = { on, since: from, after, limit: GOODS_PAGE };
      const page: ProductRow[] = await deps.db.shop(shop.id, (tx) => productsWithNews(tx, shop.id, asked));
      news.push(...page.flatMap((row) => newsOf(row, on)));
      if (page.length < GOODS_PAGE) break;
      after = page.at(-1)?.id ?? null;
    }
    const withinMs = entry.on === 'item_price_dropped' && entry.within ? durationMs(entry.within) : INTEREST_MS;
    return newsReader({ on, withinMs, restMs: Math.max(WEEK_MS, durationMs(reentry ?? '0s')) }, news);
  }

  function newsOf(row: ProductRow, on: NewsOn): PastNews[] {
    const by = entry.on === 'item_price_dropped' ? (entry.by ?? LEAST_DROP) : 0;
    const at = on === 'item_back' ? row.backAt : row.arrivedAt;
    const happened =
      on === 'item_price_dropped'
        ? dropsOf(row, by).map((drop) => ({ at: drop.at, told: { price: drop.price, was: drop.lowest } }))
        : at === null
          ? []
          : [{ at, told: {} }];
    const names = namesOf(row);
    const sections = row.categories.map((category) => category.toLowerCase());
    return happened.flatMap(({ at, told }) =>
      at < from || at >= to
        ? []
        : mailableGoods([{ ...itemOf(row), ...told }], shop.origins).map((item) => ({ at, item, names, sections })),
    );
  }

  return { pages, rhythms: { said: shop.settings.replenishment, measured } };
}

type Happenings = ReadonlyMap<string, readonly ScenarioEvent<number>[]>;

const orderedIn = (events: Happenings): string[] =>
  idsIn(events, (event) => (event.on === 'ordered' ? (event.items ?? []) : []));

const seenIn = (events: Happenings): string[] =>
  idsIn(events, (event) => (event.on === 'visited' ? [...(event.viewed ?? []), ...(event.carted ?? [])] : []));

const idsIn = (events: Happenings, of: (event: ScenarioEvent<number>) => readonly { id: string }[]): string[] => [
  ...new Set([...events.values()].flatMap((own) => own.flatMap((event) => of(event).map(({ id }) => id)))),
];

/** As they were when it begins, as far as that is known: what leaves no trace is as of today. */
function personOf(row: PastContactRow, events: readonly ScenarioEvent<number>[]): ScenarioPerson<number> {
  const { id, locale, timezone, muted, tags, segments, city, source, nps, reason, birthday } = row;
  const word = events.find(({ on }) => on === 'subscribed' || on === 'unsubscribed');
  const before = word?.on === 'subscribed' ? 'none' : 'subscribed';
  return {
    id,
    locale,
    ...(timezone ? { timezone } : {}),
    marketing: word ? before : row.marketing,
    muted,
    facts: {
      tags,
      segments,
      ...(city ? { city } : {}),
      ...(source ? { source } : {}),
      ...(nps === null ? {} : { nps }),
      ...(reason ? { reason } : {}),
      ...(birthday ? { birthday } : {}),
    },
  };
}
