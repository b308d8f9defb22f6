/** What is known of a simulated person at any moment: what they came with, and what has happened to them since. */

import type { Item } from '../catalogue/item.ts';
import { type ContactFacts, contactFacts } from '../contacts/contact-facts.ts';
import { isUndone } from '../flows/order.ts';
import { localTime } from '../values/calendar.ts';
import type { ScenarioPerson } from './scenario.ts';

const DAY_MS = 86_400_000;
/** As far back as the database looks. */
const INTEREST_MS = 90 * DAY_MS;
const SHOP_HOUR_MS = 14 * DAY_MS;
/** Fewer visits and clicks than these make no habit. */
const HABIT = 3;
/** Where nobody has come yet, letters come in the morning. */
const MORNING = '10:00';

export interface SimulatedPerson {
  /** What a draw is sticky for. */
  id: string;
  /** Null: the shop's. */
  locale: string | null;
  zone: string;
  marketing: 'none' | 'subscribed' | 'unsubscribed';
  suppressed: string | null;
  pausedUntil: number | null;
  muted: readonly string[];
  tags: readonly string[];
  nps: number | null;
  reason: string | null;
  codeUsed: boolean;
  orders: Map<string, { at: number; status: string; total: number; items: readonly Item[] }>;
  visits: { at: number; viewed: readonly Item[]; carted: readonly Item[] }[];
  /** The first of each letter. */
  clicks: number[];
}

export const newPerson = (told: ScenarioPerson<number>, id: string, zone: string): SimulatedPerson => ({
  id,
  locale: told.locale ?? null,
  zone: told.timezone ?? zone,
  marketing: told.marketing ?? 'subscribed',
  suppressed: null,
  pausedUntil: told.pausedUntil ?? null,
  muted: told.muted ?? [],
  tags: told.facts?.tags ?? [],
  nps: told.facts?.nps ?? null,
  reason: told.facts?.reason ?? null,
  codeUsed: told.facts?.codeUsed ?? false,
  orders: new Map(),
  visits: [],
  clicks: [],
});

export function factsOfPerson(
  { facts = {} }: ScenarioPerson<number>,
  person: SimulatedPerson,
  now: number,
): ContactFacts {
  const orders = [...person.orders.values()].filter(({ status }) => !isUndone(status));
  const bought = orders.flatMap(({ items }) => items);
  const recent = person.visits.filter(({ at }) => at > now - INTEREST_MS);
  const seen = recent.flatMap(({ viewed, carted }) => [...viewed, ...carted]);
  const at = (times: readonly { at: number }[]): number[] => times.map((one) => one.at);
  let spent = facts.spent ?? 0;
  for (const { total } of orders) spent = Math.round((spent + total) * 1e4) / 1e4;
  return contactFacts({
    orders: (facts.orders ?? 0) + orders.length,
    spent,
    firstOrderAt: least(facts.firstOrderAt, at(orders)),
    lastOrderAt: most(facts.lastOrderAt, at(orders)),
    lastVisitAt: most(facts.lastVisitAt, at(person.visits)),
    lastViewAt: most(facts.lastViewAt, at(person.visits.filter(({ viewed }) => viewed.length > 0))),
    lastCartAt: most(facts.lastCartAt, at(person.visits.filter(({ carted }) => carted.length > 0))),
    lastClickAt: most(facts.lastClickAt, person.clicks),
    interests: joined(facts.interests, seen),
    bought: joined(facts.bought, bought),
    opened: facts.opened ?? 0,
    clicked: (facts.clicked ?? 0) + person.clicks.length,
    nps: person.nps,
    reason: person.reason,
    tags: person.tags,
    segments: facts.segments ?? [],
    codeUsed: person.codeUsed,
    subscribed: person.marketing === 'subscribed',
    source: facts.source ?? null,
    locale: person.locale ?? '',
    city: facts.city ?? null,
    birthday: facts.birthday ?? null,
    rfm: facts.rfm ?? null,
    timeZone: person.zone,
    now,
  });
}

const most = (known: number | undefined, times: readonly number[]): number | null =>
  known === undefined && times.length === 0 ? null : Math.max(known ?? Number.NEGATIVE_INFINITY, ...times);
const least = (known: number | undefined, times: readonly number[]): number | null =>
  known === undefined && times.length === 0 ? null : Math.min(known ?? Number.POSITIVE_INFINITY, ...times);

const joined = (
  { categories = [], ids = [] }: { categories?: readonly string[]; ids?: readonly string[] } = {},
  items: readonly Item[],
): { categories: string[]; ids: string[] } => ({
  categories: [...categories, ...items.flatMap(({ category }) => (category ? [category] : []))],
  ids: [...ids, ...items.map(({ id }) => id)],
});

/** The hour at which they come, else at which the shop's people do (`shop`), as "HH:MM". */
export function usualTimeOf({ visits, clicks, zone }: SimulatedPerson, shop: string | null, now: number): string {
  const since = (times: readonly number[], ms: number): number[] => times.filter((at) => at > now - ms);
  const came = visits.map(({ at }) => at);
  const own = since([...came, ...clicks], INTEREST_MS);
  if (own.length >= HABIT) return busiest(own, zone) ?? MORNING;
  return shop ?? busiest(since(came, SHOP_HOUR_MS), zone) ?? MORNING;
}

/** The hour with the most, the earlier of two. */
function busiest(times: readonly number[], zone: string): string | null {
  const counts = new Map<number, number>();
  for (const at of times) {
    const { hour } = localTime(at, zone);
    counts.set(hour, (counts.get(hour) ?? 0) + 1);
  }
  const [first] = [...counts].sort(([hour, count], [other, more]) => more - count || hour - other);
  return first ? `${String(first[0]).padStart(2, '0')}:00` : null;
}
