/** Reads past visits, as core replays them: from their kept state where that tells enough, else folded again from their events. */

import type { Moment } from '../../../core/rules/rule.ts';
import type { VisitEvent } from '../../../core/visits/event.ts';
import type { PastVisit } from '../../../core/visits/replay.ts';
import { foldedScenes, keptScenes } from '../../../core/visits/scenes.ts';
import { VISIT_GAP_MS } from '../../../core/visits/visit.ts';
import type { Tx } from '../../../db/connect.ts';
import {
  eventsOfVisits,
  ordersOfVisitors,
  type PastOrder,
  type PastPeriod,
  type PastRow,
  pastVisits,
  type VisitorRange,
  visitorRanges,
} from '../../../db/past-visits.ts';
import type { ShopRow } from '../../../db/shops.ts';
import type { Deps } from '../../deps.ts';

const PAGE = 500;
/** Visits of one part of all visitors, sorted by visitor and time within it. */
export interface LanePage {
  lane: number;
  visits: PastVisit[];
}

export interface PastReading {
  period: PastPeriod;
  moment: Moment;
  /** How many parts are read at the same time, each on a connection of its own. One part comes in the same order each time. */
  lanes: number;
  /** Segments that a rule asks for: visits tell which of them their visitor is in. */
  segments?: readonly string[];
}

/** All visits of the period, page by page as their lanes bring them. */
export async function* readPastVisits(
  deps: Deps,
  shop: ShopRow,
  { period, moment, lanes: parts, segments = [] }: PastReading,
): AsyncGenerator<LanePage> {
  const lanes = visitorRanges(parts).map((range) => readLane(deps, shop, { period, range, moment, segments }));
  const nextOf = async (lane: number): Promise<LanePage | { lane: number; visits: null }> => {
    const step = await lanes[lane]?.next();
    return { lane, visits: step && !step.done ? step.value : null };
  };
  const coming = new Map(lanes.map((_reader, lane) => [lane, nextOf(lane)]));
  // Whoever stops reading leaves some unawaited, and their failure is nobody's then.
  for (const next of coming.values()) next.catch(() => {});
  while (coming.size > 0) {
    const page = await Promise.race(coming.values());
    if (page.visits === null) {
      coming.delete(page.lane);
      continue;
    }
    const next = nextOf(page.lane);
    next.catch(() => {});
    coming.set(page.lane, next);
    yield page;
  }
}

interface Lane extends Omit<PastReading, 'lanes'> {
  range: VisitorRange;
  segments: readonly string[];
}

/** Page by page, each in a transaction of its own. */
async function* readLane(
  { db }: Deps,
  shop: ShopRow,
  { period, range, moment, segments }: Lane,
): AsyncGenerator<PastVisit[], undefined> {
  for (let after: PastRow | null = null, more = true; more; ) {
    const [rows, visits]: [PastRow[], PastVisit[]] = await db.shop(shop.id, async (tx) => {
      const found = await pastVisits(tx, shop.id, period, { range, after, limit: PAGE, segments });
      return [found, await staged(tx, shop, found, moment)];
    });
    yield visits;
    after = rows.at(-1) ?? null;
    more = rows.length === PAGE;
  }
}

/** The rows with their scenes, and with what was bought. */
async function staged(tx: Tx, shop: ShopRow, rows: readonly PastRow[], moment: Moment): Promise<PastVisit[]> {
  const kept = rows.map(({ state }) => keptScenes(state, moment));
  const folded = rows.filter((_row, index) => kept[index] === null).map(({ id }) => id);
  const visitors = [...new Set(rows.map(({ visitorId }) => visitorId))];
  const [events, orders] = await Promise.all([
    eventsOfVisits(tx, shop.id, folded),
    ordersOfVisitors(tx, shop.id, visitors),
  ]);
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
    ...(row.segments ? { segments: row.segments } : {}),
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
    bought.set(event.orderId, { at: event.at, total, items: event.items });
  }
  for (const { id, placedAt, total, currency: paid, items } of orders) {
    if (placedAt < visit.startedAt || placedAt > visit.lastAt + VISIT_GAP_MS) continue;
    bought.set(id, { at: bought.get(id)?.at ?? placedAt, total: paid === currency ? total : null, items });
  }
  return [...bought.values()];
}
