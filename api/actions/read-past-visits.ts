/** Reads past visits page by page, as core replays them: from their kept state where that tells enough, else folded again from their events. */

import type { VisitEvent } from '../../core/event.ts';
import type { PastVisit } from '../../core/replay.ts';
import type { Moment } from '../../core/rule.ts';
import { foldedScenes, keptScenes } from '../../core/scenes.ts';
import { VISIT_GAP_MS } from '../../core/visit.ts';
import {
  eventsOfVisits,
  ordersOfVisitors,
  type PastOrder,
  type PastPeriod,
  type PastRow,
  pastVisits,
} from '../../db/past-visits.ts';
import type { ShopRow } from '../../db/shops.ts';
import type { Deps } from '../deps.ts';

const PAGE = 500;

/** Each page in transactions of its own; the rows of the next are on their way while the caller works on one. */
export async function* readPastVisits(
  deps: Deps,
  shop: ShopRow,
  period: PastPeriod,
  moment: Moment,
): AsyncGenerator<PastVisit[]> {
  const rowsAfter = (after: PastRow | null): Promise<PastRow[]> =>
    deps.db.shop(shop.id, (tx) => pastVisits(tx, shop.id, period, { after, limit: PAGE }));

  for (let next: Promise<PastRow[]> | null = rowsAfter(null); next; ) {
    const rows: PastRow[] = await next;
    const last = rows.length === PAGE ? rows.at(-1) : undefined;
    next = last ? rowsAfter(last) : null;
    // Whoever stops reading leaves it unawaited, and its failure is nobody's then.
    next?.catch(() => {});
    yield await staged(deps, shop, rows, moment);
  }
}

/** The rows with their scenes, and with what was bought. */
async function staged({ db }: Deps, shop: ShopRow, rows: readonly PastRow[], moment: Moment): Promise<PastVisit[]> {
  const kept = rows.map(({ state }) => keptScenes(state, moment));
  const folded = rows.filter((_row, index) => kept[index] === null).map(({ id }) => id);
  const visitors = [...new Set(rows.map(({ visitorId }) => visitorId))];
  const [events, orders] = await db.shop(shop.id, (tx) =>
    Promise.all([eventsOfVisits(tx, shop.id, folded), ordersOfVisitors(tx, shop.id, visitors)]),
  );
  return rows.map((row, index): PastVisit => {
    const told = events.get(row.id) ?? [];
    const bought = boughtIn(row, told, orders.get(row.visitorId) ?? [], shop.currency);
    return { ...pastVisit(row), bought, scenes: kept[index] ?? foldedScenes(told, moment) };
  });
}

function pastVisit(row: PastRow): Omit<PastVisit, 'bought' | 'scenes'> {
  const { trail } = row.state;
  const timesOf = (type: VisitEvent['type']): number[] => trail.flatMap(([one, at]) => (one === type ? [at] : []));
  return {
    visitor: row.visitorId,
    startedAt: Math.min(row.startedAt, row.state.startedAt),
    number: row.number,
    daysSinceLast: row.daysSinceLast,
    subscribed: row.marketing
      ? row.marketing === 'subscribed'
      : row.subscribedAt !== null && row.subscribedAt < row.startedAt,
    facts: { country: row.country, device: row.device, browser: row.browser, os: row.os },
    language: row.language,
    refusals: [...known(row.refusedAt), ...timesOf('offer_declined')],
    purchases: [...known(row.purchasedAt), ...timesOf('purchase')],
  };
}

const known = (at: number | null): number[] => (at === null ? [] : [at]);

/** What the page told of and what the shop's server did, each order once: the server's word on its total counts. */
function boughtIn(
  visit: PastRow,
  events: readonly VisitEvent[],
  orders: readonly PastOrder[],
  currency: string,
): PastVisit['bought'] {
  const bought = new Map<string, PastVisit['bought'][number]>();
  for (const event of events) {
    if (event.type !== 'purchase') continue;
    const total = event.currency === null || event.currency === currency ? event.value : null;
    bought.set(event.orderId, { at: event.at, total });
  }
  for (const { id, placedAt, total, currency: paid } of orders) {
    if (placedAt < visit.startedAt || placedAt > visit.lastAt + VISIT_GAP_MS) continue;
    bought.set(id, { at: bought.get(id)?.at ?? placedAt, total: paid === currency ? total : null });
  }
  return [...bought.values()];
}
