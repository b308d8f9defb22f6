/** How long what was bought lasts, and when it is running out: by the shop's word, else by how soon people buy it again. */

import { after, localDay, wallTime } from '../values/calendar.ts';
import type { Item } from './item.ts';

/** Days, by the shop's own word; the narrower one counts. */
export interface Replenishment {
  /** Whatever is sold; null: not said. */
  days: number | null;
  categories: Record<string, number>;
  /** By the product's id. */
  products: Record<string, number>;
}

export const NO_REPLENISHMENT: Replenishment = { days: null, categories: {}, products: {} };

/** The median of days between two orders of a thing by one person, and what it rests on. */
export interface Measured {
  days: number;
  gaps: number;
  people: number;
}

/** What is said anew, over what was said; null takes back. */
export interface ReplenishmentPatch {
  days?: number | null;
  categories?: Record<string, number | null>;
  products?: Record<string, number | null>;
}

export const patchedReplenishment = (
  said: Replenishment,
  { days = said.days, categories = {}, products = {} }: ReplenishmentPatch = {},
): Replenishment => ({
  days,
  categories: overlaid(said.categories, categories),
  products: overlaid(said.products, products),
});

const overlaid = (said: Record<string, number>, anew: Record<string, number | null>): Record<string, number> =>
  Object.fromEntries(
    Object.entries({ ...said, ...anew }).filter((entry): entry is [string, number] => entry[1] !== null),
  );

export interface Rhythms {
  said: Replenishment;
  /** By the product's id. */
  measured: Readonly<Record<string, Measured>>;
}

export type Rhythm = { days: number } & (
  | { from: 'product' | 'category' | 'shop' }
  | { from: 'orders'; gaps: number; people: number }
);

/** Fewer are no rhythm. */
export const LEAST_GAPS = 5;
const LEAST_PEOPLE = 3;

/** Null where nobody knows: then nothing is said of it. */
export function rhythmOf({ id, category }: Pick<Item, 'id' | 'category'>, { said, measured }: Rhythms): Rhythm | null {
  const product = said.products[id];
  if (product !== undefined) return { days: product, from: 'product' };
  const shelf = category ? said.categories[category] : undefined;
  if (shelf !== undefined) return { days: shelf, from: 'category' };
  if (said.days !== null) return { days: said.days, from: 'shop' };
  const own = measured[id];
  if (!own || own.gaps < LEAST_GAPS || own.people < LEAST_PEOPLE) return null;
  return { days: Math.max(1, Math.round(own.days)), from: 'orders', gaps: own.gaps, people: own.people };
}

export interface RunsOut {
  /** ms since the epoch. */
  dueAt: number;
  items: Item[];
  /** Of the first of them. */
  rhythm: Rhythm;
}

export interface RunningOutInput {
  items: readonly Item[];
  rhythms: Rhythms;
  /** ms since the epoch. */
  placedAt: number;
  /** The person's IANA zone. */
  zone: string;
  /** Whole days earlier. */
  before: number;
  /** "HH:MM" on the person's wall. */
  at: string;
}

/** Days within which things of one order share a letter. */
const TOGETHER_DAYS = 3;

/** When the things of an order run out, the soonest first. */
export function runningOut({ items, rhythms, placedAt, zone, before, at }: RunningOutInput): RunsOut[] {
  const known = items
    .flatMap((item) => {
      const rhythm = rhythmOf(item, rhythms);
      return rhythm ? [{ item, rhythm, days: Math.max(1, rhythm.days - before) }] : [];
    })
    .sort((one, other) => one.days - other.days);
  const groups: { days: number; items: Item[]; rhythm: Rhythm }[] = [];
  for (const { item, rhythm, days } of known) {
    const last = groups.at(-1);
    if (last && days <= last.days + TOGETHER_DAYS) last.items.push(item);
    else groups.push({ days, items: [item], rhythm });
  }
  return groups.map(({ days, ...group }) => ({
    ...group,
    dueAt: wallTime(`${localDay(after(placedAt, `${days}d`, zone), zone)}T${at}`, zone),
  }));
}
