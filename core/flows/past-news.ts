/** What of the catalogue's past somebody would have been told: what came back, became cheaper or arrived, for who had looked at it. Pure. */

import type { Item } from '../catalogue/item.ts';
import type { ScenarioEvent } from '../simulation/scenario.ts';
import type { Entry } from './flow.ts';
import { isUndone } from './order.ts';

/** One thing that happened to one product. */
export interface PastNews {
  /** ms since the epoch. */
  at: number;
  item: Item;
  /** What pages may call it. */
  names: readonly string[];
  /** Lower case. */
  sections: readonly string[];
}

export interface NewsReader {
  /** By time. `events` are what they did, by time; `waits` what they asked to be told of. */
  heardBy(person: {
    events: readonly ScenarioEvent<number>[];
    waits: readonly PastWait[];
    /** The section of a thing in the catalogue, lower case, by what pages call it. */
    sections: ReadonlyMap<string, string>;
  }): ScenarioEvent<number>[];
}

export interface PastWait {
  item: string;
  askedAt: number;
  /** Null while they wait. */
  toldAt: number | null;
}

const DAY_MS = 86_400_000;
export const INTEREST_MS = 30 * DAY_MS;
const LIKED_MS = 90 * DAY_MS;
/** More than a letter shows. */
const MOST_ITEMS = 12;

export type NewsOn = Extract<Entry['on'], 'item_back' | 'item_price_dropped' | 'items_arrived'>;

export interface NewsAsked {
  on: NewsOn;
  /** How long ago they may have looked at what became cheaper, ms. */
  withinMs: number;
  /** The least time between two letters of what arrived, ms. */
  restMs: number;
}

export function newsReader({ on, withinMs, restMs }: NewsAsked, news: readonly PastNews[]): NewsReader {
  const byName = grouped(news, ({ names }) => names);
  const bySection = grouped(news, ({ sections }) => sections);
  return {
    heardBy({ events, waits, sections }) {
      const seen = seenIn(events);
      if (on === 'items_arrived') return rested(arrivals(seen, bySection, sections), restMs);
      if (on === 'item_price_dropped') return together(on, interesting(events, seen, byName, withinMs));
      const awaited = waits.flatMap(({ item, askedAt, toldAt }) =>
        (byName.get(item) ?? []).filter(({ at }) => askedAt <= at && (toldAt === null || toldAt >= at)),
      );
      const others = interesting(events, seen, byName, INTEREST_MS).filter((one) => !awaited.includes(one));
      return [
        ...together(on, awaited).map((event) => ({ ...event, whom: 'waiting' as const })),
        ...together(on, others).map((event) => ({ ...event, whom: 'interested' as const })),
      ];
    },
  };
}

interface Seen {
  at: number;
  item: Item;
}

const seenIn = (events: readonly ScenarioEvent<number>[]): Seen[] =>
  events.flatMap((event) =>
    event.on === 'visited'
      ? [...(event.viewed ?? []), ...(event.carted ?? [])].map((item) => ({ at: event.at, item }))
      : [],
  );

/** What they had looked at within so long, and not bought since: what they saw last comes first. */
function interesting(
  events: readonly ScenarioEvent<number>[],
  seen: readonly Seen[],
  byName: ReadonlyMap<string, PastNews[]>,
  withinMs: number,
): PastNews[] {
  const found = new Set<PastNews>();
  for (const { at: seenAt, item } of seen.toReversed())
    for (const one of byName.get(item.id) ?? []) {
      const heard = seenAt < one.at && seenAt > one.at - withinMs;
      if (heard && !isBought(events, item.id, seenAt, one.at)) found.add(one);
    }
  return [...found];
}

const isBought = (events: readonly ScenarioEvent<number>[], id: string, from: number, until: number): boolean =>
  events.some(
    (event) =>
      event.on === 'ordered' &&
      event.at >= from &&
      event.at < until &&
      !isUndone(event.status ?? '') &&
      event.items?.some((item) => item.id === id),
  );

/** New in the sections that they look at, and never seen by them. */
function arrivals(
  seen: readonly Seen[],
  bySection: ReadonlyMap<string, PastNews[]>,
  sections: ReadonlyMap<string, string>,
): PastNews[] {
  const found = new Set<PastNews>();
  for (const { at: seenAt, item } of seen)
    for (const section of [lastPart(item.category), sections.get(item.id)])
      for (const one of (section && bySection.get(section)) || [])
        if (seenAt < one.at && seenAt > one.at - LIKED_MS) found.add(one);
  return [...found].filter(({ at, names }) => !seen.some((one) => one.at < at && names.includes(one.item.id)));
}

/** A page may tell the whole path; the section is its last part. */
const lastPart = (category: string | null | undefined): string | null =>
  category
    ? category
        .replace(/^.*[>/|]/, '')
        .trim()
        .toLowerCase()
    : null;

type NewsEvent = { at: number; on: NewsOn; items: Item[] };

/** What happened at one time is told at one time. */
function together(on: NewsOn, news: readonly PastNews[]): NewsEvent[] {
  const byTime = new Map<number, Item[]>();
  for (const { at, item } of news) byTime.set(at, [...(byTime.get(at) ?? []), item]);
  return [...byTime]
    .sort(([at], [other]) => at - other)
    .map(([at, items]) => ({ at, on, items: onceEach(items).slice(0, MOST_ITEMS) }));
}

/** What comes too soon after the last is told with the next. */
function rested(news: readonly PastNews[], restMs: number): NewsEvent[] {
  const events: NewsEvent[] = [];
  for (const event of together('items_arrived', news)) {
    const last = events.at(-1);
    const earliest = last ? last.at + restMs : event.at;
    // The one that waits already takes these along.
    if (last && last.at > event.at) last.items = onceEach([...event.items, ...last.items]).slice(0, MOST_ITEMS);
    else events.push({ ...event, at: Math.max(event.at, earliest) });
  }
  return events;
}

const onceEach = (items: readonly Item[]): Item[] => [...new Map(items.map((item) => [item.id, item])).values()];

function grouped(news: readonly PastNews[], by: (one: PastNews) => readonly string[]): Map<string, PastNews[]> {
  const groups = new Map<string, PastNews[]>();
  for (const one of news)
    for (const name of new Set(by(one))) {
      const group = groups.get(name);
      if (group) group.push(one);
      else groups.set(name, [one]);
    }
  return groups;
}
